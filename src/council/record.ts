import type { Asking } from "../asking.ts";
import { addFees, type Fees, noFees } from "../search/fees.ts";
import { noUsage } from "../turn-progress.ts";
import type { CouncilAnswer, CouncilBallot, CouncilProgress, Cost } from "./progress.ts";

/** What a council has come to so far; what need not be done again is stored as it comes. */
export interface CouncilRecord extends CouncilProgress {
  /** Whether a model answered an earlier attempt. */
  readonly isResumed: boolean;
  /** Those that count, numbered from 1 as people see them. */
  readonly heard: readonly CouncilAnswer[];
  /** Everything that was asked of models, the chair's calls too. */
  readonly costs: readonly Cost[];
  answer(answer: CouncilAnswer): Promise<void>;
  ballot(ballot: CouncilBallot): Promise<void>;
  /** A model that was not asked. */
  missing(model: string, absence: NonNullable<CouncilAnswer["absence"]>): Promise<void>;
  /** What a search before it cost. */
  searched(fees: Fees): Promise<void>;
  /** A call that is neither: a chair's. */
  spend(cost: Cost): void;
}

export function openRecord(asking: Pick<Asking, "council" | "keepCouncil">): CouncilRecord {
  const answers: CouncilAnswer[] = [...(asking.council?.answers ?? [])];
  const ballots: CouncilBallot[] = [...(asking.council?.ballots ?? [])];
  const others: Cost[] = [];
  let fees = asking.council?.fees ?? noFees;
  let saving = Promise.resolve();

  /** One after the other: what is stored last is the newest. */
  function save(): Promise<void> {
    saving = saving
      .catch(() => {})
      .then(() => asking.keepCouncil({ answers: answers.filter(isFinal), ballots, fees }));
    return saving;
  }

  async function add(answer: CouncilAnswer): Promise<void> {
    if (answers.some(({ model }) => model === answer.model)) return;
    answers.push(answer);
    if (isFinal(answer)) await save();
  }

  return {
    isResumed: answers.some(({ absence, usage }) => absence === undefined || usage.outputTokens > 0),
    answers,
    ballots,
    get heard() {
      return answers.filter(({ absence }) => absence === undefined);
    },
    get costs() {
      const search = { usage: noUsage, costUsd: fees.usd, unpriced: fees.unpriced, elapsedMs: 0 };
      return [...answers, ...ballots, ...others, search];
    },
    answer: add,
    async ballot(ballot) {
      ballots.push(ballot);
      await save();
    },
    missing: (model, absence) =>
      add({ model, text: "", absence, tools: [], sources: [], usage: noUsage, costUsd: 0, elapsedMs: 0 }),
    async searched(more) {
      fees = addFees(fees, more);
      if (more.usd + more.unpriced > 0) await save();
    },
    spend: (cost) => void others.push(cost),
  };
}

/** What was stopped with the whole answer never is asked again. */
const isFinal = ({ absence }: CouncilAnswer): boolean => absence !== "stopped";
