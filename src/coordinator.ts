/** The contract between the processes that work on one database: types only. */
import type { MessageId, ThreadId } from "./chat.ts";
import type { ConversationKey } from "./store/store.ts";

/** What one process tells all, itself included. */
export type Signal =
  /** There is something to deal with; `by`: the process that is at it already. */
  | { readonly type: "wake"; readonly conversation: ConversationKey; readonly by?: string }
  /** The answer being written there ends: stopped by a person, or because its question was edited or deleted. */
  | {
      readonly type: "stop";
      readonly conversation: ConversationKey;
      readonly reason: "stopped" | "edited" | "deleted";
      /** Only when it is the answer to this question. */
      readonly message?: MessageId;
      /** Only when it is written for this person. */
      readonly person?: string;
    }
  /** What is being written for this person ends, but for what goes on in one conversation. */
  | { readonly type: "forget"; readonly person: string; readonly but: ConversationKey }
  /** Another scope was chosen for this place. */
  | { readonly type: "scope"; readonly place: ThreadId }
  /** The platform asks to leave a chat alone for so long. */
  | { readonly type: "frozen"; readonly chat: string; readonly ms: number };

/** Who works on what. */
export interface Coordinator {
  /** Names this process. */
  readonly process: string;
  /** Whether other processes may work on the same database. */
  readonly isShared: boolean;
  /**
   * Makes this process the only one that works on a conversation; undefined when another one does. The signal ends, with
   * ClaimLost, when the claim is lost because its connection broke: from then on nothing may be done under it.
   */
  claim(conversation: ConversationKey): Promise<AbortSignal | undefined>;
  release(conversation: ConversationKey): Promise<void>;
  /**
   * Settles when claims whose signal has not ended are held for sure: at once, unless it is so long ago that this was known
   * that others may have them. Who was suspended with its host does not notice by itself. Rejects when it can't be found out.
   */
  confirm(): Promise<void>;
  publish(signal: Signal): Promise<void>;
  listen(listener: (signal: Signal) => void): void;
  /** Told when claims and roles are lost because the connection broke, and signals may have been missed. */
  onLost(listener: () => void): void;
  /**
   * Runs `work` while this process alone holds a role, again and again until `signal` ends: the signal that `work` gets
   * ends when the role is lost. Settles when `work` has ended.
   */
  lead(role: string, signal: AbortSignal, work: (leading: AbortSignal) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}
