import { isDeepStrictEqual } from "node:util";
import type {
  Action,
  Adapter,
  Answer,
  Footer,
  LiveMessage,
  MessageId,
  OutgoingFile,
  PostOptions,
  Receipt,
  Speaker,
  ThreadId,
} from "./chat.ts";
import type { Delivery, Urgency } from "./delivery.ts";
import { MessageGone, RateLimited, Undelivered, UserError } from "./errors.ts";
import { withFiles } from "./long-code.ts";
import type { Source } from "./message.ts";
import type { PostLog } from "./post-log.ts";
import { pause } from "./pause.ts";
import type { Posts } from "./store/store.ts";

/** Where a reply goes. */
export interface ReplyOptions extends Omit<PostOptions, "key"> {
  readonly adapter: Adapter;
  readonly delivery: Delivery;
  readonly thread: ThreadId;
  /** The question's message, whether or not the answer stands as a reply to it. */
  readonly question?: MessageId;
  /** Names this answer: the keys of its messages begin with it. */
  readonly job: string;
  /** Begins the names of its messages; default: none, which is the answer itself. */
  readonly prefix?: string;
  /** What is known of its messages, from an earlier attempt or the answer that this one takes the place of. */
  readonly log: PostLog;
  /** Stores the final form and what is known of its messages before any of it is shown; left out where nothing has to outlive the process. */
  conclude?(answer: Answer, posts: Posts): Promise<void>;
  /** Told of edits that failed while the answer grows: the next one, or the final one, makes up for them. */
  onMissedFrame(error: unknown): void;
}

/** What stands under an answer. */
export interface ReplyEnd {
  readonly receipt?: Receipt;
  readonly footer?: Footer;
  readonly actions?: readonly Action[];
  /** Stores the final form in place of the reply's own `conclude`. */
  conclude?(answer: Answer, posts: Posts): Promise<void>;
}

/** How long the first words wait for more, at most, in milliseconds. */
const firstFrameMs = 100;

/** One message of the answer. */
interface Slot {
  readonly name: string;
  id?: MessageId | undefined;
  /** Its post was begun, and nobody knows whether it stands. */
  isUnknown: boolean;
  live?: LiveMessage | undefined;
  message?: unknown;
  /** How often the message that showed it was gone. */
  lost: number;
}

/**
 * The growing answer in a chat, and the only writer of its posts and edits: one at a time, spaced as the platform wants,
 * the latest text always wins. It ends with the first call of `finish`, `show` or `leave`.
 */
export class Reply {
  readonly #options: ReplyOptions;
  readonly #slots: Slot[];
  readonly #sources = new Map<string, Source>();
  readonly #notices: string[] = [];
  readonly #finished = new AbortController();
  #persona: Speaker | undefined;
  #actions: readonly Action[] = [];
  #text = "";
  #thinking = "";
  #holding = "";
  #frames: Promise<void> | undefined;
  #stale = false;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: ReplyOptions) {
    this.#options = options;
    this.#slots = options.log.names(options.prefix ?? "").map((name) => slotOf(name, options.log));
  }

  /** What was said so far. */
  get text(): string {
    return this.#text;
  }

  /** Names the persona that answers, and what can be pressed while it does. */
  introduce(persona: Speaker, actions: readonly Action[] = []): void {
    this.#persona = persona;
    this.#actions = actions;
  }

  append(text: string): void {
    this.#text += text;
    this.#refresh();
  }

  think(text: string): void {
    this.#thinking += text;
  }

  addSource(source: Source): void {
    this.#sources.set(source.url, source);
  }

  /** A plain sentence of the bot's own about this answer; the same one stands only once. */
  notice(sentence: string): void {
    if (!this.#notices.includes(sentence)) this.#notices.push(sentence);
  }

  /** Stands where the answer will be, until its first words come. */
  hold(sentence: string): void {
    this.#holding = sentence;
    this.#refresh();
  }

  /** Puts a sentence where the answer will be that another attempt gives. */
  async place(sentence: string): Promise<void> {
    await this.#deliver({ ...this.#answer("growing", {}), text: sentence }, "interactive");
  }

  /** Shows what the bot is doing, where the platform can, until the answer is finished; never fails. */
  status(text: string): void {
    const { adapter, delivery, thread } = this.#options;
    clearInterval(this.#heartbeat);
    if (!adapter.status || this.#finished.signal.aborted) return;
    const show = (): void =>
      void delivery
        .send(thread, { urgency: "status" }, async () => {
          // A status that waited for its turn must not stand after the answer.
          if (!this.#finished.signal.aborted)
            await adapter.status?.(thread, text, this.#postOptions("status"));
        })
        .catch((error: unknown) => this.#options.onMissedFrame(error));
    show();
    if (adapter.statusLastsMs !== undefined) this.#heartbeat = setInterval(show, adapter.statusLastsMs * 0.8);
  }

  /** Stores the final form and then shows it, after the frame in flight. Throws Undelivered when either can't be done. */
  async finish(state: Exclude<Answer["state"], "growing">, end: ReplyEnd = {}): Promise<void> {
    if (this.#finished.signal.aborted) return;
    await this.#end();
    const answer = this.#answer(state, end);
    const conclude = end.conclude ?? this.#options.conclude;
    try {
      await conclude?.(answer, this.#planned());
    } catch (cause) {
      throw new Undelivered("the answer could not be stored", { cause });
    }
    await this.#showFinal(answer);
  }

  /** What is known of the messages, with the intent of the first where it is still to be posted: stored with the final form, it costs no write of its own. */
  #planned(): Posts {
    const { log, prefix = "" } = this.#options;
    const slot = (this.#slots[0] ??= slotOf(`${prefix}0`, log));
    return slot.id === undefined && !slot.isUnknown ? log.plan(slot.name) : log.known;
  }

  /** Shows a final form that was stored by an earlier attempt. Throws Undelivered when it can't be shown. */
  async show(answer: Answer): Promise<void> {
    await this.#end();
    await this.#showFinal(answer);
  }

  /** Ends without a last word, since another attempt goes on in the same messages. `sentence` stands under what was said so far. */
  async leave(sentence?: string): Promise<void> {
    await this.#end();
    if (sentence === undefined || !this.#slots.some(({ id, live }) => id !== undefined || live)) return;
    const text = [this.#text.trimEnd(), `*${sentence}*`].filter((each) => each !== "").join("\n\n");
    const answer = { ...this.#answer("growing", {}), text };
    await this.#deliver(answer, "interactive").catch((error: unknown) => this.#options.onMissedFrame(error));
  }

  async #end(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#finished.abort();
    await this.#frames;
  }

  #answer(state: Answer["state"], { receipt, footer = "off", actions = [] }: ReplyEnd): Answer {
    return {
      state,
      ...(this.#persona !== undefined && { persona: this.#persona }),
      text: this.#text,
      thinking: this.#thinking,
      sources: [...this.#sources.values()],
      notices: [...this.#notices],
      ...(receipt && { receipt }),
      footer,
      actions,
    };
  }

  #refresh(): void {
    this.#stale = true;
    this.#frames ??= this.#grow();
  }

  async #grow(): Promise<void> {
    // The first frame is what a phone announces: a few words say more than one, and a short answer comes at once.
    const { editEveryMs } = this.#options.adapter;
    await pause(Math.min(firstFrameMs, editEveryMs / 10), this.#finished.signal);
    while (this.#stale && !this.#finished.signal.aborted) {
      this.#stale = false;
      try {
        const answer = this.#answer("growing", { actions: this.#actions });
        const text = answer.text.trim() === "" ? this.#holding : answer.text;
        if (text !== "") await this.#deliver({ ...answer, text }, "frame");
      } catch (error) {
        this.#options.onMissedFrame(error);
      }
      const everyMs = this.#slots.at(-1)?.live?.everyMs ?? this.#options.adapter.editEveryMs;
      await pause(everyMs, this.#finished.signal);
    }
    this.#frames = undefined;
  }

  async #showFinal(answer: Answer): Promise<void> {
    const { adapter } = this.#options;
    const limit = this.#options.prefix === undefined && adapter.upload ? adapter.longCode : undefined;
    const { answer: shown, files } = withFiles(answer, limit);
    try {
      await this.#deliver(shown, "final");
      if (this.#options.prefix === undefined) await this.#replaceFiles(files);
    } catch (cause) {
      throw new Undelivered("the answer could not be shown", { cause });
    }
  }

  async #replaceFiles(files: readonly OutgoingFile[]): Promise<void> {
    const { adapter, thread, delivery, log } = this.#options;
    for (const name of log.names("f")) {
      const id = log.find(name);
      if (Number(name.slice(1)) < files.length || id === undefined || id === "unknown") continue;
      await delivery.send(thread, { urgency: "final", repeatable: true }, async () =>
        adapter.remove?.(thread, id),
      );
      await log.gone(name);
    }
    for (const [index, file] of files.entries()) await this.#upload(`f${index}`, file);
  }

  async #upload(name: string, file: OutgoingFile): Promise<void> {
    const { adapter, delivery, thread } = this.#options;
    const slot = slotOf(name, this.#options.log);
    if (slot.id !== undefined) return;
    await delivery.send(thread, this.#sendOptions(slot, "final"), () =>
      this.#post(slot, async (options) => (await adapter.upload?.(thread, file, options)) ?? ""),
    );
  }

  async #deliver(answer: Answer, urgency: Urgency): Promise<void> {
    const { adapter, delivery, thread, log } = this.#options;
    const messages = adapter.render(answer);
    for (const [index, message] of messages.entries()) {
      const slot = (this.#slots[index] ??= slotOf(`${this.#options.prefix ?? ""}${index}`, log));
      const grows = answer.state === "growing" && index === messages.length - 1;
      if (isDeepStrictEqual(slot.message, message) && (slot.id !== undefined || grows)) continue;
      await this.#send(slot, message, { urgency, grows });
      slot.message = message;
    }
    if (answer.state === "growing" || !adapter.remove) return;
    for (const { id, name } of this.#slots.splice(messages.length)) {
      if (id === undefined) continue;
      await delivery.send(thread, { urgency, repeatable: true }, async () => adapter.remove?.(thread, id));
      await log.gone(name);
    }
  }

  async #send(
    slot: Slot,
    message: unknown,
    { urgency, grows }: { urgency: Urgency; grows: boolean },
  ): Promise<void> {
    const { delivery, thread } = this.#options;
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
      const live = (slot.live ??= adapter.live?.(thread, this.#postOptions(slot.name, slot.lost)));
      if (live) return this.#updateLive(slot, live, message);
    }
    const { live } = slot;
    await this.#post(slot, (options) =>
      live ? live.finish(message) : adapter.post(thread, message, options),
    );
  }

  async #updateLive(slot: Slot, live: LiveMessage, message: unknown): Promise<void> {
    const { log } = this.#options;
    if (live.posts && live.id === undefined) await log.begin(slot.name);
    await live.update(message);
    if (live.id !== undefined && log.find(slot.name) !== live.id) await log.stands(slot.name, live.id);
  }

  /** Its intent is stored before, its receipt after. */
  async #post(slot: Slot, call: (options: PostOptions) => Promise<MessageId>): Promise<void> {
    const { log } = this.#options;
    if (slot.isUnknown && !slot.live?.posts) await this.#ask(slot);
    if (slot.id !== undefined) return;
    await log.begin(slot.name);
    slot.isUnknown = true;
    try {
      slot.id = await call(this.#postOptions(slot.name, slot.lost));
    } catch (error) {
      if (error instanceof RateLimited || error instanceof UserError) slot.isUnknown = false;
      throw error;
    }
    slot.isUnknown = false;
    await log.stands(slot.name, slot.id);
  }

  /** Asks the platform whether a post of unknown fate stands; where it can't be asked, posting it once more is better than never. */
  async #ask(slot: Slot): Promise<void> {
    const { adapter, thread, log, question } = this.#options;
    const found = await adapter.find?.(thread, {
      ...this.#postOptions(slot.name, slot.lost),
      ...(question !== undefined && { replyTo: question }),
      known: Object.values(log.standing),
    });
    slot.isUnknown = false;
    slot.id = found;
    if (found !== undefined) await log.stands(slot.name, found);
  }

  /** Only the first message stands as a reply: the rest follow it. */
  #postOptions(name: string, lost = 0): PostOptions {
    const { job, cause, context, replyTo } = this.#options;
    return {
      // A message that was lost is not the same as the one that takes its place.
      key: `${job}-${name}${"x".repeat(lost)}`,
      cause,
      ...(context !== undefined && { context }),
      ...(replyTo !== undefined && (name === "0" || name === "status") && { replyTo }),
    };
  }
}

function slotOf(name: string, log: PostLog): Slot {
  const id = log.find(name);
  return { name, isUnknown: id === "unknown", lost: 0, ...(id !== undefined && id !== "unknown" && { id }) };
}
