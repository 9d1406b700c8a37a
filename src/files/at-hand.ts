import { estimateTokens } from "../conversation/tokens.ts";
import type { Embedder } from "../embedding/embeddings.ts";
import { fused } from "../embedding/vectors.ts";
import type { ReadPassage } from "../tools/tool.ts";
import { citable } from "./citable.ts";
import { type FileSearch, mostQueryLetters, type Passage, type Query, type Readable } from "./search.ts";

/** A file that a question may be answered from. */
export interface FileAtHand extends Readable {
  /** It stands whole in what the model sees anyway. */
  readonly isWhole: boolean;
  /** Only its parts before this one may be used. */
  readonly before?: number;
}

/** What passages may take of a question, in tokens: those of all files together. */
export const passageTokens = 2_400;

/** What was found in a file. */
export interface FoundIn {
  readonly file: FileAtHand;
  /** In the file's order. */
  readonly read: readonly ReadPassage[];
  /** Whether the file's first part has any. */
  readonly hasFirst: boolean;
}

/** What of these files fits a question best; those in which nothing does are among them, too. */
export type Finder = (files: readonly FileAtHand[], query: Query) => Promise<readonly FoundIn[]>;

/** A question waits no longer for a file to be embedded; the next one goes on with it. */
const embeddingMs = 8_000;
/** A shorter question may be about what was asked before it, in tokens. */
const shortTokens = 12;

type Found = { readonly file: FileAtHand; readonly passage: Passage };

/** Finds by words and, where there is an embedder, by meaning; `tell` hears how far a file is embedded, as a share of 1. */
export function createFinder(
  search: FileSearch,
  embedder: Embedder | undefined,
  tell: (file: FileAtHand, share: number) => void,
): Finder {
  const until = once(() => Date.now() + embeddingMs);
  return async (files, query) => {
    const byWords = await inEach(files, (file, options) => search.find(file, query, options));
    const byMeaning = embedder ? await findByMeaning(embedder, files, query) : [];
    const best = byMeaning.length === 0 ? byWords : fused([byWords, byMeaning], keyOf);
    return within(files, best);
  };

  async function findByMeaning(
    embedder: Embedder,
    files: readonly FileAtHand[],
    { text, context = "" }: Query,
  ): Promise<readonly Found[]> {
    const asked = estimateTokens(text) < shortTokens ? `${context}\n${text}`.trim() : text.trim();
    if (files.length === 0 || asked === "") return [];
    const [vector] = (await embedder.embed([asked.slice(0, mostQueryLetters)])) ?? [];
    if (!vector) return [];
    for (const file of files)
      await search.embed(file, embedder, { until: until(), tell: (share) => tell(file, share) });
    const query = { vector, model: embedder.model };
    return inEach(files, (file, options) => search.findAlike(file, query, options));
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What is found in each of them, the best first. */
async function inEach(
  files: readonly FileAtHand[],
  find: (file: FileAtHand, options: { readonly before?: number }) => Promise<readonly Passage[]>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const file of files) {
    const passages = await find(file, file.before === undefined ? {} : { before: file.before });
    found.push(...passages.map((passage) => ({ file, passage })));
  }
  return found.toSorted((one, other) => other.passage.score - one.passage.score);
}

const keyOf = ({ file: { entry }, passage: { part, start } }: Found): string =>
  `${entry.id} ${part} ${start}`;

/** As many of the best as there is room for, by their files. */
function within(files: readonly FileAtHand[], best: readonly Found[]): Promise<readonly FoundIn[]> {
  const chosen = new Map<FileAtHand, Passage[]>();
  let room = passageTokens;
  for (const { file, passage } of best) {
    room -= passage.tokens;
    if (room < 0) break;
    chosen.set(file, [...(chosen.get(file) ?? []), passage]);
  }
  return Promise.all(files.map((file) => readPassages(file, chosen.get(file) ?? [])));
}

async function readPassages(file: FileAtHand, passages: readonly Passage[]): Promise<FoundIn> {
  const byPart = Map.groupBy(
    passages.toSorted((one, other) => one.part - other.part || one.start - other.start),
    ({ part }) => part,
  );
  const read: ReadPassage[] = [];
  for (const [part, within] of byPart) {
    const [text = ""] = await file.texts({ from: part, to: part + 1 });
    for (const { start, end } of runsOf(within))
      read.push(...citable(file.entry, part, text.slice(start, end)));
  }
  return { file, read, hasFirst: byPart.has(0) };
}

/** What follows another passage directly is one with it. */
function runsOf(
  passages: readonly Pick<Passage, "start" | "end">[],
): readonly Pick<Passage, "start" | "end">[] {
  const runs: Pick<Passage, "start" | "end">[] = [];
  for (const { start, end } of passages) {
    const last = runs.at(-1);
    if (last?.end === start) runs.splice(-1, 1, { start: last.start, end });
    else runs.push({ start, end });
  }
  return runs;
}

/** The first words of a file, for a question that tells nothing to look for. */
export async function openingOf(file: FileAtHand, tokens: number): Promise<readonly ReadPassage[]> {
  const [text = ""] = await file.texts({ from: 0, to: 1 });
  const share = Math.min(1, tokens / Math.max(1, estimateTokens(text)));
  const end = Math.floor(text.length * share);
  return citable(file.entry, 0, share < 1 ? `${text.slice(0, end).toWellFormed()}…` : text);
}
