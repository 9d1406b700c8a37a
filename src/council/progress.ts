/** What is kept of a council on its way, so that no answer is paid for twice: types only. */
import type { Source } from "../message.ts";
import type { ProviderFailure, Usage } from "../providers/provider.ts";
import type { Fees } from "../search/fees.ts";

/** Why a model has no part in what comes next. */
export type Absence = ProviderFailure | "empty" | "stopped" | "timeout";

/** What asking one model took. */
export interface Cost {
  readonly usage: Usage;
  /** In US dollars, when the price is known. */
  readonly costUsd?: number;
  /** How many paid searches are not in it. */
  readonly unpriced?: number;
  readonly elapsedMs: number;
}

/** One model's answer to the question. */
export interface CouncilAnswer extends Cost {
  /** `provider/model`. */
  readonly model: string;
  /** Markdown; what it said before it failed, if it did. */
  readonly text: string;
  /** Why it does not count; a sentence of the bot's own where it was not asked at all. */
  readonly absence?: Absence | { readonly sentence: string };
  readonly tools: readonly string[];
  readonly sources: readonly Source[];
}

/** How one model ranks the others' answers. */
export interface CouncilBallot extends Cost {
  readonly model: string;
  /** Places by model, 1 for the best; equals share the mean of theirs. Empty where it gave no ranking. */
  readonly places: Readonly<Record<string, number>>;
}

export interface CouncilProgress {
  /** Names the question as it was: what an edit made of it is another one. */
  readonly question?: string;
  /** In the order in which they came. */
  readonly answers: readonly CouncilAnswer[];
  readonly ballots: readonly CouncilBallot[];
  /** What searches before it cost. */
  readonly fees?: Fees;
}
