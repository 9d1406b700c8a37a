/** Where a text ends best, the best first: a paragraph, a line, a sentence, a word. */
const ends = [/\n\s*\n/gu, /\n/gu, /(?<=[.!?…]["'”’)]?)\s|(?<=[。！？][」』”]?)/gu, /\s/gu] as const;

/** A text in slices of at most so many UTF-16 units, as [start, end): none ends before its middle where it can end better after. */
export function sliceText(text: string, most: number): readonly (readonly [start: number, end: number])[] {
  const slices: (readonly [number, number])[] = [];
  let start = 0;
  while (text.length - start > most) {
    const end = start + endOf(text.slice(start, start + most));
    slices.push([start, end]);
    start = end;
  }
  return start < text.length || slices.length === 0 ? [...slices, [start, text.length]] : slices;
}

function endOf(window: string): number {
  for (const pattern of ends) {
    let best = 0;
    for (const { index, 0: found } of window.matchAll(pattern)) best = index + found.length;
    if (best > window.length / 2) return best;
  }
  const middleOfPair = /[\uD800-\uDBFF]$/u.test(window) ? 1 : 0;
  return Math.max(1, window.length - middleOfPair);
}
