import type { Action, Answer, Footer, OutgoingFile, Receipt, Speaker } from "./chat.ts";
import { ClaimLost, Undelivered } from "./errors.ts";
import { withFiles } from "./long-code.ts";
import type { Source } from "./message.ts";
import { Messages, type MessagesOptions } from "./messages.ts";
import { pause } from "./pause.ts";
import type { Posts } from "./store/store.ts";

/** Where a reply goes. */
export interface ReplyOptions extends MessagesOptions {
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
  /** Sent after it, each once: another attempt brings the same ones in the same order. */
  readonly files?: readonly OutgoingFile[];
  /** Stores the final form in place of the reply's own `conclude`. */
  conclude?(answer: Answer, posts: Posts): Promise<void>;
}

/** How long the first words wait for more, at most, in milliseconds. */
const firstFrameMs = 100;

/**
 * The growing answer in a chat: one edit at a time, spaced as the platform wants, the latest text always wins. It ends with the first call of `finish`, `show` or `leave`.
 */
export class Reply {
  readonly #options: ReplyOptions;
  readonly #messages: Messages;
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
    this.#messages = new Messages(options);
  }

  /** What was said so far. */
  get text(): string {
    return this.#text;
  }

  /** Nothing of it stands in the chat. */
  get isUnseen(): boolean {
    return this.#messages.isUnseen;
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
    await this.#messages.deliver({ ...this.#answer("growing", {}), text: sentence }, "interactive");
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
            await adapter.status?.(thread, text, this.#messages.optionsFor("status"));
        })
        .catch((error: unknown) => this.#options.onMissedFrame(error));
    show();
    if (adapter.statusLastsMs !== undefined) this.#heartbeat = setInterval(show, adapter.statusLastsMs * 0.8);
  }

  /** Stores the final form and then shows it, after the frame in flight. Throws Undelivered when either can't be done, or ClaimLost. */
  async finish(state: Exclude<Answer["state"], "growing">, end: ReplyEnd = {}): Promise<void> {
    if (this.#finished.signal.aborted) return;
    await this.#end();
    const answer = this.#answer(state, end);
    try {
      // What is planned counts as stored: without a conclusion, nothing may be.
      if (end.conclude) await end.conclude(answer, this.#messages.planned());
      else if (this.#options.conclude) await this.#options.conclude(answer, this.#messages.planned());
    } catch (cause) {
      throw undelivered("the answer could not be stored", cause);
    }
    await this.#showFinal(answer, end.files);
  }

  /** Shows a final form that was stored by an earlier attempt. Throws Undelivered when it can't be shown. */
  async show(answer: Answer): Promise<void> {
    await this.#end();
    await this.#showFinal(answer);
  }

  /** Ends without a last word, since another attempt goes on in the same messages. `sentence` stands under what was said so far. */
  async leave(sentence?: string): Promise<void> {
    await this.#end();
    if (sentence === undefined || this.#messages.isUnseen) return;
    const text = [this.#text.trimEnd(), `*${sentence}*`].filter((each) => each !== "").join("\n\n");
    const answer = { ...this.#answer("growing", {}), text };
    await this.#messages
      .deliver(answer, "interactive")
      .catch((error: unknown) => this.#options.onMissedFrame(error));
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
        if (text !== "") await this.#messages.deliver({ ...answer, text }, "frame");
      } catch (error) {
        this.#options.onMissedFrame(error);
      }
      await pause(this.#messages.everyMs, this.#finished.signal);
    }
    this.#frames = undefined;
  }

  async #showFinal(answer: Answer, more: readonly OutgoingFile[] = []): Promise<void> {
    const { adapter } = this.#options;
    const limit = this.#options.prefix === undefined && adapter.upload ? adapter.longCode : undefined;
    const { answer: shown, files } = await withFiles(answer, limit);
    try {
      await this.#messages.deliver(shown, "final");
      if (this.#options.prefix === undefined) await this.#messages.replaceFiles([...files, ...more]);
    } catch (cause) {
      throw undelivered("the answer could not be shown", cause);
    }
  }
}

/** Who has lost its claim has nothing to try again. */
const undelivered = (message: string, cause: unknown): Error =>
  cause instanceof ClaimLost ? cause : new Undelivered(message, { cause });
