import type { Asking } from "../asking.ts";
import type { TurnBound } from "../conversation/branches.ts";
import { materialTitles } from "../conversation/marks.ts";
import { askedText, type Material } from "../conversation/question.ts";
import type { SentDocument } from "../conversation/read-question.ts";
import type { Core, ModelChoice, Settings } from "../core.ts";
import type { Message } from "../message.ts";
import type { StoredTurn } from "../store/store.ts";
import { type FileAtHand, openingOf, passagesFor, passageTokens } from "./at-hand.ts";
import type { NewFile, StoredFile } from "./files.ts";
import { makeFile } from "./make-file.ts";
import type { Query, Readable } from "./search.ts";
import { contentsText, fileTitle, partTitle, wholeText } from "./show.ts";

/** A question on its way to the model, as far as files go. */
type Asked = Pick<Asking, "message" | "persona" | "conversation" | "words" | "replaces" | "question"> & {
  readonly reply: Pick<Asking["reply"], "notice">;
  /** Those that came with it, where it was read before. */
  readonly files?: readonly NewFile[] | undefined;
};

/** The files that a question came with, and those that stayed from before it. */
export interface QuestionFiles {
  /** To be stored with its turn; undefined where those that the turn had stay. */
  readonly brought: readonly NewFile[] | undefined;
  /** All of them, as a model may use them that sees these turns and the question. */
  atHand(turns: readonly StoredTurn[], question: Message | undefined): readonly FileAtHand[];
  /** What of them stands with the question, for a model that sees these turns. */
  materials(turns: readonly StoredTurn[]): Promise<readonly Material[]>;
}

/** How much of a large file's beginning stands with the question that it came with, in tokens. */
const openingTokens = 500;
/** What costs less is not worth a word, in tokens. */
const leastTold = 1_000;

/** Finds the files of a question, decides which of those that came go along whole, and tells the person. */
export async function filesOf(
  { store, settings, fileSearch }: Pick<Core, "store" | "settings" | "fileSearch">,
  asked: Asked,
  {
    documents,
    model,
    bound,
  }: {
    readonly documents: readonly SentDocument[];
    readonly model: ModelChoice;
    readonly bound: TurnBound | undefined;
  },
): Promise<QuestionFiles> {
  const { conversation, question, replaces, persona } = asked;
  const all = conversation.binding.hasFiles ? await store.files.list(conversation.key) : [];
  const earlier = persona.context === 0 ? [] : conversation.standing(all, bound);
  // Only its answer is to be new: what came with it is there.
  const own = question && replaces ? all.filter(({ turn }) => turn === replaces.id) : [];
  const kept = [...earlier, ...own].map((entry): Readable => readableIn(store, conversation.key, entry));
  const { files, materials } = question
    ? { files: asked.files ?? [], materials: [] }
    : bring(settings, asked, { documents, model, next: nextNumber(conversation.standing(all)) });
  const readables = [...kept, ...files.map(readable)];
  const titlesHere = materials.map(({ title }) => title);
  const wholeIn = (titles: readonly string[]): readonly FileAtHand[] =>
    readables.map((file) => atHand(file, titles));

  return {
    // A question that was changed may have lost some.
    brought: files.length > 0 || (replaces && !question) ? files : undefined,
    atHand: (turns, question) => wholeIn([...titlesOf(turns), ...titlesIn(question)]),
    async materials(turns) {
      const large = wholeIn([...titlesOf(turns), ...titlesHere]).filter(({ isWhole }) => !isWhole);
      const passages = await passagesFor(fileSearch, large, queryOf(asked, turns));
      const isNew = ({ entry }: FileAtHand): boolean => files.some(({ id }) => id === entry.id);
      const openings = large.filter((file) => isNew(file) && !startsIn(file, passages));
      const begun = await Promise.all(openings.map((file) => openingOf(file, openingTokens)));
      return [...materials, ...begun, ...passages];
    },
  };
}

const atHand = (file: Readable, titles: readonly string[]): FileAtHand => ({
  ...file,
  isWhole: titles.includes(fileTitle(file.entry)),
});

const nextNumber = (files: readonly StoredFile[]): number =>
  Math.max(0, ...files.map(({ number }) => number)) + 1;

const readable = (entry: NewFile): Readable => ({
  entry,
  texts: async ({ from, to } = { from: 0, to: entry.texts.length }) => entry.texts.slice(from, to),
});

/** A file of a conversation with the way to its texts. */
export const readableIn = (
  { files }: Core["store"],
  conversation: Asking["conversation"]["key"],
  entry: StoredFile,
): Readable & { readonly entry: StoredFile } => ({
  entry,
  texts: (range) => files.texts(conversation, entry.id, range),
});

/** What stands over all that these turns' questions hold beside the person's words. */
export const titlesOf = (turns: readonly StoredTurn[]): readonly string[] =>
  turns.flatMap(({ messages: [question] }) => titlesIn(question));

const titlesIn = (message: Message | undefined): readonly string[] =>
  message?.role === "user"
    ? message.parts.flatMap((part) => (part.type === "text" ? materialTitles(part.text) : []))
    : [];

const startsIn = ({ entry }: FileAtHand, passages: readonly Material[]): boolean =>
  passages.some(({ title }) => title === partTitle(entry, 0));

function bring(
  { fileTokens }: Settings,
  { reply, words }: Asked,
  {
    documents,
    model,
    next,
  }: { readonly documents: readonly SentDocument[]; readonly model: ModelChoice; readonly next: number },
): { readonly files: readonly NewFile[]; readonly materials: readonly Material[] } {
  const materials: Material[] = [];
  const files: NewFile[] = [];
  let room = Math.min(fileTokens, model.window / 4);
  for (const { name, document } of documents) {
    const { file, isCut } = makeFile(document, { name, number: next + files.length });
    files.push(file);
    const tokens = roughly(file.tokens);
    if (isCut) reply.notice(words.reading.cut(name, file.letters));
    if (file.tokens <= room) {
      room -= file.tokens;
      materials.push({ title: fileTitle(file), text: wholeText(document) });
      if (file.tokens >= leastTold) reply.notice(words.reading.whole(name, tokens));
    } else {
      materials.push({ title: fileTitle(file, "contents"), text: contentsText(file) });
      reply.notice(words.reading.indexed(name, { tokens, each: passageTokens }));
    }
  }
  return { materials, files };
}

/** To two digits: it is an estimate, and said as one. */
export const roughly = (tokens: number): number => Number(tokens.toPrecision(2));

/** What the person asks, and about what; beside it what they asked before: a question goes on from another. */
function queryOf({ message: { text, quoted } }: Asked, turns: readonly StoredTurn[]): Query {
  const [before] = turns.at(-1)?.messages ?? [];
  return {
    text: [text, quoted?.text ?? ""].join("\n"),
    ...(before?.role === "user" && { context: askedText(before, { isSigned: false }) }),
  };
}
