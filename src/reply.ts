import { setImmediate as breathe } from "node:timers/promises";
import type { Action, Answer, Fold, Footer, OutgoingFile, OutgoingFiles, Receipt, Speaker } from "./chat.ts";
import type { Urgency } from "./delivery.ts";
import { ClaimLost, DatabaseAway, Undelivered } from "./errors.ts";
import { keepTrying } from "./keep-trying.ts";
import { withFiles } from "./long-code.ts";
import type { Source } from "./message.ts";
import { Messages, type MessagesOptions } from "./messages.ts";
import { pause } from "./pause.ts";
import { createSign, type Sign } from "./sign.ts";
import type { Posts } from "./store/store.ts";
import { sourceKey } from "./text/source-name.ts";
import { loadWords } from "./words/words.ts";

/** Where a reply goes. */
export interface ReplyOptions extends MessagesOptions {
  /** Stores the final form and what is known of its messages, to outlive a power cut, before any of it is shown; left out where nothing has to. */
  readonly conclude?: (answer: Answer, posts: Posts) => Promise<void>;
  /** Whether a form of this attempt is stored. */
  readonly isConcluded: () => Promise<boolean>;
  /** Ended when this process begins nothing more: what it can't store then, another attempt makes anew. */
  readonly ending: AbortSignal;
  /** How long to wait before a final form that could not be stored is stored again, in milliseconds; longer each time. */
  readonly restMs: number;
  /** Told when it could not be. */
  onNotStored(error: unknown): void;
  /** Told of edits that failed while the answer grows: the next one, or the final one, makes up for them. */
  onMissedFrame(error: unknown): void;
}

/** What stands under an answer. */
export interface ReplyEnd {
  readonly receipt?: Receipt;
  readonly footer?: Footer;
  readonly actions?: readonly Action[];
  /** Sent after it, each once: another attempt brings the same ones in the same order. */
  readonly files?: OutgoingFiles;
  /** Stores the final form in place of the reply's own `conclude`. */
  readonly conclude?: (answer: Answer, posts: Posts) => Promise<void>;
}

/** A finished answer as the platform takes it. */
interface LastForm {
  readonly answer: Answer;
  readonly messages: readonly unknown[];
  readonly files: readonly OutgoingFile[];
}

/** How long the first words wait for more, at most, in milliseconds. */
const firstFrameMs = 100;

/** Making a frame takes at most this share of the time of the process, which serves others besides: who asks for a text that is hard to read gets fewer. */
const frameShare = 0.1;

/**
 * The growing answer in a chat: one edit at a time, spaced as the platform wants, the latest text always wins. It ends with the first call of `finish`, `show` or `leave`.
 */
export class Reply {
  readonly #options: ReplyOptions;
  readonly #messages: Messages;
  readonly #sign: Sign;
  readonly #sources = new Map<string, Source>();
  readonly #notices: string[] = [];
  readonly #finished = new AbortController();
  #persona: Speaker | undefined;
  #actions: readonly Action[] = [];
  #folds: readonly Fold[] = [];
  readonly #offers: Action[] = [];
  #text = "";
  #thinking = "";
  #holding = "";
  #frames: Promise<void> | undefined;
  #stale = false;
  #isUnstorable = false;

  constructor(options: ReplyOptions) {
    this.#options = options;
    this.#messages = new Messages(options);
    this.#sign = createSign({
      ...options,
      post: () => this.#messages.optionsFor("status"),
      onMissed: (error) => options.onMissedFrame(error),
    });
  }

  /** What was said so far. */
  get text(): string {
    return this.#text;
  }

  /** It has ended with a form that the store does not take, now or later. */
  get isUnstorable(): boolean {
    return this.#isUnstorable;
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

  /** What was said is to be read in this form. */
  revise(text: string): void {
    this.#text = text;
  }

  /** What was said was a beginning that nothing came of: another begins anew. */
  restart(): void {
    this.#text = "";
    this.#refresh();
  }

  /** What stands before its text. */
  fold(folds: readonly Fold[]): void {
    this.#folds = folds;
    this.#refresh();
  }

  think(text: string): void {
    this.#thinking += text;
  }

  addSource(source: Source): void {
    this.#sources.set(sourceKey(source), source);
  }

  /** A plain sentence of the bot's own about this answer; the same one stands only once. */
  notice(sentence: string): void {
    if (!this.#notices.includes(sentence)) this.#notices.push(sentence);
  }

  /** A button of the bot's own under the finished answer, such as one that goes with a notice. */
  offer(action: Action): void {
    if (!this.#offers.some(({ token }) => token === action.token)) this.#offers.push(action);
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
    this.#sign.show(text);
  }

  /** Stores the final form and then shows it, after the frame in flight. Throws Undelivered when either can't be done, or ClaimLost. */
  async finish(state: Exclude<Answer["state"], "growing">, end: ReplyEnd = {}): Promise<void> {
    if (this.#finished.signal.aborted) return;
    await this.#end();
    const answer = this.#answer(state, { ...end, actions: [...(end.actions ?? []), ...this.#offers] });
    const conclude = end.conclude ?? this.#options.conclude;
    const final = await (conclude ? this.#conclude(answer, conclude) : this.#lastForm(answer));
    await this.#showFinal(final, end.files);
  }

  /** Shows a final form that was stored by an earlier attempt. Throws Undelivered when it can't be shown. */
  async show(answer: Answer): Promise<void> {
    await this.#end();
    if (answer.language) await loadWords(answer.language);
    await this.#showFinal(await this.#lastForm(answer));
  }

  /** Ends without a last word, since another attempt goes on in the same messages. `sentence` stands under what was said so far. */
  async leave(sentence?: string): Promise<void> {
    await this.#end();
    if (sentence === undefined || this.#messages.isUnseen) return;
    await this.#showGrowing(this.#answer("growing", {}), sentence, "interactive");
  }

  /** Stores the final form, and gives what is shown of it: that is made ready meanwhile. */
  async #conclude(answer: Answer, conclude: NonNullable<ReplyOptions["conclude"]>): Promise<LastForm> {
    await this.#options.log.quiet();
    // The server, or the disk, is at work before the processor is taken.
    const ready = breathe()
      .then(() => breathe())
      .then(() => this.#lastForm(answer));
    ready.catch(() => undefined);
    try {
      const { restMs, claim, ending, isConcluded } = this.#options;
      // What is planned counts as stored: without a conclusion, nothing may be.
      await keepTrying(() => conclude(answer, this.#messages.planned()), {
        restMs,
        ending,
        claim,
        isStored: isConcluded,
        onFailure: (error) => this.#notStored(answer, error),
      });
    } catch (cause) {
      this.#isUnstorable = !(cause instanceof ClaimLost || cause instanceof DatabaseAway);
      // Nobody would gain by another attempt.
      throw this.#isUnstorable ? cause : undelivered("the answer could not be stored", cause);
    }
    return ready;
  }

  /** Says so where it stands: what is not there yet could not be stored either. */
  async #notStored(answer: Answer, error: unknown): Promise<void> {
    this.#options.onNotStored(error);
    const { notStored } = this.#options.words;
    if (this.#messages.stands) await this.#showGrowing(answer, notStored, "frame");
  }

  /** With a sentence of the bot's own under it. */
  async #showGrowing(answer: Answer, sentence: string, urgency: Urgency): Promise<void> {
    const text = [answer.text.trimEnd(), `*${sentence}*`].filter((each) => each !== "").join("\n\n");
    await this.#messages
      .deliver({ ...answer, state: "growing", text, actions: [] }, urgency)
      .catch((error: unknown) => this.#options.onMissedFrame(error));
  }

  async #end(): Promise<void> {
    this.#sign.end();
    // Nobody asks why: without a reason, one would be made with its stack, for each answer.
    this.#finished.abort("finished");
    await this.#frames;
  }

  #answer(state: Answer["state"], { receipt, footer = "off", actions = [] }: ReplyEnd): Answer {
    return {
      state,
      language: this.#options.words.language,
      ...(this.#persona !== undefined && { persona: this.#persona }),
      text: this.#text,
      ...(this.#folds.length > 0 && { folds: this.#folds }),
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
      const madeInMs = await this.#showFrame();
      await pause(Math.max(this.#messages.everyMs, madeInMs / frameShare), this.#finished.signal);
    }
    this.#frames = undefined;
  }

  /** Gives how long it took to make, in milliseconds. */
  async #showFrame(): Promise<number> {
    const answer = this.#answer("growing", { actions: this.#actions });
    const isHeld = answer.text.trim() === "" && this.#holding !== "";
    const shown = isHeld ? ({ ...answer, text: this.#holding, isHeld } as const) : answer;
    if (shown.text.trim() === "") return 0;
    const since = performance.now();
    let madeInMs = 0;
    try {
      const messages = this.#messages.render(shown);
      madeInMs = performance.now() - since;
      await this.#messages.deliver(shown, "frame", messages);
    } catch (error) {
      this.#options.onMissedFrame(error);
    }
    return madeInMs;
  }

  /** What is shown of a finished answer: its messages, and what of it goes out as files. */
  async #lastForm(answer: Answer): Promise<LastForm> {
    const { adapter } = this.#options;
    const limits = this.#options.prefix === undefined && adapter.upload ? adapter : {};
    try {
      const { answer: shown, files } = await withFiles(answer, limits);
      return { answer: shown, messages: this.#messages.render(shown), files };
    } catch (cause) {
      throw undelivered("the answer could not be rendered", cause);
    }
  }

  async #showFinal({ answer, messages, files }: LastForm, more: OutgoingFiles = []): Promise<void> {
    try {
      await this.#messages.deliver(answer, "final", messages);
      if (this.#options.prefix === undefined) await this.#messages.replaceFiles(inOrder(files, more));
    } catch (cause) {
      throw undelivered("the answer could not be shown", cause);
    }
  }
}

async function* inOrder(...all: readonly OutgoingFiles[]): AsyncGenerator<OutgoingFile> {
  for (const files of all) yield* files;
}

/** Who has lost its claim has nothing to try again. */
const undelivered = (message: string, cause: unknown): Error =>
  cause instanceof ClaimLost ? cause : new Undelivered(message, { cause });
