import type { Asking } from "../asking.ts";
import type { TurnBound } from "../conversation/branches.ts";
import { materialTitles } from "../conversation/marks.ts";
import { askedText, type Material } from "../conversation/question.ts";
import type { SentDocument } from "../conversation/read-question.ts";
import type { Core, ModelChoice, Settings } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Message } from "../message.ts";
import type { StoredTurn } from "../store/store.ts";
import { type FileAtHand, type Finder, openingOf, passageTokens } from "./at-hand.ts";
import { citableParts, uncited } from "./citable.ts";
import { type Bookmark, boundOf, readingIn } from "./bookmark.ts";
import { type Chapter, chaptersOf, ownLabel } from "./chapters.ts";
import type { NewFile, StoredFile } from "./files.ts";
import { makeFile } from "./make-file.ts";
import type { Query, Readable } from "./search.ts";
import { contentsText, fileTitle } from "./show.ts";

/** A question on its way to the model, as far as files go. */
type Asked = Pick<
  Asking,
  "message" | "persona" | "conversation" | "words" | "replaces" | "question" | "reading"
> & {
  readonly reply: Pick<Asking["reply"], "notice">;
  /** Those that came with it, where it was read before. */
  readonly files?: readonly NewFile[] | undefined;
};

/** The files that a question came with, and those that stayed from before it. */
export interface QuestionFiles {
  /** To be stored with its turn; undefined where those that the turn had stay. */
  readonly brought: readonly NewFile[] | undefined;
  /** Where the question moves the bookmark, and whether there is more to read after it. */
  readonly step: { readonly bookmark: Bookmark; readonly hasNext: boolean } | undefined;
  /** Turns up to the one with this id may tell what the readers have not read yet. */
  readonly hiddenUpTo: string | undefined;
  /** What the model is told of the reading. */
  readonly note: string | undefined;
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
  { store, settings }: Pick<Core, "store" | "settings">,
  asked: Asked,
  { documents, model, bound, find }: Sent & { readonly bound: TurnBound | undefined; readonly find: Finder },
): Promise<QuestionFiles> {
  const { conversation, question, replaces, reading } = asked;
  const all = conversation.binding.hasFiles ? await store.files.list(conversation.key) : [];
  const kept = keptFor(asked, all, bound).map((entry) => readableIn(store, conversation.key, entry));
  const { files, materials } = question
    ? { files: asked.files ?? [], materials: [] }
    : bring(settings, asked, { documents, model, next: nextNumber(conversation.standing(all)) });
  const readables: readonly Readable[] = [...kept, ...files.map(readable)];
  if (reading?.hides) asked.reply.notice(asked.words.reading.hidden);
  const read = await readOf(store, asked, { readables, files });
  const titlesHere = materials.map(({ title }) => title);
  const wholeIn = (titles: readonly string[]): readonly FileAtHand[] =>
    readables.map((file) => atHand(file, titles, read));

  return {
    // A question that was changed may have lost some.
    brought: files.length > 0 || (replaces && !question) ? files : undefined,
    step: read &&
      reading && { bookmark: read.bookmark, hasNext: read.bookmark.chapter + 1 < read.chapters.length },
    hiddenUpTo: read?.bookmark.isOpen ? undefined : read?.bookmark.since,
    note: read && noteOf(read),
    atHand: (turns, question) => wholeIn([...titlesOf(turns), ...titlesIn(question)]),
    async materials(turns) {
      const partly = wholeIn([...titlesOf(turns), ...titlesHere]).filter(({ isWhole }) => !isWhole);
      const chapter = read && reading ? [await chapterOf(read)] : [];
      const looked = partly.filter(({ entry }) => !reading || entry.id !== read?.bookmark.file);
      const isNew = ({ entry }: FileAtHand): boolean => files.some(({ id }) => id === entry.id);
      const found = await find(looked, queryOf(asked, turns));
      const excerpts = await Promise.all(
        found.map(async ({ file, read, hasFirst }): Promise<Material> => {
          const opening = isNew(file) && !hasFirst ? await openingOf(file, openingTokens) : [];
          return { title: fileTitle(file.entry, "excerpts"), text: [...opening, ...read] };
        }),
      );
      const all = [...materials, ...excerpts.filter(({ text }) => text.length > 0), ...chapter];
      return asked.persona.strict ? all.map(uncited) : all;
    },
  };
}

/** What came with a question, and who is to read it. */
interface Sent {
  readonly documents: readonly SentDocument[];
  readonly model: ModelChoice;
}

/** The files that stayed from earlier questions of this context, or of what a bound leaves of it. */
function keptFor(
  { conversation, question, replaces, persona, reading }: Asked,
  all: readonly StoredFile[],
  bound: TurnBound | undefined,
): readonly StoredFile[] {
  const looksBack = persona.context !== 0 || reading !== undefined;
  // Only its answer is to be new: what came with it is there.
  const own = question && replaces ? all.filter(({ turn }) => turn === replaces.id) : [];
  return [...(looksBack ? conversation.standing(all, bound) : []), ...own];
}

/** What is read together, and how far. */
interface Read {
  readonly bookmark: Bookmark;
  readonly file: Readable;
  readonly chapters: readonly Chapter[];
}

/** Throws UserError where there is nothing to read. */
async function readOf(
  store: Core["store"],
  { conversation, reading: step }: Asked,
  { readables, files }: { readonly readables: readonly Readable[]; readonly files: readonly NewFile[] },
): Promise<Read | undefined> {
  const [first] = files;
  if (step && !step.to && !first) throw new UserError((words) => words.reading.nothingToRead);
  const begun = step && first && { file: first.id, chapter: 0 };
  const bookmark = step?.to ?? begun ?? (await readingIn(store, conversation))?.bookmark;
  const file = readables.find(({ entry }) => entry.id === bookmark?.file);
  return bookmark && file && { bookmark, file, chapters: chaptersOf(file.entry) };
}

function noteOf({ bookmark, file: { entry }, chapters }: Read): string {
  const label = ownLabel(chapters, bookmark.chapter) || "its end";
  const begin = `[Reading] File ${entry.number} together, up to ${label}.`;
  return bookmark.isOpen
    ? begin
    : `${begin} Nothing after that may be used, told or hinted at, even if you know it.`;
}

/** The chapter that the bookmark stands at, each of its parts under its label. */
async function chapterOf({ bookmark, file, chapters }: Read): Promise<Material> {
  const { from = 0, to = 0, label = "" } = chapters[bookmark.chapter] ?? {};
  return {
    title: fileTitle(file.entry, label),
    text: citableParts(file.entry, from, await file.texts({ from, to })),
  };
}

function atHand(file: Readable, titles: readonly string[], read: Read | undefined): FileAtHand {
  const isWhole = titles.includes(fileTitle(file.entry));
  const before = read?.file === file ? boundOf(read.bookmark, file.entry) : undefined;
  return { ...file, isWhole, ...(before !== undefined && { before }) };
}

const nextNumber = (files: readonly StoredFile[]): number =>
  Math.max(0, ...files.map(({ number }) => number)) + 1;

const readable = (entry: NewFile): Readable => ({
  entry,
  texts: async ({ from, to } = { from: 0, to: entry.texts.length }) => entry.texts.slice(from, to),
  vectors: async () => entry.vectors,
  keepVectors: async (run) => void entry.vectors.push(run),
});

/** A file of a conversation with the way to its texts. */
export const readableIn = (
  { files }: Core["store"],
  conversation: Asking["conversation"]["key"],
  entry: StoredFile,
): Readable & { readonly entry: StoredFile } => ({
  entry,
  texts: (range) => files.texts(conversation, entry.id, range),
  vectors: () => files.vectors(conversation, entry.id),
  keepVectors: (run) => files.putVectors(conversation, entry.id, run),
});

/** What stands over all that these turns' questions hold beside the person's words. */
export const titlesOf = (turns: readonly StoredTurn[]): readonly string[] =>
  turns.flatMap(({ messages: [question] }) => titlesIn(question));

const titlesIn = (message: Message | undefined): readonly string[] =>
  message?.role === "user"
    ? message.parts.flatMap((part) => (part.type === "text" ? materialTitles(part.text) : []))
    : [];

function bring(
  { fileTokens }: Settings,
  { reply, words, reading }: Asked,
  { documents, model, next }: Sent & { readonly next: number },
): { readonly files: readonly NewFile[]; readonly materials: readonly Material[] } {
  const all = reading?.document ? [reading.document, ...documents] : documents;
  const isRead = (index: number): boolean => index === 0 && reading !== undefined && !reading.to;
  const materials: Material[] = [];
  const files: NewFile[] = [];
  let room = Math.min(fileTokens, model.window / 4);
  for (const [index, { name, document }] of all.entries()) {
    const { file, isCut } = makeFile(document, { name, number: next + files.length });
    files.push(file);
    const tokens = roughly(file.tokens);
    if (isCut) reply.notice(words.reading.cut(name, file.letters));
    if (isRead(index)) reply.notice(words.reading.begun(name, { chapters: chaptersOf(file).length, tokens }));
    else if (file.tokens <= room) {
      room -= file.tokens;
      materials.push({ title: fileTitle(file), text: wholeOf(file) });
      if (file.tokens >= leastTold) reply.notice(words.reading.whole(name, tokens));
    } else {
      materials.push({ title: fileTitle(file, "contents"), text: contentsText(file) });
      reply.notice(words.reading.indexed(name, { tokens, each: passageTokens }));
    }
  }
  return { materials, files };
}

/** A file without parts has no place that an answer could name. */
function wholeOf(file: NewFile): Material["text"] {
  const [first] = file.texts;
  return file.texts.length === 1 && file.parts[0]?.label === "" && first !== undefined
    ? first
    : citableParts(file, 0, file.texts);
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
