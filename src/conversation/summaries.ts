import type { ConversationKey } from "../store/store.ts";

/** What a model wrote in place of the older turns of a context. The turns themselves stay stored. */
export interface Summary {
  readonly text: string;
  /** It covers the stored turns after the one with this id; all from the first on when it is empty. */
  readonly after: string;
  /** The last turn that it covers, by its id. */
  readonly through: string;
  /** How many turns that were. */
  readonly turns: number;
  /** Whose own words alone are in it; empty where others, files or pages have a word. */
  readonly person: string;
  readonly at: Date;
}

/**
 * One summary for each conversation that has one. It never outlives a turn that it covers: with the first of them that is
 * deleted or replaced, it is gone.
 */
export interface Summaries {
  find(conversation: ConversationKey): Promise<Summary | undefined>;
  /**
   * Stores it where what it was made of is still there: these turns, by their ids, and the summary before it, whose place
   * it takes. False, and nothing is stored, otherwise.
   */
  put(
    conversation: ConversationKey,
    summary: Summary,
    of: { readonly turns: readonly string[]; readonly before?: Pick<Summary, "through"> },
  ): Promise<boolean>;
  /** False when there is none. */
  remove(conversation: ConversationKey): Promise<boolean>;
}
