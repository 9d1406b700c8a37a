/** One locale for all, so that a split does not depend on the machine. Made when it is first used: the first one takes a while. */
const segmenter = (granularity: "grapheme" | "sentence"): (() => Intl.Segmenter) => {
  let made: Intl.Segmenter | undefined;
  return () => (made ??= new Intl.Segmenter("en", { granularity }));
};
const graphemes = segmenter("grapheme");
const sentences = segmenter("sentence");

/** What a reader takes for one character: an emoji family, a Hangul syllable of several letters, a letter with its accents. */
export function splitGraphemes(text: string): string[] {
  return Array.from(graphemes().segment(text), ({ segment }) => segment);
}

/** No real character is longer, in UTF-16 units; what is, such as a letter under a thousand accents, may be split. */
const longest = 64;

/** Rounds an offset (in UTF-16 units) down to where a grapheme begins. */
export function graphemeStarts(text: string): (offset: number) => number {
  const segments = graphemes().segment(text);
  return (offset) => {
    const { index, segment } = segments.containing(offset) ?? { index: text.length, segment: "" };
    if (segment.length <= longest) return index;
    const insidePair =
      /[\udc00-\udfff]/u.test(text.charAt(offset)) && /[\ud800-\udbff]/u.test(text.charAt(offset - 1));
    return insidePair ? offset - 1 : offset;
  };
}

/** Where the sentence begins that stands at this offset: the end of the one before it and of the space between. */
export function sentenceStart(text: string, offset: number): number {
  return sentences().segment(text).containing(offset)?.index ?? text.length;
}
