import { accountFor, type Attempted, settleFor } from "./account.ts";
import { actionsFor, passagesAction, runAction } from "./actions.ts";
import { checkSaid, hasSearched, pagesIn } from "./answer-sources.ts";
import { type Answered, type Asking, isCutShort, type Made } from "./asking.ts";
import type { Answer, Findings, Receipt } from "./chat.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { Core, ModelChoice } from "./core.ts";
import { costOf } from "./limits/cost.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import { tellFullness } from "./meter.ts";
import type { Prepared } from "./prepare.ts";
import { withoutSpentThoughts } from "./providers/handover.ts";
import type { Posts, StoredTurn } from "./store/store.ts";
import { hintAtTopic } from "./topic-hint.ts";
import { transcriptName } from "./transcripts/find-correction.ts";
import { readOtherwise } from "./transcripts/otherwise.ts";
import { fixAction, transcriptMessage } from "./transcripts/tell.ts";
import { pictureTexts } from "./transcripts/transcript.ts";
import type { TurnResult } from "./turn.ts";
import { bringsFiles, finishUnanswered } from "./unanswered.ts";

/**
 * Ends what a model came to: its words are checked, stored with what they took, and shown as they stay; and what else a person
 * is to know of them is said.
 */
export async function endAnswer(
  core: Core,
  asking: Asking,
  attempted: Attempted,
  said: TurnResult,
): Promise<Answered> {
  const { prepared, model } = attempted;
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
