import { isDeepStrictEqual } from "node:util";
import type {
  Adapter,
  Answer,
  LiveMessage,
  MessageId,
  OutgoingFile,
  OutgoingFiles,
  PostOptions,
  ThreadId,
} from "./chat.ts";
import type { Delivery, Urgency } from "./delivery.ts";
import { MessageGone, RateLimited, UserError } from "./errors.ts";
import { pause } from "./pause.ts";
import type { PostLog } from "./post-log.ts";
import type { Posted } from "./posted.ts";
import type { Posts } from "./store/store.ts";
import type { Words } from "./words/words.ts";

/** Where an answer's messages go. */
export interface MessagesOptions extends Omit<PostOptions, "key" | "language"> {
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  readonly adapter: Adapter;
  readonly delivery: Pick<Delivery, "send">;
  readonly thread: ThreadId;
  /** The question's message, whether or not the answer stands as a reply to it. */
  readonly question?: MessageId;
  /** Names this answer: the keys of its messages begin with it. */
  readonly job: string;
  /** Begins the names of its messages; default: none, which is the answer itself. */
  readonly prefix?: string;
  /** Until it is shown for the first time, its messages show the answer that it takes the place of. */
  readonly isInPlace?: boolean;
  /** What is known of its messages, from an earlier attempt or the answer that this one takes the place of. */
  readonly log: PostLog;
  /** How long what an earlier attempt posted may be on its way, in milliseconds. */
  readonly settleMs: number;
  /** Ends the wait for that. */
  readonly claim: AbortSignal;
  /** The bot's messages that are known in this chat, whosever answers they are. */
  known(): Promise<readonly MessageId[]>;
  /** What this process posted, whether or not its receipts are stored. */
  readonly posted?: Posted;
}

/** One message of the answer. */
interface Slot {
  readonly name: string;
  id?: MessageId | undefined;
  /** Its post was begun, and nobody knows whether it stands. */
  isUnknown: boolean;
  /** An earlier attempt began it, perhaps a moment ago: it may still be on its way to the platform. */
  mayArrive: boolean;
  live?: LiveMessage | undefined;
  message?: unknown;
  /** How often the message that showed it was gone. */
  lost: number;
}

/** The messages that show an answer, and the only writer of its posts and edits: each with its intent before and its receipt after. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #slots: Slot[];
  readonly #began = performance.now();
  readonly #memo = {};
  #isSending = false;
  #wasSent = false;

  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#slots = options.log.names(options.prefix ?? "").map((name) => slotOf(name, options.log));
  }

  /** The least time between two versions of the one that grows, in milliseconds. */
  get everyMs(): number {
    return this.#slots.at(-1)?.live?.everyMs ?? this.#options.adapter.editEveryMs;
  }

  /** Nothing of it stands in the chat, nor is on its way there: people may see that before its platform says so. */
  get isUnseen(): boolean {
    if (this.#options.isInPlace) return !this.#wasSent;
    return !this.#isSending && this.#slots.every(({ id, live }) => id === undefined && !live);
  }

  /** The first is there for sure. */
  get stands(): boolean {
    return this.#slots[0]?.id !== undefined;
  }

  /** What is known of the messages, with the intent of the first where it is still to be posted: stored with the final form, it costs no write of its own. */
  planned(): Posts {
    const { log, prefix = "" } = this.#options;
    const slot = (this.#slots[0] ??= slotOf(`${prefix}0`, log));
    return slot.id === undefined && !slot.isUnknown ? log.plan(slot.name) : log.known;
  }

  /** The answer as the platform takes it. */
  render(answer: Answer): readonly unknown[] {
    return this.#options.adapter.render(answer, this.#memo);
  }

  /** `messages`: the answer's, where they are rendered already. */
  async deliver(
    answer: Answer,
    urgency: Urgency,
    messages: readonly unknown[] = this.render(answer),
  ): Promise<void> {
    const { adapter, delivery, thread, log } = this.#options;
    for (const [index, message] of messages.entries()) {
      const slot = (this.#slots[index] ??= slotOf(`${this.#options.prefix ?? ""}${index}`, log));
      const grows = answer.state === "growing" && index === messages.length - 1;
      if (isDeepStrictEqual(slot.message, message) && (slot.id !== undefined || grows)) continue;
      this.#isSending = true;
      this.#wasSent = true;
      await this.#send(slot, message, { urgency, grows }).finally(() => (this.#isSending = false));
      slot.message = message;
    }
    if (answer.state === "growing" || !adapter.remove) return;
    for (const { id, name } of this.#slots.splice(messages.length)) {
      if (id === undefined) continue;
      await delivery.send(thread, { urgency, repeatable: true }, async () => adapter.remove?.(thread, id));
      log.gone(name);
    }
  }

  async #send(
    slot: Slot,
    message: unknown,
    { urgency, grows }: { urgency: Urgency; grows: boolean },
  ): Promise<void> {
    const { delivery, thread } = this.#options;
    await this.#arrival(slot);
    const send = (): Promise<void> =>
      delivery.send(thread, this.#sendOptions(slot, urgency), () => this.#write(slot, message, grows));
    try {
      await send();
    } catch (error) {
      if (!(error instanceof MessageGone)) throw error;
      // Someone deleted the message: the answer stands in a new one.
      slot.lost++;
      delete slot.id;
      delete slot.live;
      await send();
    }
  }

  /**
   * A process that was killed, or lost its claim, may have called a moment before: whoever asks at once is told that its
   * message is not there, and posts it a second time. What it began after that, the store refuses.
   */
  async #arrival(slot: Slot): Promise<void> {
    if (!slot.mayArrive) return;
    const { settleMs, claim } = this.#options;
    await pause(Math.max(0, this.#began + settleMs - performance.now()), claim);
    slot.mayArrive = false;
  }

  /** An edit shows the same however often it is done; a post does where the platform knows it, or can be asked. */
  #sendOptions(slot: Slot, urgency: Urgency): { urgency: Urgency; repeatable: boolean } {
    const { adapter } = this.#options;
    const isKnown = adapter.postsOnce === true || adapter.find !== undefined;
    return { urgency, repeatable: slot.id !== undefined || isKnown };
  }

  /** A message grows by the platform's live text where there is one, and else by edits. */
  async #write(slot: Slot, message: unknown, grows: boolean): Promise<void> {
    const { adapter, thread } = this.#options;
    if (slot.isUnknown && !slot.live?.posts) await this.#ask(slot);
    if (slot.id !== undefined) return adapter.edit(thread, slot.id, message);
    if (grows) {
      const live = (slot.live ??= adapter.live?.(thread, this.optionsFor(slot.name, slot.lost)));
      if (live) return this.#updateLive(slot, live, message);
    }
    const { live } = slot;
    await this.#post(slot, (options) =>
      live ? live.finish(message) : adapter.post(thread, message, options),
    );
  }

  async #updateLive(slot: Slot, live: LiveMessage, message: unknown): Promise<void> {
    if (live.posts && live.id === undefined) await this.#options.log.begin(slot.name);
    await live.update(message);
    if (live.id !== undefined && this.#options.log.find(slot.name) !== live.id) this.#stands(slot, live.id);
  }

  /** Its intent is stored before, its receipt after. */
  async #post(slot: Slot, call: (options: PostOptions) => Promise<MessageId>): Promise<void> {
    if (slot.isUnknown && !slot.live?.posts) await this.#ask(slot);
    if (slot.id !== undefined) return;
    await this.#options.log.begin(slot.name);
    slot.isUnknown = true;
    try {
      slot.id = await call(this.optionsFor(slot.name, slot.lost));
    } catch (error) {
      const isRefused = error instanceof RateLimited ? !error.mayBeDone : error instanceof UserError;
      if (isRefused) slot.isUnknown = false;
      throw error;
    }
    slot.isUnknown = false;
    this.#stands(slot, slot.id);
  }

  #stands({ name, lost }: Slot, id: MessageId): void {
    const { thread, posted, log } = this.#options;
    posted?.add(thread, this.optionsFor(name, lost).key, id);
    log.stands(name, id);
  }

  /** Asks the platform whether a post of unknown fate stands; where it can't be asked, posting it once more is better than never. */
  async #ask(slot: Slot): Promise<void> {
    const { adapter, thread, question, posted } = this.#options;
    const options = this.optionsFor(slot.name, slot.lost);
    const found =
      posted?.find(options.key) ??
      (await adapter.find?.(thread, {
        ...options,
        ...(question !== undefined && { replyTo: question }),
        known: await this.#options.known(),
      }));
    slot.isUnknown = false;
    slot.id = found;
    if (found !== undefined) this.#stands(slot, found);
  }

  /** Only the first message stands as a reply: the rest follow it. */
  optionsFor(name: string, lost = 0): PostOptions {
    const { job, cause, context, replyTo, words } = this.#options;
    return {
      // A message that was lost is not the same as the one that takes its place.
      key: `${job}-${name}${"x".repeat(lost)}`,
      cause,
      language: words.language,
      ...(context !== undefined && { context }),
      ...(replyTo !== undefined && (name === "0" || name === "status") && { replyTo }),
    };
  }

  /** Sends each as it comes, unless it stands already, and takes back those of before that are more. */
  async replaceFiles(files: OutgoingFiles): Promise<void> {
    const { adapter, thread, delivery, log } = this.#options;
    let count = 0;
    for await (const file of files) await this.#upload(`f${count++}`, file);
    for (const name of log.names("f")) {
      const id = log.find(name);
      if (Number(name.slice(1)) < count || id === undefined || id === null) continue;
      await delivery.send(thread, { urgency: "final", repeatable: true }, async () =>
        adapter.remove?.(thread, id),
      );
      log.gone(name);
    }
  }

  async #upload(name: string, file: OutgoingFile): Promise<void> {
    const { adapter, delivery, thread } = this.#options;
    const slot = slotOf(name, this.#options.log);
    if (slot.id !== undefined) return;
    await this.#arrival(slot);
    await delivery.send(thread, this.#sendOptions(slot, "final"), () =>
      this.#post(slot, async (options) => (await adapter.upload?.(thread, file, options)) ?? ""),
    );
  }
}

function slotOf(name: string, log: PostLog): Slot {
  const id = log.find(name);
  return { name, isUnknown: id === null, mayArrive: id === null, lost: 0, id: id ?? undefined };
}
