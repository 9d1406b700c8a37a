import type MiniSearch from "minisearch";
import { estimateTokens } from "../conversation/tokens.ts";
import { sliceText } from "../text/slice.ts";
import { termsOf } from "../text/terms.ts";
import type { Embedder, Vector } from "../embedding/embeddings.ts";
import { alike, embedOn } from "./alike.ts";
import type { FileEntry, VectorRun } from "./files.ts";

/** A file with the way to its texts and vectors. */
export interface Readable {
  readonly entry: FileEntry;
  texts(range?: { readonly from: number; readonly to: number }): Promise<readonly string[]>;
  vectors(): Promise<readonly VectorRun[]>;
  keepVectors(run: VectorRun): Promise<void>;
}

/** A piece of one part of a file that fits what was asked. */
export interface Passage {
  /** The index of its part. */
  readonly part: number;
  /** Where it stands in the part's text. */
  readonly start: number;
  readonly end: number;
  /** Estimated. */
  readonly tokens: number;
  /** How well it fits: of any file, more is better. */
  readonly score: number;
}

/** What is asked for, and beside it what the talk was about. */
export interface Query {
  readonly text: string;
  readonly context?: string | undefined;
}

/** What finds passages. An index is built when a file is first asked about, and remembered for a while. */
export interface FileSearch {
  /** By their words (BM25), the best first; `before`: of the parts before that one alone. */
  find(file: Readable, query: Query, options?: { readonly before?: number }): Promise<readonly Passage[]>;
  /** By their meaning, the best first, as far as they are embedded. */
  findAlike(
    file: Readable,
    query: { readonly vector: Vector; readonly model: string },
    options?: { readonly before?: number },
  ): Promise<readonly Passage[]>;
  /** Embeds passages that are not embedded yet, until it fails or the time has come; tells the share that is done. */
  embed(
    file: Readable,
    embedder: Embedder,
    options: { readonly until: number; readonly tell: (share: number) => void },
  ): Promise<void>;
}

/** What all remembered indices were made of: an index takes some ten times its letters in memory. */
const mostLetters = 6_000_000;
/** A paragraph or two; of what is written densely, letters say more. */
const passageLetters = 1_000;
const densePassageLetters = 350;
/** So many passages are read into an index before others get their turn. */
const chunkSize = 25;
/** Longer questions say no better what they are about. */
export const mostQueryLetters = 1_500;
const contextWeight = 0.3;
/** What fits much worse than the best does not fit. */
const leastShare = 0.3;
const mostFound = 24;

interface Index {
  readonly passages: readonly Omit<Passage, "score">[];
  readonly index: MiniSearch<{ readonly id: number; readonly text: string }>;
  /** By the model that made them, without gaps from the first passage on. */
  readonly runs: Map<string, readonly VectorRun[]>;
}

export function createFileSearch(): FileSearch {
  const remembered = new Map<string, { readonly index: Promise<Index>; readonly letters: number }>();

  function indexOf(file: Readable): Promise<Index> {
    const { id, letters } = file.entry;
    const known = remembered.get(id) ?? { index: buildIndex(file), letters };
    known.index.catch(() => remembered.delete(id));
    // The last that was used is the last to leave.
    remembered.delete(id);
    remembered.set(id, known);
    let total = Array.from(remembered.values()).reduce((sum, each) => sum + each.letters, 0);
    for (const [oldest, { letters }] of remembered) {
      if (total <= mostLetters || oldest === id) break;
      remembered.delete(oldest);
      total -= letters;
    }
    return known.index;
  }

  return {
    async find(file, { text, context = "" }, { before = Infinity } = {}) {
      const { passages, index } = await indexOf(file);
      const scores = new Map<number, number>();
      for (const [query, weight] of [[text, 1] as const, [context, contextWeight] as const])
        for (const { id, score } of index.search(query.slice(0, mostQueryLetters)))
          scores.set(Number(id), (scores.get(Number(id)) ?? 0) + score * weight);
      const found = [...scores].flatMap(([id, score]) => {
        const passage = passages[id];
        return passage && passage.part < before ? [{ ...passage, score }] : [];
      });
      const sorted = found.toSorted((one, other) => other.score - one.score).slice(0, mostFound);
      const least = (sorted[0]?.score ?? 0) * leastShare;
      return sorted.filter(({ score }) => score >= least);
    },

    async findAlike(file, { vector, model }, { before = Infinity } = {}) {
      const { passages, runs } = await indexOf(file);
      return alike(passages, runs.get(model) ?? [], vector).filter(({ part }) => part < before);
    },

    async embed(file, embedder, options) {
      const { passages, runs } = await indexOf(file);
      const known = runs.get(embedder.model) ?? [];
      const isDone = known.reduce((sum, { count }) => sum + count, 0) >= passages.length;
      if (isDone) return;
      const texts = (await passagesOf(file)).map(({ text }) => text);
      runs.set(embedder.model, await embedOn(file, { texts, known }, embedder, options));
    },
  };
}

async function buildIndex(file: Readable): Promise<Index> {
  const { default: MiniSearch } = await import("minisearch");
  const index: Index["index"] = new MiniSearch({
    fields: ["text"],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: { prefix: (term) => term.length > 3 },
  });
  const all = await passagesOf(file);
  await index.addAllAsync(
    all.map(({ text }, id) => ({ id, text })),
    { chunkSize },
  );
  return { passages: all.map(({ passage }) => passage), index, runs: new Map() };
}

/** The same for the same file at any time; a text has its part's title in front. */
async function passagesOf(
  file: Readable,
): Promise<readonly { readonly passage: Omit<Passage, "score">; readonly text: string }[]> {
  const { parts } = file.entry;
  return (await file.texts()).flatMap((text, part) => {
    const { title = "", tokens = 0 } = parts[part] ?? {};
    const isDense = tokens > text.length * 0.6;
    return sliceText(text, isDense ? densePassageLetters : passageLetters).map(([start, end]) => {
      const words = text.slice(start, end);
      return { passage: { part, start, end, tokens: estimateTokens(words) }, text: `${title} ${words}` };
    });
  });
}
