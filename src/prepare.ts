import type { Asking } from "./asking.ts";
import { boundsOf, buildCounted } from "./build-counted.ts";
import type { TurnBound } from "./conversation/branches.ts";
import { buildPrompt, lastOf, type Prompt, type PromptInput } from "./conversation/prompt.ts";
import { composeQuestion, holdsMaterial, type Question } from "./conversation/question.ts";
import { readQuestion } from "./conversation/read-question.ts";
import type { CountTokens } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import type { Embedder } from "./embedding/embeddings.ts";
import { createFinder, type Finder } from "./files/at-hand.ts";
import { fetchedFor } from "./files/fetched.ts";
import type { NewFile } from "./files/files.ts";
import { filesOf, type QuestionFiles } from "./files/with-question.ts";
import { type Personal, readPersonal } from "./memory/personal.ts";
import type { UserMessage } from "./message.ts";
import { effortFor } from "./model-choice.ts";
import { loadExamples } from "./personas/examples.ts";
import { fillPlaceholders, wantsTime } from "./personas/placeholders.ts";
import type { StoredTurn } from "./store/store.ts";
import { foundPart } from "./search/before.ts";
import type { Fees } from "./search/fees.ts";
import { mustSearch, searchesByItself, searchFirst } from "./search-first.ts";
import { nextPassage } from "./sources/passages.ts";
import { toolSpec } from "./tools/call.ts";
import { offeredTools } from "./tools/offered.ts";
import type { ReadPassage, Tool } from "./tools/tool.ts";
import { transcriptName } from "./transcripts/find-correction.ts";
import { fixAction, transcriptMessage } from "./transcripts/tell.ts";

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
  | "reading"
  | "about"
> & {
  readonly reply: Pick<Asking["reply"], "status" | "notice">;
  /** Puts a word in the place of what is known about the person: others read along what is made of it. */
  readonly hidesMemory?: boolean;
  /** All models that answer it, where they are several: it is read once for all, and none of them writes anything down. */
  readonly readers?: readonly ModelChoice[];
  /** The files that came with it, where it was read for another model just now. */
  readonly files?: readonly NewFile[] | undefined;
  /** Names it in the accounts, where somebody pays for it. */
  readonly job?: string;
  /** Takes what a search before it cost. None is made where nobody does. */
  readonly pay?: (fees: Fees) => void;
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
  /** The files to be stored with its turn; left out where those that the turn had stay. */
  readonly files?: readonly NewFile[];
  /** Where its answer moves the bookmark of what is read together. */
  readonly step?: NonNullable<QuestionFiles["step"]>;
}

/** Everything the model will see for this message, counted exactly by `count` or as exactly as needed; nothing is sent yet. */
export async function prepare(
  core: Core,
  asking: Preparing,
  model: ModelChoice,
  count?: CountTokens,
): Promise<Prepared> {
  const { persona, conversation } = asking;
  const bound = boundOf(asking);
  const message = asking.question ? undefined : await read(core, asking, model);
  const embedder = core.embedderFor(asking);
  const find = createFinder(core.fileSearch, embedder, ({ entry }, share) =>
    asking.reply.status(asking.words.reading.embedding(entry.name, Math.round(share * 100))),
  );
  const documents = message ? [...(await fetchedFor(core, asking)), ...message.documents] : [];
  const files = await filesOf(core, asking, { documents, model, bound, find });
  const all = persona.context === 0 ? [] : await conversation.turns(bound);
  const { hiddenUpTo = "" } = files;
  const turns = all.filter(({ id }) => id > hiddenUpTo);
  const found = await searchFirst(core, asking, model);
  const common = { model, count, bound, turns, read: message, found, files, find, embedder };
  const make = (seen: readonly StoredTurn[], personal?: Personal): Promise<Prepared> =>
    prepareSeen(core, asking, { ...common, seen, personal });
  const seen = lastOf(turns, persona.context);
  const prepared = await make(seen);
  // A file that stood whole in a turn without room is looked things up in from now on.
  const { question, prompt } = prepared;
  const isLost = wholeFiles(files, prompt.turns, question) < wholeFiles(files, seen, question);
  return isLost ? make(prompt.turns, prepared.personal) : prepared;
}

const wholeFiles = (files: QuestionFiles, turns: readonly StoredTurn[], question: UserMessage): number =>
  files.atHand(turns, question).filter(({ isWhole }) => isWhole).length;

interface Seen {
  readonly model: ModelChoice;
  readonly count: CountTokens | undefined;
  readonly bound: TurnBound | undefined;
  readonly turns: readonly StoredTurn[];
  /** The message as it was read now, where it was not before. */
  readonly read: Question | undefined;
  /** What a search found for it. */
  readonly found: readonly ReadPassage[];
  readonly files: QuestionFiles;
  readonly find: Finder;
  readonly embedder: Embedder | undefined;
  /** Those of the turns that there is room for, as far as is known. */
  readonly seen: readonly StoredTurn[];
  /** What is known of the person, where it was read for this question before. */
  readonly personal: Personal | undefined;
}

async function prepareSeen(core: Core, asking: Preparing, given: Seen): Promise<Prepared> {
  const { persona, conversation, message, signal } = asking;
  const { model, count, bound, turns, files, find, embedder, seen } = given;
  const question = asking.question ?? (await compose(asking, given));
  const hidden = asking.hidesMemory ? asking.words.context.hiddenMemory : undefined;
  const personal =
    given.personal ??
    (await readPersonal(core, { persona, message, question, hidden, embedder, about: asking.about }));
  const { noted, webTools } = searchFor(core, asking, model);
  const tools: ReadonlyMap<string, Tool> = model.callsTools
    ? offeredTools(core, persona, {
        question,
        personal,
        files: files.atHand(seen, question),
        find,
        mayWrite: asking.readers === undefined,
        webTools,
      })
    : new Map();
  const summary = seesSummary(asking, files) ? await conversation.summary(bound) : undefined;
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
    turns,
    question,
    group: message.place !== "dm",
    ...noted,
  };
  const bounds = boundsOf(core, persona, model);
  const prompt = count
    ? buildPrompt(input, bounds, count)
    : await buildCounted(input, bounds, { model, signal });
  const asker = message.author.id;
  const seesOthers = holdAnothers({ question, summary, turns: prompt.turns }, asker, core.tools);
  const { brought, step } = files;
  const held = { ...(brought && { files: brought }), ...(step && { step }) };
  return { prompt, tools, question, seesOthers, personal, ...held };
}

/** Whether the model searches by its vendor's own search, and which of our tools it has for the web. */
function searchFor(
  { settings }: Core,
  asking: Preparing,
  model: ModelChoice,
): {
  readonly noted: Pick<PromptInput, "webSearch" | "today">;
  readonly webTools: readonly string[];
} {
  const { persona } = asking;
  const byModel = searchesByItself(settings, model);
  const wish = persona.search ?? (model.searches === "always" ? "auto" : "never");
  const isForced = mustSearch(asking);
  if (wish === "never" && !isForced) return { noted: {}, webTools: [] };
  return {
    noted: { today: new Date(), ...(byModel && { webSearch: isForced ? "required" : true }) },
    webTools: byModel ? ["read_page"] : ["search", "read_page"],
  };
}

/** One that tells of turns which are not to be seen is none either. */
const seesSummary = ({ persona }: Preparing, { hiddenUpTo }: QuestionFiles): boolean =>
  persona.context !== 0 && hiddenUpTo === undefined;

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

/** Whether anybody but who asks has a word in what the model sees. */
const holdAnothers = (
  {
    question,
    summary,
    turns,
  }: Pick<PromptInput, "question" | "turns"> & {
    readonly summary: { readonly person: string } | undefined;
  },
  asker: string,
  tools: Core["tools"],
): boolean =>
  holdsMaterial(question) ||
  (summary !== undefined && summary.person !== asker) ||
  turns.some((turn) => holdsOthers(turn, asker, tools));

async function compose(asking: Preparing, { read, found, files, seen }: Seen): Promise<UserMessage> {
  const asked = read ?? { text: "", images: [], materials: [] };
  const time = wantsTime(asking.persona.instructions) ? { time: new Date() } : {};
  const materials = [...asked.materials, ...(await files.materials(seen))];
  const { note } = files;
  const before = seen.flatMap(({ messages }) => messages);
  const question = composeQuestion(
    { ...asked, materials, ...time, ...(note !== undefined && { note }) },
    nextPassage(before),
  );
  if (found.length === 0) return question;
  const part = foundPart(found, nextPassage([...before, question]));
  return { ...question, parts: [part, ...question.parts] };
}

function read(
  core: Core,
  { persona, message, reply, words, signal, download, say, readers }: Preparing,
  model: ModelChoice,
): ReturnType<typeof readQuestion> {
  const blind = (readers ?? [model]).filter(({ seesImages }) => !seesImages).map(({ name }) => name);
  return readQuestion(message, {
    persona,
    seesImages: (readers ?? [model]).length > blind.length,
    blind: blind.length === 0 ? undefined : readers ? words.files.blindModels(blind) : words.files.blindModel,
    pictures: core.pictures,
    documents: core.documents,
    words,
    signal,
    download,
    status: (text) => reply.status(text),
    notice: (sentence) => reply.notice(sentence),
    transcript: (text, of) =>
      say({
        name: transcriptName(text.picture),
        text: transcriptMessage(text, { words, of }),
        actions: [fixAction(words)],
      }),
  });
}
