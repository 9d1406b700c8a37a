import type { Answer, Attachment, InboundMessage, Receipt } from "./chat.ts";
import type { CouncilProgress } from "./council/progress.ts";
import type { Conversation } from "./conversation/conversation.ts";
import type { Bookmark, ReadingStep } from "./files/bookmark.ts";
import type { NewFile } from "./files/files.ts";
import type { Said } from "./desk.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import type { About } from "./memory/personal.ts";
import type { CitedSource, UserMessage } from "./message.ts";
import type { Persona } from "./personas/schema.ts";
import type { Prepared } from "./prepare.ts";
import type { Reply } from "./reply.ts";
import type { FinishedRounds, Posts, StoredTurn } from "./store/store.ts";
import type { Origin } from "./tools/tool.ts";
import type { TurnResult } from "./turn.ts";
import type { Words } from "./words/words.ts";

/** One message on its way to an answer. */
export interface Asking {
  readonly message: InboundMessage;
  readonly persona: Persona;
  readonly conversation: Conversation;
  readonly reply: Reply;
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  /** Aborted when the person stops the answer. */
  readonly signal: AbortSignal;
  /** When the message arrived, by `performance.now()`. */
  readonly arrived: number;
  /** The stored turn that this answer takes the place of. */
  readonly replaces?: StoredTurn;
  /** The id of the turn that this one answer goes on from, where that is not the last one. */
  readonly from?: string;
  /** The question as it was read before, when only its answer is to be new. */
  readonly question?: UserMessage;
  /** It moves the bookmark of what is read together. */
  readonly reading?: ReadingStep;
  /** Answers in place of the persona's or the conversation's own. */
  readonly model?: string;
  /** What is kept of who asks, where it is being read already. */
  readonly about?: Promise<About>;
  /** Downloads what came with the message. */
  download(attachment: Attachment, signal: AbortSignal): Promise<Uint8Array>;
  /** Where it was asked, for people. */
  origin(): Promise<Origin>;
  /** Posts a message of its own beside the answer. */
  say(said: Said): Promise<void>;
  /** Accounts for it under this name, the same at every attempt. */
  readonly job: string;
  /** Unlike that of any other attempt. */
  readonly attempt: string;
  /** What an earlier attempt at this answer finished. */
  readonly resume?: FinishedRounds;
  /** Stores what need not be done again. */
  keepRounds(rounds: FinishedRounds): Promise<void>;
  /** The same of a council. */
  readonly council?: CouncilProgress;
  keepCouncil(progress: CouncilProgress): Promise<void>;
  /** Stores the final form together with the turn. */
  conclude(final: {
    readonly answer: Answer;
    readonly posts: Posts;
    readonly turn: StoredTurn;
    readonly files?: readonly NewFile[] | undefined;
    readonly account?: LedgerEntry | undefined;
    readonly bookmark?: Bookmark | undefined;
  }): Promise<void>;
}

/** What tools that write may take as said by the person: what they typed, after their name; never what the bot put into words for them. */
export const typedBy = ({ author, text, isComposed }: InboundMessage): string =>
  isComposed ? "" : `${author.name}: ${text}`;

/** The signal's reason when the question was taken back: where nothing was said yet, nothing is. */
export class Withdrawn extends Error {}

/** An answer that has been made and not yet shown. */
export interface Made {
  readonly turn: string;
  readonly prepared: Prepared;
  /** Its words as they were checked. */
  readonly result: TurnResult;
  readonly receipt: Receipt;
  readonly cited: readonly CitedSource[];
}

/** What a turn came to, for the log. */
export interface Answered {
  readonly turn: string;
  readonly outcome: TurnResult["outcome"];
  readonly receipt: Receipt;
  readonly toolErrors: readonly unknown[];
}

/** Whether it ended before the model was done. */
export const isCutShort = ({ outcome }: TurnResult): boolean =>
  outcome === "stopped" || outcome === "timeout";
