import { callOf } from "../account.ts";
import type { Models } from "../core.ts";
import { mostCost, type PlannedCall } from "../limits/most.ts";
import { noUsage } from "../turn-progress.ts";
import type { CouncilProgress } from "./progress.ts";
import { ballotBounds } from "./ranking.ts";
import type { Seat } from "./sitting.ts";

/** What the tasks and marks around the answers take, in tokens, at most. */
const tokensAround = 500;
/** Of an answer as people mostly get it: for what a council will about cost. */
const usualTokens = { answer: 1_000, ballot: 100 };

/** Of one answer, two make no ranking. */
export const fewestRanked = 3;

/** What a council may cost, in US dollars. */
export interface Price {
  /** With answers of a usual length, and no thinking. */
  readonly about: number;
  readonly most: number;
  /** The models whose price nobody knows: they are not in the sums. */
  readonly unpriced: readonly string[];
}

/** Every call that a council has still to make when all goes well, with answers of at most so many tokens. */
export function plannedCalls(
  seats: readonly Seat[],
  chair: Seat,
  {
    answerTokens = Infinity,
    answers = [],
    ballots: given = [],
  }: Partial<CouncilProgress> & { readonly answerTokens?: number } = {},
): readonly PlannedCall[] {
  const lengths = seats.map(({ prepared: { prompt } }) =>
    Math.min(prompt.request.maxOutputTokens ?? 0, answerTokens),
  );
  const all = lengths.reduce((sum, length) => sum + length, 0);
  const call = ({ model, prepared: { prompt } }: Seat, more = 0): PlannedCall => ({
    ...callOf(model, prompt.tokens + more, prompt.request),
    comesLater: true,
  });
  const ballots = seats.map((seat, index) => ({
    ...call(seat, all - (lengths[index] ?? 0) + tokensAround),
    request: ballotBounds,
  }));
  const isOpen = (done: readonly { readonly model: string }[], index: number): boolean =>
    !done.some(({ model }) => model === seats[index]?.model.name);
  return [
    ...seats.filter((_, index) => isOpen(answers, index)).map((seat) => call(seat)),
    ...(seats.length < fewestRanked ? [] : ballots.filter((_, index) => isOpen(given, index))),
    call(chair, all + tokensAround),
  ];
}

export async function priceOf(
  models: Pick<Models, "cost" | "searchPrice">,
  seats: readonly Seat[],
  chair: Seat,
): Promise<Price> {
  const most = await Promise.all(plannedCalls(seats, chair).map((call) => mostCost(models, call)));
  const usual = plannedCalls(seats, chair, { answerTokens: usualTokens.answer });
  const about = await Promise.all(usual.map((call) => usualCost(models, call)));
  const sum = (costs: readonly (number | undefined)[]): number =>
    costs.reduce<number>((total, cost = 0) => total + cost, 0);
  const unpriced = usual.filter((_, index) => most[index] === undefined).map(({ model }) => model);
  return { about: sum(about), most: sum(most), unpriced: [...new Set(unpriced)] };
}

async function usualCost(
  models: Pick<Models, "cost">,
  { model, promptTokens: inputTokens, request }: PlannedCall,
): Promise<number | undefined> {
  const usual = request === ballotBounds ? usualTokens.ballot : usualTokens.answer;
  const outputTokens = Math.min(request.maxOutputTokens ?? usual, usual);
  return models.cost(model, { ...noUsage, inputTokens, outputTokens });
}
