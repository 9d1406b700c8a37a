import type { Answer, Attachment, InboundMessage, Receipt } from "./chat.ts";
import type { Conversation } from "./conversation/conversation.ts";
import type { UserMessage } from "./message.ts";
import type { Persona } from "./personas/schema.ts";
import type { Prepared } from "./prepare.ts";
import type { Reply } from "./reply.ts";
import type { FinishedRounds, Posts, StoredTurn } from "./store/store.ts";
import type { TurnResult } from "./turn.ts";

/** One message on its way to an answer. */
export interface Asking {
  readonly message: InboundMessage;
  readonly persona: Persona;
  readonly conversation: Conversation;
  readonly reply: Reply;
  /** Aborted when the person stops the answer. */
  readonly signal: AbortSignal;
  /** When the message arrived, by `performance.now()`. */
  readonly arrived: number;
  /** The stored turn that this answer takes the place of. */
  readonly replaces?: StoredTurn;
  /** The question as it was read before, when only its answer is to be new. */
  readonly question?: UserMessage;
  /** Answers in place of the persona's or the conversation's own. */
  readonly model?: string;
  /** Downloads what came with the message. */
  download(attachment: Attachment, signal: AbortSignal): Promise<Uint8Array>;
  /** Posts a message of its own before the answer. */
  say(text: string): Promise<void>;
  /** Accounts for it under this name, the same at every attempt. */
  readonly job: string;
  /** What an earlier attempt at this answer finished. */
  readonly resume?: FinishedRounds;
  /** Stores what need not be done again. */
  keepRounds(rounds: FinishedRounds): Promise<void>;
  /** Stores the final form together with the turn. */
  conclude(final: {
    readonly answer: Answer;
    readonly posts: Posts;
    readonly turn: StoredTurn;
  }): Promise<void>;
}

/** The signal's reason when the question was taken back: where nothing was said yet, nothing is. */
export class Withdrawn extends Error {}

/** An answer that has been made and not yet shown. */
export interface Made {
  readonly turn: string;
  readonly prepared: Prepared;
  readonly result: TurnResult;
  readonly receipt: Receipt;
}

/** Whether it ended before the model was done. */
export const isCutShort = ({ outcome }: TurnResult): boolean =>
  outcome === "stopped" || outcome === "timeout";
