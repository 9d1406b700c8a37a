import type { Asking } from "../asking.ts";
import { noUsage } from "../turn-progress.ts";
import type { CouncilAnswer, CouncilBallot, CouncilProgress, Cost } from "./progress.ts";

/** What a council has come to so far; what need not be done again is stored as it comes. */
export interface CouncilRecord extends CouncilProgress {
  /** Whether an earlier attempt left something. */
  readonly isResumed: boolean;
  /** Those that count, numbered from 1 as people see them. */
  readonly heard: readonly CouncilAnswer[];
  /** Everything that was asked of models, the chair's calls too. */
  readonly costs: readonly Cost[];
  answer(answer: CouncilAnswer): Promise<void>;
  ballot(ballot: CouncilBallot): Promise<void>;
  /** A model that was not asked. */
  missing(model: string, absence: NonNullable<CouncilAnswer["absence"]>): Promise<void>;
  /** A call that is neither: a chair's. */
  spend(cost: Cost): void;
}

export function openRecord(asking: Pick<Asking, "council" | "keepCouncil">): CouncilRecord {
  const answers: CouncilAnswer[] = [...(asking.council?.answers ?? [])];
  const ballots: CouncilBallot[] = [...(asking.council?.ballots ?? [])];
  const others: Cost[] = [];
  let saving = Promise.resolve();

  /** One after the other: what is stored last is the newest. */
  function save(): Promise<void> {
    saving = saving
      .catch(() => {})
      .then(() => asking.keepCouncil({ answers: answers.filter(isFinal), ballots }));
    return saving;
  }

  async function add(answer: CouncilAnswer): Promise<void> {
    if (answers.some(({ model }) => model === answer.model)) return;
    answers.push(answer);
    if (isFinal(answer)) await save();
  }

  return {
    isResumed: asking.council !== undefined,
    answers,
    ballots,
    get heard() {
      return answers.filter(({ absence }) => absence === undefined);
    },
    get costs() {
      return [...answers, ...ballots, ...others];
    },
    answer: add,
    async ballot(ballot) {
      ballots.push(ballot);
      await save();
    },
    missing: (model, absence) =>
      add({ model, text: "", absence, tools: [], sources: [], usage: noUsage, costUsd: 0, elapsedMs: 0 }),
    spend: (cost) => void others.push(cost),
  };
}

/** What was stopped with the whole answer never is asked again. */
const isFinal = ({ absence }: CouncilAnswer): boolean => absence !== "stopped";
