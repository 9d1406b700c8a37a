import { typedBy } from "../asking.ts";
import { consult, type Consulted, type Consultation } from "../consult.ts";
import { UserError } from "../errors.ts";
import type { Source } from "../message.ts";
import { ProviderError } from "../providers/provider.ts";
import { together } from "../together.ts";
import { noUsage } from "../turn-progress.ts";
import { countMessages, estimateTokens } from "../conversation/tokens.ts";
import { fewestRanked } from "./price.ts";
import type { Absence, CouncilAnswer, CouncilBallot } from "./progress.ts";
import { rankingRequest, readRanking, shuffled, type Standing, standingsOf } from "./ranking.ts";
import type { Seat, Sitting } from "./sitting.ts";
import { type Heard, summaryRequest } from "./summary.ts";

/** All answer at once; `onChange` is told after each. What fails is noted, and keeps nobody from answering. */
export async function hear(sitting: Sitting, onChange: () => void): Promise<void> {
  const { seats, record, asking } = sitting;
  const known = new Set(record.answers.map(({ model }) => model));
  const open = seats.filter(({ model }) => !known.has(model.name));
  await together(open, asking.signal, async (seat, signal) => {
    await record.answer(await answerOf(sitting, seat, signal));
    onChange();
  });
}

async function answerOf(sitting: Sitting, seat: Seat, signal: AbortSignal): Promise<CouncilAnswer> {
  const { asking } = sitting;
  const { prompt, tools, question, seesOthers } = seat.prepared;
  const sources: Source[] = [];
  const begun = performance.now();
  const common = { model: seat.model.name, sources };
  const { message, persona } = asking;
  const toolContext = {
    words: typedBy(message),
    seesOthers,
    images: question.parts.filter((part) => part.type === "image"),
    languages: persona.languages,
  };
  try {
    const said = await call(sitting, seat, {
      kind: "answer",
      request: prompt.request,
      signal,
      tools,
      toolContext,
      onSource: (source) => sources.push(source),
    });
    const absence = absenceOf(said);
    return {
      ...common,
      text: said.text.trim(),
      tools: said.tools,
      ...accountIn(said),
      ...(absence && { absence }),
    };
  } catch (error) {
    const absence = explain(error, asking.words);
    return {
      ...common,
      text: "",
      tools: [],
      absence,
      usage: noUsage,
      costUsd: 0,
      elapsedMs: performance.now() - begun,
    };
  }
}

/** Each that answered ranks the answers of the others, and never its own. */
export async function rank(sitting: Sitting): Promise<readonly Standing[]> {
  const { seats, record, asking } = sitting;
  const { heard } = record;
  const models = heard.map(({ model }) => model);
  if (heard.length < fewestRanked) return standingsOf(models, []);
  const known = new Set(record.ballots.map(({ model }) => model));
  const judges = seats.filter(({ model }) => models.includes(model.name) && !known.has(model.name));
  await together(judges, asking.signal, async (seat, signal) => {
    const ballot = await ballotOf(sitting, seat, signal);
    if (!asking.signal.aborted) await record.ballot(ballot);
    else record.spend(ballot);
  });
  return standingsOf(models, record.ballots);
}

async function ballotOf(sitting: Sitting, seat: Seat, signal: AbortSignal): Promise<CouncilBallot> {
  const { record, asking } = sitting;
  const { name } = seat.model;
  const others = shuffled(
    record.heard.filter(({ model }) => model !== name),
    `${asking.job} ${name}`,
  );
  const request = rankingRequest(
    seat.prepared.prompt.request,
    others.map(({ text }) => text),
  );
  try {
    const said = await call(sitting, seat, { kind: "ranking", request, signal });
    const places = readRanking(said.text, others.length) ?? [];
    return {
      model: name,
      places: Object.fromEntries(places.map((place, index) => [others[index]?.model ?? "", place])),
      ...accountIn(said),
    };
  } catch (error) {
    // Why it gave none is nobody's business but the log's: the rest is ranked all the same.
    explain(error, asking.words);
    return { model: name, places: {}, usage: noUsage, costUsd: 0, elapsedMs: 0 };
  }
}

/** The answer that all come to, shown as it grows; undefined when this chair can't give it. */
export async function sumUp(
  sitting: Sitting,
  chair: Seat,
  answers: readonly Heard[],
): Promise<Consulted | undefined> {
  const { asking, record } = sitting;
  const request = summaryRequest(chair.prepared.prompt.request, answers);
  try {
    const said = await call(sitting, chair, {
      kind: "summary",
      request,
      signal: asking.signal,
      onText: (text) => asking.reply.append(text),
    });
    record.spend(accountIn(said));
    const isStopped = said.outcome === "stopped";
    return isStopped || (said.outcome !== "refused" && said.text.trim() !== "") ? said : undefined;
  } catch (error) {
    explain(error, asking.words);
    return undefined;
  }
}

type Call = Pick<Consultation, "request" | "signal" | "tools" | "toolContext" | "onText" | "onSource"> & {
  readonly kind: "answer" | "ranking" | "summary";
};

/** Throws ProviderError where the model's window is too small for it. */
async function call(
  { core, asking }: Sitting,
  { model, prepared }: Seat,
  { kind, ...asked }: Call,
): Promise<Consulted> {
  const { message, persona, conversation, job, attempt } = asking;
  const { prompt } = prepared;
  const { instructions, messages, maxOutputTokens = 0 } = asked.request;
  const more = messages.slice(prompt.request.messages.length);
  const added =
    countMessages(more, estimateTokens) +
    estimateTokens(instructions) -
    estimateTokens(prompt.request.instructions);
  if (more.length > 0 && prompt.tokens + added + maxOutputTokens > model.window)
    throw new ProviderError("too-long", { provider: model.name, message: "no room for the others' answers" });
  return consult(core, {
    ...asked,
    id: `${job}:${kind}:${model.name}`,
    attempt,
    message,
    persona,
    conversation: conversation.key,
    model,
    partOf: job,
    seconds: Math.min(core.settings.council.seconds, core.settings.seconds),
  });
}

/** What a call took, as the record keeps it. */
const accountIn = ({ usage, costUsd, unpriced, elapsedMs }: Consulted) => ({
  usage,
  elapsedMs,
  ...(unpriced !== undefined && { unpriced }),
  ...(costUsd !== undefined && { costUsd }),
});

function absenceOf({ outcome, text }: Consulted): Absence | undefined {
  if (outcome === "stopped" || outcome === "timeout" || outcome === "refused") return outcome;
  return text.trim() === "" ? "empty" : undefined;
}

/** What is no failure of this one model goes on up. */
function explain(error: unknown, words: Sitting["asking"]["words"]): NonNullable<CouncilAnswer["absence"]> {
  if (error instanceof ProviderError) return error.kind;
  if (error instanceof UserError) return { sentence: error.in(words) };
  throw error;
}
