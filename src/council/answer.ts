import { accountOf } from "../account.ts";
import { actionsFor } from "../actions.ts";
import { throwIfLeft } from "../answer.ts";
import type { Answered, Asking } from "../asking.ts";
import type { Action, Answer, Receipt } from "../chat.ts";
import { newTurnId } from "../conversation/turn-id.ts";
import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Posts, StoredTurn } from "../store/store.ts";
import { dollars } from "../text/numbers.ts";
import type { TurnResult } from "../turn.ts";
import { keepingFiles } from "../unanswered.ts";
import { addUsage, noUsage } from "../turn-progress.ts";
import { hear, rank, sumUp } from "./deliberation.ts";
import { unlessForPerson, type Wish } from "./members.ts";
import { fewestRanked, plannedCalls, priceOf } from "./price.ts";
import type { Cost } from "./progress.ts";
import type { Standing } from "./ranking.ts";
import { foldsFor, ranksTable } from "./show.ts";
import { openSitting, type Seat, type Sitting } from "./sitting.ts";

/** What a council's turn comes to. */
interface Verdict {
  readonly outcome: TurnResult["outcome"];
  /** `provider/model` that gave the answer; empty when none did. */
  readonly model: string;
  /** As it is stored: without the ranks. */
  readonly text: string;
}

/**
 * Answers one message by several models: each answers, each ranks the others, one sums up. Where it may cost more than
 * goes without saying, it asks first. Throws UserError for what the person should hear.
 */
export async function answerByCouncil(core: Core, asking: Asking, wish: Wish): Promise<Answered> {
  await core.limits.reserve(accountOf(asking));
  const sitting = await openSitting(core, asking, wish);
  return keepingFiles(asking, sitting.seats[0] ?? sitting.chair, () => answerIn(sitting, wish));
}

async function answerIn(sitting: Sitting, wish: Wish): Promise<Answered> {
  const { core, asking, record } = sitting;
  await holdWhole(sitting);
  const offer = record.isResumed || wish.isAgreed ? undefined : await offerFor(sitting);
  const verdict = offer === undefined ? await deliberate(sitting) : undefined;
  throwIfLeft(asking);
  await core.limits.release(accountOf(asking));
  return verdict ? finish(sitting, wish, verdict) : makeOffer(sitting, wish, offer ?? "");
}

/**
 * Who is over a limit is told now, not in the middle: all that it may take is held back, and each call draws on that. One that
 * has been begun goes on all the same, as far as its calls find room.
 */
async function holdWhole({ core, asking, seats, chair, record }: Sitting): Promise<void> {
  const held = core.limits.reserve(accountOf(asking), ...plannedCalls(seats, chair, record));
  await (record.isResumed ? held.catch(unlessForPerson) : held);
}

/** What to ask the person first, where that must be. */
async function offerFor({ core, asking, seats, chair, askAboveUsd }: Sitting): Promise<string | undefined> {
  const { about, most, unpriced } = await priceOf(core.models, seats, chair);
  if (most <= askAboveUsd && unpriced.length === 0) return undefined;
  const price = most > 0 ? { about: dollars(about), most: dollars(most) } : undefined;
  const models = seats.map(({ model }) => model.name);
  return asking.words.council.offer(models, price, unpriced);
}

/** The question waits as a turn of its own, so that a button has it answered where it stands. */
async function makeOffer(sitting: Sitting, wish: Wish, offer: string): Promise<Answered> {
  const { asking } = sitting;
  const { reply, words } = asking;
  reply.append(offer);
  const verdict: Verdict = { outcome: "done", model: "", text: offer };
  const turn = turnOf(sitting, wish, verdict);
  const actions: readonly Action[] = [
    { token: `again:${turn.id}`, label: words.council.ask },
    { token: `one:${turn.id}`, label: words.council.askOne },
  ];
  await conclude(sitting, { turn, actions });
  return { turn: turn.id, outcome: "done", receipt: receiptOf(sitting), toolErrors: [] };
}

async function deliberate(sitting: Sitting): Promise<Verdict> {
  const { asking, record, seats } = sitting;
  const { reply, signal } = asking;
  const { council, ...words } = asking.words;
  const show = (): void => {
    const ended = record.answers.filter(({ model }) =>
      seats.some((seat) => seat.model.name === model),
    ).length;
    reply.fold(foldsFor(record.answers, asking.words));
    for (const { sources } of record.answers) for (const source of sources) reply.addSource(source);
    reply.hold(council.heard(record.heard.length, seats.length));
    reply.status(council.asking(seats.length, ended));
  };
  show();
  await hear(sitting, show);
  if (signal.aborted) return stopped(sitting);
  const [first, second] = record.heard;
  if (!first) throw new UserError(() => council.nobody);
  if (!second) {
    reply.fold(
      foldsFor(
        record.answers.filter(({ absence }) => absence !== undefined),
        asking.words,
      ),
    );
    reply.append(first.text);
    reply.notice(council.onlyOne(first.model));
    return { outcome: "done", model: first.model, text: first.text };
  }
  reply.hold(council.weighing);
  reply.status(council.ranking);
  const standings = await rank(sitting);
  if (signal.aborted) return stopped(sitting);
  reply.hold(council.concluding);
  reply.status(council.summingUp);
  const verdict = await concludeWith(sitting, standings);
  if (verdict.outcome === "stopped") reply.notice(words.stopped);
  else noteRanks(sitting, standings);
  return verdict;
}

function stopped({ asking: { reply, words } }: Sitting): Verdict {
  reply.notice(words.stopped);
  return { outcome: "stopped", model: "", text: "" };
}

/** By the chair, else by whoever was ranked best and can; else the best answer is the answer. */
async function concludeWith(sitting: Sitting, standings: readonly Standing[]): Promise<Verdict> {
  const { asking, chair, core, record } = sitting;
  const { reply, words } = asking;
  const answers = record.heard.map(({ model, text }) => ({
    text,
    standing: standings.find((each) => each.model === model),
  }));
  for (const seat of chairsOf(sitting, standings)) {
    const said = await sumUp(sitting, seat, answers);
    if (!said) {
      reply.restart();
      continue;
    }
    if (seat !== chair) reply.notice(words.council.otherChair(chair.model.name, seat.model.name));
    if (said.outcome === "timeout") reply.notice(words.timedOut(core.settings.council.seconds));
    if (said.outcome === "length") reply.notice(words.cut);
    return { outcome: said.outcome, model: said.model || seat.model.name, text: said.text };
  }
  const best = record.heard.find(({ model }) => model === standings[0]?.model);
  if (!best) throw new UserError(() => words.council.nobody);
  reply.append(best.text);
  reply.notice(words.council.noSummary(best.model));
  return { outcome: "done", model: best.model, text: best.text };
}

function chairsOf({ chair, seats }: Sitting, standings: readonly Standing[]): readonly Seat[] {
  const ranked = standings.flatMap(({ model }) => seats.filter((seat) => seat.model.name === model));
  return [...new Set([chair, ...ranked])];
}

/** The ranks stand under what was said, and are no part of the conversation. */
function noteRanks({ asking, record }: Sitting, standings: readonly Standing[]): void {
  const { reply, words } = asking;
  if (record.heard.length < fewestRanked) return reply.notice(words.council.twoAnswers);
  const silent = record.ballots.filter(({ places }) => Object.keys(places).length === 0);
  if (silent.length > 0) reply.notice(words.council.noRanking(silent.map(({ model }) => model)));
  if (silent.length < record.ballots.length)
    reply.append(`\n\n${ranksTable(standings, record.heard, words)}`);
}

async function finish(sitting: Sitting, wish: Wish, verdict: Verdict): Promise<Answered> {
  const turn = turnOf(sitting, wish, verdict);
  const { persona, words } = sitting.asking;
  // "Go on" would be a question of its own, to all of them.
  const actions = actionsFor(turn.id, { outcome: "done", seesHistory: persona.context !== 0, words });
  const receipt = receiptOf(sitting);
  await conclude(sitting, { turn, actions, receipt, outcome: verdict.outcome });
  return { turn: turn.id, outcome: verdict.outcome, receipt, toolErrors: [] };
}

/** Stores what was said and shows it; what never came to an answer is no turn. */
async function conclude(
  { core, asking, seats, chair }: Sitting,
  {
    turn,
    actions,
    receipt,
    outcome,
  }: {
    readonly turn: StoredTurn;
    readonly actions: readonly Action[];
    readonly receipt?: Receipt;
    readonly outcome?: Verdict["outcome"];
  },
): Promise<void> {
  const isAnswer = turn.messages.length > 1;
  const { files } = (seats[0] ?? chair).prepared;
  await asking.reply.finish(outcome === "stopped" || outcome === "timeout" ? "stopped" : "done", {
    ...(receipt && { receipt }),
    footer: asking.persona.footer ?? core.settings.footer,
    ...(isAnswer && {
      actions,
      conclude: (answer: Answer, posts: Posts) => asking.conclude({ answer, posts, turn, files }),
    }),
  });
}

/** The synthesis alone is kept: the answers it was made of would fill the context. */
function turnOf({ asking, seats, chair, record }: Sitting, { names }: Wish, verdict: Verdict): StoredTurn {
  const { message, persona, replaces } = asking;
  const { question, personal } = (seats[0] ?? chair).prepared;
  const asked = message.messageId ?? replaces?.asked;
  const { usage, costUsd } = sumOf(record.costs);
  const text = verdict.text.trim();
  return {
    id: replaces?.id ?? newTurnId(),
    at: new Date(),
    person: message.author.id,
    persona: persona.id,
    model: verdict.model,
    messages: [
      question,
      ...(text === "" ? [] : [{ role: "assistant", parts: [{ type: "text", text }] } as const]),
    ],
    usage,
    ...(costUsd !== undefined && { costUsd }),
    outcome: verdict.outcome === "length" || verdict.outcome === "done" ? verdict.outcome : "stopped",
    council: names,
    ...(asked !== undefined && { asked }),
    posts: {},
    ...(personal.facts.length > 0 && { facts: personal.facts }),
  };
}

function receiptOf({ asking, record }: Sitting): Receipt {
  return {
    model: asking.words.council.of(record.heard.length),
    ...sumOf(record.costs),
    tools: [...new Set(record.answers.flatMap(({ tools }) => tools))],
    elapsedMs: performance.now() - asking.arrived,
  };
}

/** Undefined is what one of them cost whose price is not known. */
function sumOf(costs: readonly Cost[]): Pick<Receipt, "usage" | "costUsd" | "unpriced"> {
  const used = costs.filter(({ usage, costUsd = 0 }) => usage.inputTokens + usage.outputTokens + costUsd > 0);
  const unpriced = costs.reduce((sum, { unpriced = 0 }) => sum + unpriced, 0);
  const isKnown = used.length > 0 && used.every(({ costUsd }) => costUsd !== undefined);
  return {
    usage: used.map(({ usage }) => usage).reduce(addUsage, noUsage),
    ...(isKnown && {
      costUsd: used.reduce((sum, { costUsd = 0 }) => sum + costUsd, 0),
      ...(unpriced > 0 && { unpriced }),
    }),
  };
}
