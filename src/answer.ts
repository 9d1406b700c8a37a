import { accountOf, type Attempted, holdFor, reserveCall, settleFor } from "./account.ts";
import { type Answered, type Asking, typedBy, Withdrawn } from "./asking.ts";
import { endAnswer } from "./answer-end.ts";
import { cites } from "./answer-sources.ts";
import type { Core, ModelChoice } from "./core.ts";
import { ClaimLost, TakenUpAgain, UserError } from "./errors.ts";
import { forgetOldest, tellVoidSummary } from "./meter.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { modelFor } from "./model-choice.ts";
import { holdSearch } from "./search-first.ts";
import { createMarkerFilter } from "./sources/markers.ts";
import type { FinishedRounds } from "./store/store.ts";
import type { Note } from "./tools/tool.ts";
import { runTurn, type TurnEvent, type TurnResult } from "./turn.ts";
import { payIn, type Progress, progressFrom } from "./turn-progress.ts";
import { keepingFiles } from "./unanswered.ts";
import { put } from "./words/words.ts";

/**
 * Answers one message: reads what came with it, asks the model, shows the answer as it grows, stores the turn whole.
 * Throws UserError and ProviderError for what the person should hear; the reply is then not finished yet.
 */
export async function answer(core: Core, asking: Asking): Promise<Answered> {
  // A flood of messages costs neither downloads nor reading, nor searches; words alone are counted with what their answer may take.
  if (comesWithFiles(asking)) await core.limits.reserve(accountOf(asking));
  const { persona, conversation } = asking;
  const model = await core.models.choose(modelFor(persona, conversation, asking.model).name);
  const progress = progressFrom(asking.resume);
  let prepared: Prepared | undefined;
  try {
    await holdSearch(core, asking, model);
    prepared = await prepare(core, { ...asking, pay: payIn(progress) }, model);
    return await answerPrepared(core, asking, { prepared, model, progress });
  } catch (error) {
    // However it ends, what was taken counts; where that can't be written down, the next attempt does.
    await settleFor(core, asking, { prepared, model, progress }).catch((err: unknown) =>
      core.log.warn({ err }, "not accounted for"),
    );
    throw error;
  }
}

async function answerPrepared(core: Core, asking: Asking, attempted: Attempted): Promise<Answered> {
  const { prepared, model } = attempted;
  const said = await keepingFiles(asking, { prepared, model }, async () => {
    await checkWhole(core, asking, { prepared, model });
    await reserveCall(core, asking, attempted);
    return converse(core, asking, attempted);
  });
  throwIfLeft(asking);
  return endAnswer(core, asking, attempted, said);
}

const comesWithFiles = ({ message: { attachments, quoted }, reading }: Asking): boolean =>
  attachments.length > 0 || (quoted?.attachments ?? []).length > 0 || reading?.address !== undefined;

/** Throws UserError for what no model can answer. */
async function checkWhole(
  core: Core,
  asking: Asking,
  { prepared, model }: { readonly prepared: Prepared; readonly model: ModelChoice },
): Promise<void> {
  const { prompt, question } = prepared;
  if (!prompt.fits || question.parts.length === 0) {
    // It counts as a message all the same.
    await core.limits.reserve(accountOf(asking));
    throw new UserError((words) =>
      prompt.fits ? words.nothingAsked : words.tooLong(prompt.tokens, model.window),
    );
  }
  if (prompt.dropped > 0) await forgetOldest(asking, prompt);
  await tellVoidSummary(asking);
}

/** Nothing is kept of what another attempt makes again, nor said to who took the question back. */
export function throwIfLeft({ signal, reply }: Asking): void {
  const isLeft =
    signal.reason instanceof TakenUpAgain || (signal.reason instanceof Withdrawn && reply.isUnseen);
  if (isLeft) throw signal.reason;
}

async function converse(core: Core, asking: Asking, attempted: Attempted): Promise<TurnResult> {
  const { prepared, model, progress } = attempted;
  const { persona, message, conversation, signal, attempt } = asking;
  const { showThinking: showsThinking = core.settings.showThinking } = conversation.bound;
  const turn = runTurn({
    stream: model.stream,
    request: prepared.prompt.request,
    tools: prepared.tools,
    toolContext: {
      person: message.author.id,
      job: asking.job,
      words: typedBy(message),
      seesOthers: prepared.seesOthers,
      persona: persona.id,
      where: message,
      sentences: asking.words,
      origin: () => asking.origin(),
      images: prepared.question.parts.filter((part) => part.type === "image"),
      languages: persona.languages,
    },
    rounds: core.settings.rounds,
    seconds: core.settings.seconds,
    signal,
    hold: holdFor(core, asking, attempted),
    progress,
  });
  const filter = cites(prepared) ? createMarkerFilter() : undefined;
  let notes = 0;
  let step = await turn.next();
  for (;;) {
    if (step.done) return step.value;
    const event = step.value;
    if (event.type === "round") {
      const error = await keep(core, asking, { ...event.soFar, by: ownPart(progress, attempt) });
      // Tools that run end with it.
      step = await (error === undefined ? turn.next() : turn.throw(error));
      continue;
    }
    if (event.type === "note") showNote(asking, event.note, notes++);
    else if (event.type === "text") asking.reply.append(filter ? filter.push(event.text) : event.text);
    else if (event.type !== "thinking" || showsThinking) show(asking, event);
    step = await turn.next();
  }
}

/** Gives why the turn can't go on. Where results are still to come, they are stored with what could not be. */
async function keep({ log }: Core, asking: Asking, rounds: FinishedRounds): Promise<unknown> {
  try {
    await asking.keepRounds(rounds);
    return undefined;
  } catch (error) {
    if (!rounds.open || error instanceof ClaimLost) return error;
    log.warn({ err: error }, "tools' results are not stored yet");
    return undefined;
  }
}

/** What of it the next attempt accounts for, should nobody be left to do it. */
const ownPart = ({ spent, fees, before }: Progress, attempt: string): FinishedRounds["by"] => ({
  attempt,
  calls: spent.length - before.calls,
  feesUsd: fees.usd - before.feesUsd,
});

/** Of several alike, the buttons are numbered as their lines stand. */
function showNote({ reply }: Asking, { text, actions }: Note, before: number): void {
  reply.notice(text);
  for (const { token, label } of actions)
    reply.offer({ token, label: before === 0 ? label : `${label} ${before + 1}` });
}

function show(
  { reply, words }: Asking,
  event: Exclude<TurnEvent, { type: "round" | "note" | "text" }>,
): void {
  switch (event.type) {
    case "thinking":
      reply.think(event.text);
      break;
    case "tool":
      reply.status(put(event.status, words));
      break;
    case "answering":
      for (const { model, kind } of event.failed) reply.notice(words.fallback(model, kind, event.model));
      if (event.isBlind) reply.notice(words.blindStandIn(event.model));
      break;
  }
}
