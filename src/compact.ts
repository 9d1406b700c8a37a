import { Withdrawn } from "./asking.ts";
import type { InboundCommand } from "./chat.ts";
import { consult } from "./consult.ts";
import { chatToSum, summaryInstructions, turnText } from "./conversation/compact-prompt.ts";
import type { Conversation } from "./conversation/conversation.ts";
import type { Summary } from "./conversation/summaries.ts";
import { countMessages, estimateTokens } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import { TakenUpAgain, UserError } from "./errors.ts";
import type { Persona } from "./personas/schema.ts";
import { holdsOthers } from "./prepare.ts";
import type { Job, StoredTurn } from "./store/store.ts";

/** A conversation whose older turns are to become a summary. */
export interface Compacting {
  readonly conversation: Conversation;
  readonly inbound: InboundCommand;
  readonly persona: Persona;
  readonly model: ModelChoice;
  /** Whose work it is: what another attempt at it finds not accounted for is found by its name. */
  readonly job: Pick<Job, "id" | "attempt">;
  readonly signal: AbortSignal;
  /** Told how many turns are being summed up. */
  begin(turns: number): void;
}

/** What became of them. */
export interface Compacted {
  readonly text: string;
  /** How many turns became the summary, and what they and it take in tokens. */
  readonly turns: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** How many stay whole. */
  readonly kept: number;
  /** How many of the oldest the model had no room for: they are in no summary. */
  readonly leftOut: number;
}

/** The newest turns that stay whole: what is being talked about just now. */
export const mostKept = 4;
/** Fewer tokens are as cheap as their summary. */
const leastTokens = 500;
const mostSummaryTokens = 2_000;

/**
 * Sums up the older turns with the conversation's own model; undefined when it was stopped. Nothing is changed unless all
 * of it worked. Throws UserError and ProviderError for what the person should hear.
 */
export async function compact(core: Core, asked: Compacting): Promise<Compacted | undefined> {
  const { conversation, signal, model, job } = asked;
  const before = await conversation.summary();
  const fresh = (await conversation.allTurns()).filter(({ id }) => id > (before?.through ?? ""));
  const kept = newest(fresh, Math.min(core.settings.historyTokens, model.window / 2) / 4);
  const older = fresh.slice(0, fresh.length - kept);
  const maxOutputTokens = Math.min(mostSummaryTokens, Math.floor(model.window / 4));
  const room = model.window - maxOutputTokens - estimateTokens(summaryInstructions + (before?.text ?? ""));
  const turns = fitting(older, room * 0.9);
  const tokensBefore = tokensOf(turns);
  if (tokensBefore < leastTokens) throw new UserError((words) => words.context.tooLittle);
  asked.begin(turns.length);
  const said = await consult(core, {
    id: `${job.id}:compact`,
    attempt: job.attempt,
    message: asked.inbound,
    persona: asked.persona,
    conversation: conversation.key,
    model,
    request: {
      instructions: summaryInstructions,
      messages: [chatToSum(before?.text, turns)],
      stableMessages: 0,
      tools: [],
      maxOutputTokens,
    },
    signal,
  });
  const { reason }: { reason: unknown } = signal;
  if (reason instanceof TakenUpAgain || reason instanceof Withdrawn) throw reason;
  if (signal.aborted) return undefined;
  const text = said.text.trim();
  if (said.outcome !== "done" || text === "") throw new UserError((words) => words.context.noSummary);
  if (!(await conversation.compact({ text, person: soleWriter(core, turns, before) }, turns)))
    throw new UserError((words) => words.context.turnsGone);
  return {
    text,
    turns: turns.length,
    tokensBefore: tokensBefore + estimateTokens(before?.text ?? ""),
    tokensAfter: estimateTokens(text),
    kept,
    leftOut: older.length - turns.length,
  };
}

const tokensOf = (turns: readonly StoredTurn[]): number =>
  turns.reduce((sum, { messages }) => sum + countMessages(messages, estimateTokens), 0);

/** How many of the newest fit into so many tokens: one at least, a few at most. */
function newest(turns: readonly StoredTurn[], room: number): number {
  let count = 1;
  while (count < Math.min(mostKept, turns.length) && tokensOf(turns.slice(-count - 1)) <= room) count++;
  return Math.min(count, turns.length);
}

/** The newest of them whose text fits into so many tokens. */
function fitting(turns: readonly StoredTurn[], room: number): readonly StoredTurn[] {
  let size = 0;
  let count = 0;
  for (const turn of turns.toReversed()) {
    size += estimateTokens(turnText(turn));
    if (size > room) break;
    count++;
  }
  return turns.slice(turns.length - count);
}

/** Whose words alone went into it; empty when anybody or anything else has a word in it. */
function soleWriter({ tools }: Core, turns: readonly StoredTurn[], before: Summary | undefined): string {
  const writer = before?.person ?? turns[0]?.person ?? "";
  return turns.some((turn) => holdsOthers(turn, writer, tools)) ? "" : writer;
}
