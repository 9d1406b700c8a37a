import type { Asking } from "./asking.ts";
import type { TurnBound } from "./conversation/branches.ts";
import { buildPrompt, type Prompt, type PromptBounds, type PromptInput } from "./conversation/prompt.ts";
import { composeQuestion, holdsMaterial, type Question } from "./conversation/question.ts";
import { readQuestion } from "./conversation/read-question.ts";
import { type CountTokens, estimateTokens, loadTokenCounter } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import { type Personal, readPersonal } from "./memory/personal.ts";
import { memoryToolNames } from "./memory/tools.ts";
import type { UserMessage } from "./message.ts";
import { effortFor } from "./model-choice.ts";
import { loadExamples } from "./personas/examples.ts";
import { fillPlaceholders, wantsTime } from "./personas/placeholders.ts";
import type { Persona } from "./personas/schema.ts";
import type { StoredTurn } from "./store/store.ts";
import { toolSpec } from "./tools/call.ts";
import type { Tool } from "./tools/tool.ts";

/** What preparing needs of a message on its way to an answer. */
export type Preparing = Pick<
  Asking,
  | "message"
  | "persona"
  | "conversation"
  | "words"
  | "signal"
  | "download"
  | "say"
  | "replaces"
  | "from"
  | "question"
> & {
  readonly reply: Pick<Asking["reply"], "status" | "notice">;
  /** Puts a word in the place of what is known about the person: others read along what is made of it. */
  readonly hidesMemory?: boolean;
  /** Other models answer it too: what each of them would write would be written several times. */
  readonly isOneOfSeveral?: boolean;
};

/** A message made ready for the model. */
export interface Prepared {
  readonly prompt: Prompt;
  readonly tools: ReadonlyMap<string, Tool>;
  /** The question as history will keep it. */
  readonly question: UserMessage;
  /** Whether the model sees what others than the one who asks wrote. */
  readonly seesOthers: boolean;
  /** What the prompt holds of the person. */
  readonly personal: Personal;
}

/** Everything the model will see for this message, counted exactly by `count` or as exactly as needed; nothing is sent yet. */
export async function prepare(
  core: Core,
  asking: Preparing,
  model: ModelChoice,
  count?: CountTokens,
): Promise<Prepared> {
  const { persona, conversation, message, signal } = asking;
  const question = asking.question ?? (await readAndCompose(core, asking, model));
  const hidden = asking.hidesMemory ? asking.words.context.hiddenMemory : undefined;
  const personal = await readPersonal(core, { persona, message, question, hidden });
  const tools: ReadonlyMap<string, Tool> = model.callsTools
    ? toolsOf(persona, core.tools, { question, personal, mayWrite: asking.isOneOfSeveral !== true })
    : new Map();
  const seesHistory = persona.context !== 0;
  const bound = boundOf(asking);
  const summary = seesHistory ? await conversation.summary(bound) : undefined;
  const { effort } = effortFor(persona, conversation);
  const input: PromptInput = {
    persona: effort ? { ...persona, options: { ...persona.options, thinking: effort } } : persona,
    instructions: fillPlaceholders(persona.instructions, {
      ...(message.place === "dm" && { user: message.author.name }),
      date: new Date(),
      platform: message.thread.split(":", 1)[0] ?? "",
      channel: message.channelName,
    }),
    examples: await loadExamples(persona),
    tools: [...tools.values()].map((tool) => toolSpec(tool)),
    memory: personal,
    ...(summary && { summary: summary.text }),
    turns: seesHistory ? await conversation.turns(bound) : [],
    question,
    group: message.place !== "dm",
  };
  const bounds = boundsOf(core, persona, model);
  const prompt = count
    ? buildPrompt(input, bounds, count)
    : await buildCounted(input, bounds, { model, signal });
  const asker = message.author.id;
  const seesOthers =
    holdsMaterial(question) ||
    (summary !== undefined && summary.person !== asker) ||
    prompt.turns.some((turn) => holdsOthers(turn, asker, core.tools));
  return { prompt, tools, question, seesOthers, personal };
}

/** An answer in the middle sees what stood before it; one that goes on from another, what stood up to that one. */
function boundOf({ replaces, from }: Preparing): TurnBound | undefined {
  if (replaces) return { before: replaces.id };
  return from === undefined ? undefined : { upTo: from };
}

/** Whether another person, or something that they did not write, has a word in this turn. */
export function holdsOthers(
  { person, messages, council }: StoredTurn,
  asker: string,
  tools: ReadonlyMap<string, Tool>,
): boolean {
  // What a council's models read and ran is not stored with what they came to.
  if (person !== asker || council || messages.some(holdsMaterial)) return true;
  const results = messages.flatMap(({ role, parts }) => (role === "tool" ? parts : []));
  return results.some(({ name }) => tools.get(name)?.speaksForItself !== true);
}

async function readAndCompose(core: Core, asking: Preparing, model: ModelChoice): Promise<UserMessage> {
  const question = await read(core, asking, model);
  const time = wantsTime(asking.persona.instructions) ? { time: new Date() } : {};
  return composeQuestion({ ...question, ...time });
}

function read(
  core: Core,
  { persona, message, reply, words, signal, download, say }: Preparing,
  model: ModelChoice,
): Promise<Question> {
  return readQuestion(message, {
    persona,
    seesImages: model.seesImages,
    pictures: core.pictures,
    documents: core.documents,
    words,
    signal,
    download,
    status: (text) => reply.status(text),
    notice: (sentence) => reply.notice(sentence),
    transcript: say,
  });
}

function boundsOf({ settings }: Core, { options }: Persona, { window }: ModelChoice): PromptBounds {
  // A small window must not be given away to the answer alone.
  const maxOutputTokens = Math.min(
    options.maxOutputTokens ?? settings.maxOutputTokens,
    Math.floor(window / 2),
  );
  return { window, maxOutputTokens, historyTokens: settings.historyTokens };
}

/**
 * An estimate decides while it is far from every bound. Near one, tokens are counted exactly, and where the vendor
 * counts for free, our count is scaled to agree with the vendor's.
 */
async function buildCounted(
  input: PromptInput,
  bounds: PromptBounds,
  { model, signal }: { model: ModelChoice; signal: AbortSignal },
): Promise<Prompt> {
  const guess = buildPrompt(input, bounds, estimateTokens);
  if (guess.fits && guess.dropped === 0) return guess;
  const count = await loadTokenCounter();
  const counted = buildPrompt(input, bounds, count);
  const byVendor = await model.countTokens(counted.request, signal);
  if (byVendor === undefined || byVendor <= counted.tokens) return counted;
  const scale = byVendor / counted.tokens;
  return buildPrompt(input, bounds, (text) => Math.ceil(count(text) * scale));
}

function toolsOf(
  persona: Persona,
  all: ReadonlyMap<string, Tool>,
  {
    question,
    personal,
    mayWrite,
  }: { readonly question: UserMessage; readonly personal: Personal; readonly mayWrite: boolean },
): ReadonlyMap<string, Tool> {
  const hasPicture = question.parts.some(({ type }) => type === "image");
  const names = new Set(persona.tools);
  if (persona.memory === "read-write" && !personal.isPaused)
    for (const name of memoryToolNames) names.add(name);
  return new Map(
    [...all].filter(
      ([name, { needs, writes }]) =>
        names.has(name) && (needs !== "picture" || hasPicture) && (!writes || mayWrite),
    ),
  );
}
