import { accountFor, accountOf, type Attempted, holdFor, reserveCall, settleFor } from "./account.ts";
import { type Asking, isCutShort, type Made, typedBy, Withdrawn } from "./asking.ts";
import { actionsFor, passagesAction, runAction } from "./actions.ts";
import { cites, checkSaid, hasSearched, pagesIn } from "./answer-sources.ts";
import type { Answer, Findings, Receipt } from "./chat.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { Core, ModelChoice } from "./core.ts";
import { ClaimLost, TakenUpAgain, UserError } from "./errors.ts";
import { costOf } from "./limits/cost.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import { forgetOldest, tellFullness, tellVoidSummary } from "./meter.ts";
import { prepare, type Prepared } from "./prepare.ts";
import { modelFor } from "./model-choice.ts";
import { withoutSpentThoughts } from "./providers/handover.ts";
import { holdSearch } from "./search-first.ts";
import { createMarkerFilter } from "./sources/markers.ts";
import type { FinishedRounds, Posts, StoredTurn } from "./store/store.ts";
import type { Note } from "./tools/tool.ts";
import { hintAtTopic } from "./topic-hint.ts";
import { transcriptName } from "./transcripts/find-correction.ts";
import { readOtherwise } from "./transcripts/otherwise.ts";
import { fixAction, transcriptMessage } from "./transcripts/tell.ts";
import { pictureTexts } from "./transcripts/transcript.ts";
import { runTurn, type TurnEvent, type TurnResult } from "./turn.ts";
import { payIn, type Progress, progressFrom } from "./turn-progress.ts";
import { bringsFiles, finishUnanswered, keepingFiles } from "./unanswered.ts";
import { put } from "./words/words.ts";

/** What a turn came to, for the log. */
export interface Answered {
  readonly turn: string;
  readonly outcome: TurnResult["outcome"];
  readonly receipt: Receipt;
  readonly toolErrors: readonly unknown[];
}

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
  if (prepared.prompt.request.webSearch === "required" && !hasSearched(said))
    asking.reply.notice(asking.words.search.didNot);
  const { result, cited, findings } = checkSaid(asking, prepared, said);
  const sentence = outcomeSentence(core, asking, result);
  if (sentence !== undefined) asking.reply.notice(sentence);
  noticeDisputed(asking, prepared);
  if (result.outcome === "done" && !asking.reading) await hintAtTopic(core, asking, prepared);
  if (prepared.step?.hasNext) asking.reply.offer(runAction(asking.words.reading.next, "read", "next"));
  const receipt = await writeReceipt(core, asking, { prepared, result, model, findings });
  const done = { turn: asking.replaces?.id ?? newTurnId(), prepared, result, receipt, cited };
  const isSaid = result.messages.length > 0;
  if (!isSaid) await settleFor(core, asking, attempted);
  if (!isSaid && bringsFiles(asking, prepared))
    await finishUnanswered(asking, done, { model: model.name, said: sentence ?? "" });
  else {
    const account = isSaid ? await accountFor(core, asking, attempted) : undefined;
    await finish(core, asking, { made: done, model, account });
  }
  await markDisputed(asking, prepared);
  await noteUse(core, asking, prepared);
  return { turn: done.turn, outcome: result.outcome, receipt, toolErrors: result.toolErrors };
}

const comesWithFiles = ({ message: { attachments, quoted }, reading }: Asking): boolean =>
  attachments.length > 0 || (quoted?.attachments ?? []).length > 0 || reading?.address !== undefined;

/** The most lines that are told of; where the answer says many otherwise, it means to. */
const mostDisputed = 2;

/** The same of text that nobody was shown: only of lines that seemed sure. */
function noticeDisputed({ reply, words }: Asking, { question }: Prepared): void {
  const of = question.parts.filter(({ type }) => type === "image").length;
  const told = readOtherwise(question, reply.text)
    .filter(({ text }) => text.isUnshown)
    .flatMap(({ text: { picture, lines, doubtful }, otherwise }) =>
      otherwise.flatMap(({ line, text }) =>
        doubtful.includes(line)
          ? []
          : [
              words.files.readDifferently(
                { picture, of, line, lines: lines.length },
                lines[line - 1] ?? "",
                text,
              ),
            ],
      ),
    );
  if (told.length <= mostDisputed) for (const sentence of told) reply.notice(sentence);
}

/** Where the model saw the pictures and writes their text otherwise, the text that was read is marked. */
async function markDisputed(asking: Asking, { question }: Prepared): Promise<void> {
  const { reply, words } = asking;
  const of = pictureTexts(question).length;
  for (const { text, otherwise } of readOtherwise(question, reply.text)) {
    if (text.isUnshown) continue;
    await asking.say({
      name: transcriptName(text.picture),
      text: transcriptMessage(text, { words, of, otherwise }),
      actions: [fixAction(words)],
    });
  }
}

/** Facts that are never chosen are the first to leave; where all fit, none is chosen. */
async function noteUse({ store, log }: Core, { message }: Asking, { personal }: Prepared): Promise<void> {
  if (!personal.isChosen) return;
  await store.facts
    .used(message.author.id, personal.facts, new Date())
    .catch((err: unknown) => log.warn({ err }, "the use of facts was not noted"));
}

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

async function finish(
  { settings, log }: Core,
  asking: Asking,
  { made, model, account }: { made: Made; model: ModelChoice; account: LedgerEntry | undefined },
): Promise<void> {
  const { persona, reply, words, conversation } = asking;
  const { turn, result, receipt } = made;
  const toldFull = result.messages.length > 0 ? await tellFullness(asking, made, model) : undefined;
  await reply.finish(isCutShort(result) ? "stopped" : "done", {
    // Without a model there is nothing behind the answer.
    ...(result.model !== "" && { receipt }),
    footer: persona.footer ?? settings.footer,
    ...(result.messages.length > 0 && {
      actions: [
        ...(made.cited.some(({ passages }) => passages.length > 0) ? [passagesAction(turn, words)] : []),
        ...actionsFor(turn, { outcome: result.outcome, seesHistory: persona.context !== 0, words }),
      ],
      conclude: async (answer: Answer, posts: Posts) => {
        const { files, step } = made.prepared;
        const final = { answer, posts, turn: turnOf(asking, made), files, account };
        await asking.conclude({ ...final, bookmark: step?.bookmark });
        // It is stored by now: where this fails, they are told once more.
        if (toldFull !== undefined)
          await conversation
            .bind({ toldFull })
            .catch((err: unknown) => log.warn({ err }, "not noted as told"));
      },
    }),
  });
}

function turnOf(
  { message, persona, replaces }: Asking,
  { turn, prepared, result, receipt }: Made,
): StoredTurn {
  // A button's press is no question of its own: the turn stays the answer to the message that asked it.
  const asked = message.messageId ?? replaces?.asked;
  return {
    id: turn,
    at: new Date(),
    person: message.author.id,
    persona: persona.id,
    model: result.model,
    messages: [prepared.question, ...withoutSpentThoughts(result.messages)],
    usage: result.usage,
    ...(receipt.costUsd !== undefined && { costUsd: receipt.costUsd }),
    outcome: result.outcome === "length" || result.outcome === "done" ? result.outcome : "stopped",
    ...(asked !== undefined && { asked }),
    // Known once all of it stands.
    posts: {},
    ...(prepared.personal.facts.length > 0 && { facts: prepared.personal.facts }),
  };
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
      place: message.place,
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
      break;
  }
}

/** What a person is to know of how it ended, where that is not simply an answer. */
function outcomeSentence(
  { settings }: Core,
  { reply, words }: Asking,
  { outcome, limit }: TurnResult,
): string | undefined {
  if (outcome === "stopped") return words.stopped;
  if (outcome === "timeout") return words.timedOut(settings.seconds);
  if (limit) return limit.in(words);
  if (outcome === "length") return words.cut;
  if (outcome === "refused") return words.refused;
  return reply.text.trim() === "" ? words.empty : undefined;
}

async function writeReceipt(
  core: Core,
  { arrived }: Asking,
  {
    prepared,
    result,
    model,
    findings,
  }: Pick<Made, "prepared" | "result"> & { model: ModelChoice; findings: Findings | undefined },
): Promise<Receipt> {
  const counted = result.usage.inputTokens + result.usage.outputTokens > 0;
  return {
    model: result.model,
    usage: result.usage,
    ...(await costOf(core.models, result.spent, result.fees)),
    ...(counted && model.windowKnown && { windowShare: result.windowTokens / model.window }),
    tools: [...(pagesIn(prepared.question).length > 0 ? ["search"] : []), ...result.tools],
    ...(findings && { findings }),
    elapsedMs: performance.now() - arrived,
  };
}
