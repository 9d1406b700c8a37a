import type { FoundSource, TextPart } from "../message.ts";
import { findMarkers } from "./markers.ts";
import { pageKey } from "./links.ts";
import type { ReadableCitation } from "./passages.ts";

/** A text that cites what its model's vendor found in the way that it cites what was read here. */
export interface Vouched {
  readonly text: string;
  /** What its citations name: to be taken at the vendor's word. */
  readonly passages: readonly ReadableCitation[];
}

/** Far above the numbers of what was read here. */
const firstId = 90_001;

const address = String.raw`<?https?://(?:[^\s<>()]|\([^\s<>()]*\))+>?`;
const linkTo = new RegExp(String.raw`\[(?:[^[\]\n]|\[[^[\]\n]*\])*\]\((${address})(?:\s+"[^"\n]*")?\)`, "gu");
const inBrackets = new RegExp(
  String.raw`[ \t]*\((?:\s*[,;]?\s*${linkTo.source.replace("(<?", "(?:<?")})+\s*\)`,
  "gu",
);

/** `next`: how many of what other texts of the answer cite stand before. */
export function vouched({ text, found = [] }: TextPart, next: number): Vouched {
  const passages = found.map(({ source, quote = "" }, index): ReadableCitation => ({
    id: `s${firstId + next + index}`,
    source,
    text: quote,
  }));
  if (passages.length === 0) return { text, passages };
  const idAt = (index: number): string => passages[index]?.id ?? "";
  return { text: byLink(byNumber(byPlace(text, found, idAt), found, idAt), found, idAt), passages };
}

/** Behind what was said when it was told. From the end on, so that places stay where they are. */
function byPlace(text: string, found: readonly FoundSource[], idAt: (index: number) => string): string {
  const placed = found
    .flatMap(({ at }, index) => (at === undefined ? [] : [{ at, id: idAt(index) }]))
    .toSorted((one, other) => one.at - other.at);
  let whole = text;
  for (const { at, id } of placed.toReversed()) {
    const to = whole.slice(0, at).trimEnd().length;
    whole = `${whole.slice(0, to)} [${id}]${whole.slice(to)}`;
  }
  return whole;
}

/** A number that names nothing found is left: it will be taken out as one without a source. */
function byNumber(text: string, found: readonly FoundSource[], idAt: (index: number) => string): string {
  if (!found.some(({ number }) => number !== undefined)) return text;
  let whole = text;
  for (const { from, to, cites } of findMarkers(text, { bare: true }).toReversed()) {
    if (cites.length > 0) continue;
    const named = numbersIn(text.slice(from, to)).flatMap((number) => {
      const index = found.findIndex((each) => each.number === number);
      return index < 0 ? [] : [idAt(index)];
    });
    if (named.length > 0) whole = `${whole.slice(0, from)} [${named.join(", ")}]${whole.slice(to)}`;
  }
  return whole;
}

function numbersIn(marker: string): readonly number[] {
  const bare = marker.replace(/†.*$/u, "");
  return Array.from(bare.matchAll(/(\d+)(?:\s*[–-]\s*(\d+))?/gu), ([, first, last]) => {
    const from = Number(first);
    const count = last === undefined ? 1 : Math.min(20, Math.max(1, Number(last) - from + 1));
    return Array.from({ length: count }, (_, index) => from + index);
  }).flat();
}

/** Links in brackets that only name the source become its number; others get it behind them. */
function byLink(text: string, found: readonly FoundSource[], idAt: (index: number) => string): string {
  const ids = new Map<string, string>();
  for (const [index, { source, at, number }] of found.entries())
    if (source.url !== undefined && at === undefined && number === undefined)
      ids.set(pageKey(source.url), ids.get(pageKey(source.url)) ?? idAt(index));
  if (ids.size === 0) return text;
  const idOf = (link: string): string | undefined => ids.get(pageKey(link.replaceAll(/^<|>$/gu, "")));
  const shortened = text.replaceAll(inBrackets, (whole: string) => {
    const named = Array.from(whole.matchAll(linkTo), ([, link = ""]) => idOf(link));
    return named.every((id) => id !== undefined) ? ` [${named.join(", ")}]` : whole;
  });
  return shortened.replaceAll(linkTo, (whole: string, link: string) => {
    const id = idOf(link);
    return id === undefined ? whole : `${whole} [${id}]`;
  });
}
