import type { CitedSource, Source } from "../message.ts";
import { shorten } from "../text/shorten.ts";
import { sourceKey } from "../text/source-name.ts";
import { detectLanguage } from "../words/detect-language.ts";
import { excerpt } from "./excerpt.ts";
import { findMarkers, type Marker } from "./markers.ts";
import { holdsWords, sharesWords, tokensOf } from "./match.ts";
import type { ReadableCitation } from "./passages.ts";

/** Texts with their citations checked. */
export interface Checked {
  /** With the numbers of `cited` where citations held, and nothing where they did not. */
  readonly texts: readonly string[];
  readonly cited: readonly CitedSource[];
  /** Claims whose citations named nothing that was read. */
  readonly unsourced: readonly string[];
  /** Claims whose passages were read and do not hold what was cited of them. */
  readonly misquoted: readonly string[];
}

interface Cite {
  readonly passage: ReadableCitation;
  readonly words: string;
  readonly isVouched: boolean;
}

/** More sources than these nobody reads under an answer that names none. */
const mostAttributed = 5;

/** In a few words anything says the same. */
const leastAttributed = 5;

/** The most that is kept of one source, so that a turn stays small. */
const mostPassages = 4;

/** What an answer may cite. */
interface Citable {
  /** What was read for it. */
  readonly passages: readonly ReadableCitation[];
  /** What was read before and is in view: it may be cited, and nothing rests on it that does not cite it. */
  readonly before: readonly ReadableCitation[];
  /** What is taken at somebody's word, for nobody here has read it. */
  readonly vouched?: readonly ReadableCitation[];
}

/** Keeps the citations that are true. `isNumbered`: whether numbers stand in the texts for them. */
export function checkCitations(
  given: readonly string[],
  { passages: read, before, vouched = [] }: Citable,
  isNumbered = true,
): Checked {
  const passages = [...read, ...vouched];
  const all = [...before, ...passages];
  const byId = new Map(all.map((passage) => [passage.id, passage]));
  const isVouched = new Set(vouched.map(({ id }) => id));
  const found = new Map<string, { source: Source; number: number; cites: Cite[] }>();
  const unsourced: string[] = [];
  const misquoted: string[] = [];

  function numberOf(cite: Cite): number {
    const { source } = cite.passage;
    const key = sourceKey(source);
    const known = found.get(key) ?? { source, number: found.size + 1, cites: [] };
    known.cites.push(cite);
    found.set(key, known);
    return known.number;
  }

  const texts = given.map((text) => {
    let checked = "";
    let at = 0;
    for (const group of groupsIn(findMarkers(text, { bare: all.length > 0 }))) {
      if (group.cites.length === 0 && isOfFile(text.slice(group.from, group.to), all)) continue;
      const claim = claimBefore(text.slice(0, group.from));
      const known = group.cites.flatMap(({ id, words }) => {
        const passage = byId.get(id);
        return passage ? [{ passage, words, isVouched: isVouched.has(id) }] : [];
      });
      const held = holdingOf(known, claim);
      if (held.length === 0) (known.length > 0 ? misquoted : unsourced).push(shownClaim(claim));
      const numbers = [...new Set(held.map(numberOf))];
      checked += text.slice(at, group.from);
      if (isNumbered && numbers.length > 0) checked += ` ${numbers.map((number) => `[${number}]`).join("")}`;
      at = group.to;
    }
    return checked + text.slice(at).replace(cutShort, "");
  });
  if (unsourced.length + misquoted.length + found.size === 0)
    for (const cite of attribute(given, passages)) numberOf(cite);
  return { texts, cited: [...found.values()].map(citedOf), unsourced, misquoted };
}

/** A paper's own references stand in its text as they stand in an answer about it. */
const isOfFile = (marker: string, all: readonly ReadableCitation[]): boolean =>
  all.some(({ source, text }) => source.file !== undefined && text.includes(marker.trim()));

/** A citation that an answer broke off in. */
const cutShort = /(?<![ \t])[ \t]*[[【［]\s*s\d[^\]】］]*$/u;

/** What an answer that cites nothing rests on all the same: the first passage, for each of its sentences, that says it. */
function attribute(texts: readonly string[], passages: readonly ReadableCitation[]): readonly Cite[] {
  if (passages.length === 0) return [];
  const sentences = texts.flatMap((text) => text.split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/u));
  const found = sentences.flatMap((sentence) => {
    if (tokensOf(sentence).length < leastAttributed) return [];
    const passage = passages.find(({ text }) => sharesWords(text, sentence));
    return passage ? [passage] : [];
  });
  return [...new Set(found)]
    .slice(0, mostAttributed)
    .map((passage) => ({ passage, words: "", isVouched: false }));
}

/** What stands side by side belongs to one claim. */
function groupsIn(markers: readonly Marker[]): readonly Marker[] {
  const groups: Marker[] = [];
  for (const marker of markers) {
    const last = groups.at(-1);
    if (last?.to === marker.from)
      groups.splice(-1, 1, { from: last.from, to: marker.to, cites: [...last.cites, ...marker.cites] });
    else groups.push(marker);
  }
  return groups;
}

const holdingOf = (cites: readonly Cite[], claim: string): readonly Cite[] => [
  ...cites.filter(({ isVouched }) => isVouched),
  ...trueOf(
    cites.filter(({ isVouched }) => !isVouched),
    claim,
  ),
];

/** What the claim quotes has to be in one of its passages; each passage has to hold what was copied from it, or what the claim says. */
function trueOf(cites: readonly Cite[], claim: string): readonly Cite[] {
  const quotes = quotesIn(claim);
  const hold = ({ passage: { text } }: Cite, quote: string): boolean =>
    holdsWords(text, quote) || !isSameLanguage(quote, text);
  if (quotes.some((quote) => !cites.some((cite) => hold(cite, quote)))) return [];
  return cites.filter(({ passage: { text }, words }) => {
    if (tells(words)) return holdsWords(text, words);
    return quotes.some((quote) => holdsWords(text, quote)) || sharesWords(text, claim);
  });
}

/** Fewer words than these stand in any text. */
const tells = (words: string): boolean => tokensOf(words).length >= (/[a-z]/iu.test(words) ? 3 : 5);

/** A quotation in another language than its source is a translation. */
function isSameLanguage(quote: string, text: string): boolean {
  const [one, other] = [detectLanguage(quote), detectLanguage(text)];
  return one === undefined || other === undefined || one === other;
}

const quotation = /["“„]([^"“”„\n]+)["”]|「([^」\n]+)」|『([^』\n]+)』|«([^»\n]+)»/gu;

/** Words in quotation marks that are more than a name or a term. */
const quotesIn = (claim: string): readonly string[] =>
  Array.from(claim.matchAll(quotation), (groups) => groups.slice(1).find(Boolean) ?? "").filter(
    (quote) => tokensOf(quote).length >= (/[a-z]/iu.test(quote) ? 4 : 8),
  );

/** Enough to tell which sentence it is, in letters. */
const shownLetters = 60;

/** A claim as it is told to people: without what makes it bold, a link or an item of a list. */
const shownClaim = (claim: string): string =>
  shorten(
    claim
      .replaceAll(/\[([^[\]\n]*)\]\([^()\s]*\)/gu, "$1")
      .replaceAll(/^[\s>#*+.!?;:,。！？；：，、-]+|[*_`|]+|(?<!\s)\s+$/gu, "")
      .replaceAll(/\s+/gu, " "),
    shownLetters,
  );

/** The sentence before a citation, which may stand before or behind its full stop. */
function claimBefore(text: string): string {
  const end = text.replace(/(?<![\s.!?。！？])[\s.!?。！？]+$/u, "");
  const markers = findMarkers(end, { bare: false });
  const from = Math.max(
    markers.at(-1)?.to ?? 0,
    end.lastIndexOf("\n") + 1,
    ...Array.from(end.matchAll(/[.!?](?=\s+["“«\p{Lu}\p{Lo}])|[。！？]/gu), ({ index }) => index + 1),
  );
  return end.slice(from);
}

function citedOf({
  source,
  cites,
}: {
  readonly source: Source;
  readonly cites: readonly Cite[];
}): CitedSource {
  const pieces = new Map(
    cites.map(({ passage, words }) => {
      const piece = excerpt(passage.text, words);
      return [piece.text, piece] as const;
    }),
  );
  return {
    ...source,
    passages: [...pieces.values()].filter(({ text }) => text !== "").slice(0, mostPassages),
  };
}
