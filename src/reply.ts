import { isDeepStrictEqual } from "node:util";
import type {
  Action,
  Adapter,
  Answer,
  Footer,
  LiveMessage,
  MessageId,
  PostOptions,
  Receipt,
  Speaker,
  ThreadId,
} from "./chat.ts";
import type { Delivery, Urgency } from "./delivery.ts";
import { UserError } from "./errors.ts";
import type { Source } from "./message.ts";

/** Where a reply goes. */
export interface ReplyOptions extends Omit<PostOptions, "key"> {
  /** Names this answer: the keys of its messages begin with it. */
  readonly job: string;
  readonly adapter: Adapter;
  readonly delivery: Delivery;
  readonly thread: ThreadId;
  /** The messages of an earlier answer that this one takes the place of. */
  readonly replaces?: readonly MessageId[];
  /** Told of edits that failed while the answer grows: the next one, or the final one, makes up for them. */
  onMissedFrame(error: unknown): void;
}

/** What stands under an answer. */
export interface ReplyEnd {
  readonly receipt?: Receipt;
  readonly footer?: Footer;
  readonly actions?: readonly Action[];
}

/** One message of the answer; without an id it is not lasting yet. */
interface Slot {
  id?: MessageId;
  live?: LiveMessage | undefined;
  message?: unknown;
}

/**
 * The growing answer in a chat, and the only writer of its posts and edits: one at a time, spaced as the platform wants,
 * the latest text always wins. It ends with the first call of `finish` or `abandon`.
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
  #frames: Promise<void> | undefined;
  #stale = false;
  #isEnded = false;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: ReplyOptions) {
    this.#options = options;
    this.#slots = (options.replaces ?? []).map((id) => ({ id }));
  }

  /** What was said so far. */
  get text(): string {
    return this.#text;
  }

  /** The messages that hold the answer, in order; whole once it is finished. */
  get posts(): readonly MessageId[] {
    return this.#slots.flatMap(({ id }) => (id === undefined ? [] : [id]));
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

  /** Shows what the bot is doing, where the platform can, until the answer is finished; never fails. */
  status(text: string): void {
    const { adapter, delivery, thread } = this.#options;
    clearInterval(this.#heartbeat);
    if (!adapter.status || this.#finished.signal.aborted) return;
    const show = (): void =>
      void delivery
        .send(thread, { urgency: "status" }, async () => {
          // A status that waited for its turn must not stand after the answer.
          if (!this.#finished.signal.aborted) await adapter.status?.(thread, text, this.#postOptions("status"));
        })
        .catch((error: unknown) => this.#options.onMissedFrame(error));
    show();
    if (adapter.statusLastsMs !== undefined) this.#heartbeat = setInterval(show, adapter.statusLastsMs * 0.8);
  }

  /** Writes the final form, after the frame in flight. Rejects when the platform refuses it. */
  async finish(state: Exclude<Answer["state"], "growing">, end: ReplyEnd = {}): Promise<void> {
    // A second ending would post again what nobody knows to be posted.
    if (this.#isEnded) return;
    this.#isEnded = true;
    clearInterval(this.#heartbeat);
    this.#finished.abort();
    await this.#frames;
    await this.#deliver(this.#answer(state, end), "final");
  }

  /** Ends without a last word: the question is being answered anew. What is shown already stays for that answer. */
  async abandon(): Promise<void> {
    if (this.#slots.some(({ live, id }) => live && id === undefined)) return this.finish("stopped");
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
    // What arrives in one go becomes one frame.
    await Promise.resolve();
    while (this.#stale && !this.#finished.signal.aborted) {
      this.#stale = false;
      try {
        const answer = this.#answer("growing", { actions: this.#actions });
        if (this.#text.trim() !== "") await this.#deliver(answer, "frame");
      } catch (error) {
        this.#options.onMissedFrame(error);
      }
      const everyMs = this.#slots.at(-1)?.live?.everyMs ?? this.#options.adapter.editEveryMs;
      await pause(everyMs, this.#finished.signal);
    }
    this.#frames = undefined;
  }

  async #deliver(answer: Answer, urgency: Urgency): Promise<void> {
    const { adapter, delivery, thread } = this.#options;
    const messages = adapter.render(answer);
    for (const [index, message] of messages.entries()) {
      const slot = (this.#slots[index] ??= {});
      const grows = answer.state === "growing" && index === messages.length - 1;
      if (isDeepStrictEqual(slot.message, message) && (slot.id !== undefined || grows)) continue;
      await this.#send(slot, message, { urgency, grows });
      slot.message = message;
    }
    if (answer.state === "growing" || !adapter.remove) return;
    for (const { id } of this.#slots.splice(messages.length)) {
      if (id !== undefined)
        await delivery.send(thread, { urgency }, async () => adapter.remove?.(thread, id));
    }
  }

  async #send(
    slot: Slot,
    message: unknown,
    { urgency, grows }: { urgency: Urgency; grows: boolean },
  ): Promise<void> {
    const { adapter, delivery, thread } = this.#options;
    const send = (): Promise<void> => {
      // An edit shows the same however often it is done.
      const repeatable = slot.id !== undefined || adapter.postsOnce === true;
      return delivery.send(thread, { urgency, repeatable }, () => this.#write(slot, message, grows));
    };
    try {
      await send();
    } catch (error) {
      if (urgency !== "final" || slot.id === undefined || error instanceof UserError) throw error;
      // Someone may have deleted the message: the answer stands in a new one.
      delete slot.id;
      delete slot.live;
      await send();
    }
  }

  /** Only the first message stands as a reply: the rest follow it. */
  #postOptions(name: string, isReply = true): PostOptions {
    const { job, cause, context, replyTo } = this.#options;
    return {
      key: `${job}-${name}`,
      cause,
      ...(context !== undefined && { context }),
      ...(replyTo !== undefined && isReply && { replyTo }),
    };
  }

  /** A message grows by the platform's live text where there is one, and else by edits. */
  async #write(slot: Slot, message: unknown, grows: boolean): Promise<void> {
    const { adapter, thread } = this.#options;
    const index = this.#slots.indexOf(slot);
    const post = this.#postOptions(String(index), index === 0);
    if (slot.id !== undefined) return adapter.edit(thread, slot.id, message);
    if (grows) {
      const live = (slot.live ??= adapter.live?.(thread, post));
      if (live) return live.update(message);
    }
    slot.id = slot.live ? await slot.live.finish(message) : await adapter.post(thread, message, post);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0 || signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", done);
    resolve();
  };
  const timer = setTimeout(done, milliseconds);
  signal.addEventListener("abort", done);
  return promise;
}
