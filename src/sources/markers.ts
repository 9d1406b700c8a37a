/** A citation as a model writes it. */
export interface Marker {
  /** Where it stands, with the space before it. */
  readonly from: number;
  readonly to: number;
  readonly cites: readonly { readonly id: string; readonly words: string }[];
}

/** Words in quotation marks, which end where the next citation or the bracket follows: they may hold such marks themselves. */
const words = String.raw`["“”„«「『'‘](?<words>[^\n]{0,600}?)["”“»」』'’](?=\s*(?:[;,]?\s*s\d|[\]】］]))`;
const one = String.raw`s\d{1,5}(?:\s*[:,]?\s*${words.replace("?<words>", "?:")})?`;
const marker = new RegExp(
  String.raw`(?<![ \t])[ \t]*[[【［]\s*${one}(?:\s*[;,]?\s*${one}){0,9}\s*[\]】］](?:\([^()\s]{0,500}\))?`,
  "giu",
);
const item = new RegExp(String.raw`s(?<id>\d{1,5})(?:\s*[:,]?\s*${words})?`, "giu");
/** A number in brackets is how citations are shown: a model that writes one itself claims what nobody has looked at. */
const number = String.raw`[[【]\d{1,2}(?:\s*[,–-]\s*\d{1,2})*(?:†[^\]】\n]{0,60})?[\]】]`;
const bare = new RegExp(
  String.raw`(?<![ \t])[ \t]*(?<!(?<!\w)\w|[\]!)\x60])${number}(?: ?${number})*(?!\(|:|\[)`,
  "gu",
);
const code = /```[^]*?(?:```|$)|~~~[^]*?(?:~~~|$)|(?<tick>`+)(?!`)[^\n]*?(?<!`)\k<tick>(?!`)/gu;

/** The citations of a text, in order; none of them in code. `bare`: also plain numbers in brackets, which cite nothing. */
export function findMarkers(text: string, options: { readonly bare: boolean }): readonly Marker[] {
  const cited = matchesOf(text, marker).map(([found, from]): Marker => {
    const cites = Array.from(found.matchAll(item), ({ groups = {} }) => ({
      id: `s${groups["id"] ?? ""}`,
      words: groups["words"] ?? "",
    }));
    return { from, to: from + found.length, cites };
  });
  if (!options.bare) return cited;
  const isCited = (at: number): boolean => cited.some(({ from, to }) => at >= from && at < to);
  const numbers = matchesOf(text, bare)
    .filter(([, from]) => !isCited(from))
    .map(([found, from]): Marker => ({ from, to: from + found.length, cites: [] }));
  return [...cited, ...numbers].toSorted((one, other) => one.from - other.from);
}

/** Where code stands in a text. */
export const codeIn = (text: string): readonly { readonly from: number; readonly to: number }[] =>
  Array.from(text.matchAll(code), ({ 0: found, index }) => ({ from: index, to: index + found.length }));

function matchesOf(text: string, pattern: RegExp): readonly [found: string, at: number][] {
  const all = Array.from(text.matchAll(pattern), ({ 0: found, index }): [string, number] => [found, index]);
  if (all.length === 0) return [];
  const hidden = codeIn(text);
  return all.filter(([, at]) => !hidden.some(({ from, to }) => at >= from && at < to));
}

/** Longer than any citation: what is open for so long is none. */
const longestOpen = 1_000;
const open = /(?<![ \t])[ \t]*(?:[[【［](?:\s*(?:s(?:\d[^\n]*)?)?)?)?$/iu;

/** Keeps citations from who reads an answer while it grows: gives of each piece what can be shown by now. */
export function createMarkerFilter(): { push(text: string): string; end(): string } {
  let waiting = "";
  const hide = (text: string): string => text.replaceAll(marker, "");
  return {
    push(text) {
      waiting = hide(waiting + text);
      const from = open.exec(waiting)?.index ?? waiting.length;
      const cut = waiting.length - from > longestOpen ? waiting.length : from;
      const shown = waiting.slice(0, cut);
      waiting = waiting.slice(cut);
      return shown;
    },
    end() {
      const rest = hide(waiting);
      waiting = "";
      return rest;
    },
  };
}
