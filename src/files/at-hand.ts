import type { Material } from "../conversation/question.ts";
import { estimateTokens } from "../conversation/tokens.ts";
import type { FileSearch, Passage, Query, Readable } from "./search.ts";
import { partTitle } from "./show.ts";

/** A file that a question may be answered from. */
export interface FileAtHand extends Readable {
  /** It stands whole in what the model sees anyway. */
  readonly isWhole: boolean;
  /** Only its parts before this one may be used. */
  readonly before?: number;
}

/** What passages may take of a question, in tokens: those of all files together. */
export const passageTokens = 2_400;

/** The passages of these files that fit a question best, in the files' order, each under its label. */
export async function passagesFor(
  search: FileSearch,
  files: readonly FileAtHand[],
  query: Query,
): Promise<readonly Material[]> {
  const found: { readonly file: FileAtHand; readonly passage: Passage }[] = [];
  for (const file of files) {
    const passages = await search.find(file, query, file.before === undefined ? {} : { before: file.before });
    found.push(...passages.map((passage) => ({ file, passage })));
  }
  const best = found.toSorted((one, other) => other.passage.score - one.passage.score);
  const chosen = new Map<FileAtHand, Passage[]>();
  let room = passageTokens;
  for (const { file, passage } of best) {
    room -= passage.tokens;
    if (room < 0) break;
    chosen.set(file, [...(chosen.get(file) ?? []), passage]);
  }
  const texts: Material[] = [];
  for (const file of files) texts.push(...(await materialsOf(file, chosen.get(file) ?? [])));
  return texts;
}

/** What follows another passage directly is one with it; what is left out between two of a part is marked. */
async function materialsOf(file: FileAtHand, passages: readonly Passage[]): Promise<readonly Material[]> {
  const byPart = Map.groupBy(
    passages.toSorted((one, other) => one.part - other.part || one.start - other.start),
    ({ part }) => part,
  );
  const materials: Material[] = [];
  for (const [part, within] of byPart) {
    const [text = ""] = await file.texts({ from: part, to: part + 1 });
    const pieces = within.map(({ start, end }, at) => {
      const before = within[at - 1];
      const isAfter = before && before.end === start;
      return `${before && !isAfter ? "\n…\n" : ""}${text.slice(start, end)}`;
    });
    materials.push({ title: partTitle(file.entry, part), text: pieces.join("").trim() });
  }
  return materials;
}

/** The first words of a file, for a question that tells nothing to look for. */
export async function openingOf(file: FileAtHand, tokens: number): Promise<Material> {
  const [text = ""] = await file.texts({ from: 0, to: 1 });
  const share = Math.min(1, tokens / Math.max(1, estimateTokens(text)));
  const end = Math.floor(text.length * share);
  return {
    title: partTitle(file.entry, 0),
    text: share < 1 ? `${text.slice(0, end).toWellFormed()}…` : text,
  };
}
