import { isDeepStrictEqual } from "node:util";
import type { Adapter, Answer, Footer, MessageId, Receipt, ThreadId } from "./chat.ts";
import type { Source } from "./message.ts";

/** Where a reply goes. */
export interface ReplyOptions {
  readonly adapter: Adapter;
  readonly thread: ThreadId;
  /** Told of edits that failed while the answer grows: the next one, or the final one, makes up for them. */
  onMissedFrame(error: unknown): void;
}

/** What stands under a finished answer. */
export interface ReplyEnd {
  readonly receipt?: Receipt;
  readonly footer?: Footer;
}

/**
 * The growing answer in a chat, and the only writer of its posts and edits: one at a time, spaced as the platform wants,
 * the latest text always wins. Call `finish` exactly once.
 */
export class Reply {
  readonly #options: ReplyOptions;
  readonly #posted: { id: MessageId; message: unknown }[] = [];
  readonly #sources = new Map<string, Source>();
  readonly #notices: string[] = [];
  readonly #finished = new AbortController();
  #persona: string | undefined;
  #text = "";
  #thinking = "";
  #frames: Promise<void> | undefined;
  #stale = false;

  constructor(options: ReplyOptions) {
    this.#options = options;
  }

  /** What was said so far. */
  get text(): string {
    return this.#text;
  }

  /** Names the persona that answers. */
  introduce(persona: string): void {
    this.#persona = persona;
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

  /** Shows what the bot is doing, where the platform can; never fails. */
  status(text: string): void {
    const { adapter, thread } = this.#options;
    adapter.status?.(thread, text).catch((error: unknown) => this.#options.onMissedFrame(error));
  }

  /** Writes the final form, after the frame in flight. Rejects when the platform refuses it. */
  async finish(state: Exclude<Answer["state"], "growing">, end: ReplyEnd = {}): Promise<void> {
    this.#finished.abort();
    await this.#frames;
    await this.#deliver(this.#answer(state, end));
  }

  #answer(state: Answer["state"], { receipt, footer = "off" }: ReplyEnd = {}): Answer {
    return {
      state,
      ...(this.#persona !== undefined && { persona: this.#persona }),
      text: this.#text,
      thinking: this.#thinking,
      sources: [...this.#sources.values()],
      notices: [...this.#notices],
      ...(receipt && { receipt }),
      footer,
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
        if (this.#text.trim() !== "") await this.#deliver(this.#answer("growing"));
      } catch (error) {
        this.#options.onMissedFrame(error);
      }
      await pause(this.#options.adapter.editEveryMs, this.#finished.signal);
    }
    this.#frames = undefined;
  }

  async #deliver(answer: Answer): Promise<void> {
    const { adapter, thread } = this.#options;
    for (const [index, message] of adapter.render(answer).entries()) {
      const posted = this.#posted[index];
      if (!posted) this.#posted.push({ id: await adapter.post(thread, message), message });
      else if (!isDeepStrictEqual(posted.message, message)) {
        await adapter.edit(thread, posted.id, message);
        posted.message = message;
      }
    }
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
