import type { Grants } from "../access/grants.ts";
import type {
  Answer,
  Inbound,
  InboundCommand,
  InboundEdit,
  InboundMessage,
  InboundPress,
  MessageId,
  Recalled,
  ThreadId,
} from "../chat.ts";
import type { Ledger, LedgerEntry } from "../limits/ledger.ts";
import type { Summaries } from "../conversation/summaries.ts";
import type { CouncilProgress } from "../council/progress.ts";
import type { Files, NewFile } from "../files/files.ts";
import type { Facts } from "../memory/facts.ts";
import type { Instructions } from "../memory/instructions.ts";
import type { Links } from "../memory/links.ts";
import type { AssistantMessage, Message, ToolResultPart } from "../message.ts";
import type { People } from "../privacy/people.ts";
import type { Fees } from "../search/fees.ts";
import type { Usage } from "../providers/provider.ts";
import type { Note } from "../tools/tool.ts";
import type { Spent } from "../turn.ts";

/** Names one scope's conversation; made by conversation/scope.ts alone. */
export type ConversationKey = string & { readonly __brand: "ConversationKey" };

/** One question and its finished answer, as stored. */
export interface StoredTurn {
  /** Rises with time; made by the store's caller (UUIDv7). */
  readonly id: string;
  readonly at: Date;
  /** `platform:user` who asked. */
  readonly person: string;
  readonly persona: string;
  /** `provider/model` that answered. */
  readonly model: string;
  /** The question, the model's rounds and their tool results, whole: never half an exchange. */
  readonly messages: readonly Message[];
  readonly usage: Usage;
  readonly costUsd?: number;
  /** A stopped or cut answer keeps what was said. */
  readonly outcome: "done" | "stopped" | "length";
  /** A council answered it, or is offered to: of the models named for it, or, where there are none, of the usual ones. */
  readonly council?: readonly string[];
  /** The question's message on its platform, where it has one. */
  readonly asked?: MessageId;
  /** The messages that show the answer. */
  readonly posts: Readonly<Record<string, MessageId>>;
  /** The ids of the facts that its prompt held; left out when it held none. */
  readonly facts?: readonly string[];
}

/** The messages of an answer by name: `0`, `1`, … its text in order, `f0` … its files, `s0` … what was said before it. `null`: its post was begun, and nobody knows whether it stands. */
export type Posts = Readonly<Record<string, MessageId | null>>;

/** Keyed JSON documents of one kind. Each call is atomic; get-then-set is not. */
export interface Documents<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** The turns of all conversations, oldest first within each. */
export interface Turns {
  /** Stores a turn that was answered elsewhere, as tests do; the bot's own are stored with their answer by `Outbox.conclude`. */
  append(conversation: ConversationKey, turn: StoredTurn): Promise<void>;
  /** The newest `limit` turns between the turns with ids `after` and `before`, neither included, oldest first. */
  list(
    conversation: ConversationKey,
    options?: { limit?: number; after?: string; before?: string },
  ): Promise<readonly StoredTurn[]>;
  /** The turn with this id, or the newest that answers this message, or whose answer this message shows. */
  find(
    conversation: ConversationKey,
    by: { readonly id: string } | { readonly asked: MessageId } | { readonly shown: MessageId },
  ): Promise<StoredTurn | undefined>;
  /** Deletes the turn with this id; false when there is none. */
  remove(conversation: ConversationKey, id: string): Promise<boolean>;
  /** Deletes, with their pictures and files, up to `most` of the turns from before that time, the oldest first; how many. */
  sweep(before: number, most: number): Promise<number>;
}

/** Something a person did that has not been dealt with. */
export interface InboxEvent {
  /** The platform's identity of it. */
  readonly id: string;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly inbound: Inbound;
  /** Why it is not answered, in a sentence for the person. */
  readonly refusal?: string;
  /** How often work on it was begun. */
  readonly attempts: number;
  /** The answer being made of it, as soon as there is one. */
  readonly job?: string;
  /** The process whose end is the end of it, where nobody waits for it after that. */
  readonly holder?: string;
  /** Its person stopped it while it waited. */
  readonly isStopped?: true;
}

/** What just happened, to be stored. `seq` rises with time and gives the order. */
export type NewEvent = Pick<InboxEvent, "id" | "at" | "inbound"> & { readonly seq: string };

/** The command that stops, or the button under an answer. */
export type Stop = NewEvent & { readonly inbound: InboundCommand | InboundPress };

/** What a stop came to. */
export type Stopped =
  /** The answer that is being written for this person has ended, or will. */
  | { readonly type: "answer"; readonly person: string }
  /** So have this person's own questions, on which no work has begun. */
  | { readonly type: "waiting" }
  /** Nothing: what is being written is somebody else's. */
  | { readonly type: "others" }
  | { readonly type: "nothing" }
  /** It was there before. */
  | { readonly type: "known" };

/** Where a question was taken back, and what it was there: still waiting, one of several that are being answered, or all of them. */
export interface Withdrawal {
  readonly conversation: ConversationKey;
  readonly was: "waiting" | "part" | "all";
}

/** A part of an album, or new words under one. */
export type NewPart = NewEvent & {
  readonly inbound: InboundMessage | InboundCommand | InboundEdit;
  /** The id of the album's own event. */
  readonly album: string;
};

/** What came of it. */
export type Gathered =
  | {
      /**
       * `known`: it was there before. `kept`: it waits for a part that says that the album is for the bot. `asked`: the album
       * waits to be dealt with. `changed`: it does so already, and has the part now.
       */
      readonly was: "known" | "kept" | "asked" | "changed";
    }
  | {
      /**
       * `edited`: work on the album was begun, and an edit of it waits. Of the others nothing was stored. `late`: the other parts are
       * forgotten, or what they say can't be changed. `unheard`: it changes what never came.
       */
      readonly was: "edited" | "late" | "unheard";
      /** The album's own. */
      readonly message: MessageId;
    };

/** What people did: each event once, in order within its conversation, until it has been dealt with. What it writes outlives a power cut once the store's `secure` settles. */
export interface Inbox {
  /** False when it is there already, also long after it was dealt with. */
  put(
    conversation: ConversationKey,
    event: NewEvent & Pick<InboxEvent, "refusal" | "holder">,
  ): Promise<boolean>;
  /** What a conversation has still to deal with, oldest first. */
  pending(conversation: ConversationKey, limit: number): Promise<readonly InboxEvent[]>;
  /** The conversations of these platforms that have something to deal with, the longest waiting first. */
  conversations(platforms: readonly string[], limit: number): Promise<readonly ConversationKey[]>;
  /** What is known here of a platform's events, for who begins to listen to it. */
  recall(platform: string): Promise<Recalled>;
  /** Work on it was begun and ended in good order, to be taken up again: that attempt does not count. */
  handBack(ids: readonly string[]): Promise<void>;
  /** Has been dealt with: its content is forgotten, its id is not. */
  end(ids: readonly string[]): Promise<void>;
  /** Puts an edit's content into the question that it edits, if no work on that has begun and the edit was not there before; its id is kept. */
  change(conversation: ConversationKey, edit: NewEvent & { readonly inbound: InboundEdit }): Promise<boolean>;
  /** Ends what has waited since before that time for a platform other than these, for nobody deals with it; how many. */
  sweepStranded(platforms: readonly string[], before: number): Promise<number>;
  /** Adds a part to its album, which is one event: whichever processes they come to, in whatever order, each finds all before it. */
  gather(conversation: ConversationKey, part: NewPart): Promise<Gathered>;
  /** Forgets the parts of albums of which nothing came since that time; how many. */
  sweepAlbums(before: number): Promise<number>;
  /**
   * Takes back the question with this message, with the edits of it, in each conversation of a place, if it is this person's;
   * without a person, whosever it is: then the platform says that it is gone. What waits is forgotten, and so is what is only
   * a part of what is being answered; the answer to nothing else is stopped.
   */
  withdraw(place: ThreadId, message: MessageId, person?: string): Promise<readonly Withdrawal[]>;
  /**
   * A button stops the answer that it stands under; the command its person's own answer, else what they wait for (all that is
   * said to them then is that it is stopped), else what is being written. Another's answer only a manager stops. Its id is
   * kept, so that it stops once however often it comes, but for what is still to be put: what is another's, and a command
   * that found nothing.
   */
  stop(
    conversation: ConversationKey,
    stop: Stop,
    options?: { readonly isManager?: boolean },
  ): Promise<Stopped>;
  /** Whether anything was ever heard from it, within the time that ids are kept. */
  knows(conversation: ConversationKey): Promise<boolean>;
  /** Forgets the ids of what has been dealt with and arrived before that time; how many. */
  sweep(before: number): Promise<number>;
}

/** What of a turn is finished, so that no model is asked for it twice, and no tool runs twice whose result is there. */
export interface FinishedRounds {
  /** Whole rounds: never half an exchange. */
  readonly messages: readonly Message[];
  /** The round whose tools run; what it took is among the rest. */
  readonly open?: OpenRound;
  readonly spent: readonly Spent[];
  /** What its tools cost beside the model. */
  readonly fees?: Fees;
  readonly model: string;
  readonly tools: readonly string[];
  /** What the person is to know of their tools' work. */
  readonly notes?: readonly Note[];
  /** Names the question as it was: what an edit made of it is another one. */
  readonly question?: string;
  /** The attempt that finished the last of them; so many of the calls, and so much of the fees, are its own. */
  readonly by?: { readonly attempt: string; readonly calls: number; readonly feesUsd: number } | undefined;
}

/** A round that the model has ended, before all of its tools have. */
export interface OpenRound {
  readonly parts: AssistantMessage["parts"];
  /** What its call took. */
  readonly usage: Usage;
  /** In the order of the calls; null where a tool has not ended. */
  readonly results: readonly (ToolResultPart | null)[];
}

/** Work on a job from where it was begun to where it ends, or is begun again. */
export interface Attempt {
  readonly id: string;
  /** Unlike that of any other attempt at it, whichever process makes it. */
  readonly attempt: string;
}

/** One answer in the making. */
export interface Job extends Attempt {
  readonly posts: Posts;
  readonly rounds?: FinishedRounds;
  readonly council?: CouncilProgress;
  /** The answer's final form: from here on it only has to be shown. */
  readonly answer?: Answer;
  /** The turn that was stored with the final form. */
  readonly turn?: string;
  /** What must not be done twice was begun. */
  readonly isBegun: boolean;
  /** Somebody stopped it. */
  readonly isStopped: boolean;
  /** For its question was taken back. */
  readonly isWithdrawn?: true;
}

/** A job with the events that it was begun on, as they are from now on: until then they may be changed or dropped. */
export interface BegunJob extends Job {
  readonly inbounds: ReadonlyMap<string, Inbound>;
}

/**
 * What is on its way to the chats: an intent before each post, its receipt after it, so that a restart goes on in the same
 * messages. `begin`, `close` and receipts outlive the process when they settle, and a power cut very soon after, or
 * once the store's `secure` settles; nothing stored later does without them. What an attempt stores of a job that has been
 * begun again meanwhile, or even closed, throws ClaimLost and changes nothing but the account of what was taken: a process
 * that is paused, or cut off, may not know yet that its claim is gone, and what it began before that may come to its end at
 * any time.
 */
export interface Outbox {
  /**
   * Begins work on events, or takes it up again: from then on only this attempt changes the job. `isHeld`: only says that they
   * wait. What is stored of the job wins over `posts`. Undefined when they have been dealt with meanwhile. Throws ClaimLost
   * when work on the first was begun more often than `attempts`.
   */
  begin(
    conversation: ConversationKey,
    job: Pick<Job, "id" | "posts"> & {
      readonly events: readonly string[];
      readonly isHeld?: boolean;
      readonly attempts?: number | undefined;
    },
  ): Promise<BegunJob | undefined>;
  /** `isReceipt`: no post waits for it. */
  posts(job: Attempt, posts: Posts, options?: { readonly isReceipt?: boolean }): Promise<void>;
  /** With a round that is open, as receipts are stored: the next of the same job comes after it. */
  rounds(job: Attempt, rounds: FinishedRounds): Promise<void>;
  /** The same of a council: what its models have finished. */
  council(job: Attempt, progress: CouncilProgress): Promise<void>;
  /** Notes that what must not be done twice begins. */
  commence(job: Attempt): Promise<void>;
  /** What only says that events wait which do not any more: their messages are to be taken away, and then it is discarded. */
  abandoned(conversation: ConversationKey): Promise<readonly Pick<Job, "id" | "posts">[]>;
  discard(id: string): Promise<void>;
  /**
   * Stores the final form, the turn with it, and `posts`; `replaces`: in place of the turn with the same id, if it is still
   * there. `files`: those that came with the turn, in place of those that it had. `account`: what it took, as `Ledger.settle`.
   * When the job is gone, for whoever asked was forgotten, stores nothing but the account, as nobody's.
   */
  conclude(
    conversation: ConversationKey,
    job: Attempt,
    final: {
      readonly answer: Answer;
      readonly turn?: StoredTurn;
      readonly files?: readonly NewFile[] | undefined;
      readonly posts?: Posts;
      readonly account?: LedgerEntry | undefined;
      readonly replaces?: boolean;
    },
  ): Promise<void>;
  /** Whether a final form of this attempt is stored: for who was not told. */
  isConcluded(job: Attempt): Promise<boolean>;
  /** The bot's messages that are known in a chat and its threads, the newest first, as far as anyone looks back. */
  known(chat: string): Promise<readonly MessageId[]>;
  /** All is shown: the events have been dealt with, the job is gone, the turn knows its messages. */
  close(
    conversation: ConversationKey,
    job: Attempt & {
      readonly events: readonly string[];
      readonly turn?: string | undefined;
      readonly posts: StoredTurn["posts"];
    },
  ): Promise<void>;
}

/** Everything that outlives the process. Calls reject when the database is away; nothing is ever answered as empty instead. */
export interface Store {
  readonly turns: Turns;
  readonly summaries: Summaries;
  readonly files: Files;
  readonly facts: Facts;
  readonly instructions: Instructions;
  readonly links: Links;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly grants: Grants;
  readonly ledger: Ledger;
  readonly people: People;
  /** `kind` is letters only: Keyv namespaces treat `_` and `%` as wildcards. */
  documents<Value>(kind: string): Documents<Value>;
  /** All that was stored before the call outlives a power cut when this settles. */
  secure(): Promise<void>;
  close(): Promise<void>;
}
