import { findPatches, type Patch } from "./components.ts";
import { heightOf, type Pixels, widthOf } from "./pixels.ts";

/** How far from the ground a pixel has to be to count as ink, 0 to 255. */
const contrast = 60;

/** What is written on a page of one byte per pixel, whether it is dark on light or light on dark. */
export interface Ink {
  /** 1 where there is ink. */
  readonly marks: Uint8Array;
  /** The page's own brightness: the most common one. */
  readonly ground: number;
}

export function findInk({ data }: Pixels): Ink {
  const counts = new Uint32Array(256);
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1;
  const ground = counts.indexOf(Math.max(...counts));
  const marks = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1)
    if (Math.abs((data[at] ?? ground) - ground) > contrast) marks[at] = 1;
  return { marks, ground };
}

/** What is higher than this is no letter, in pixels; nor is what is lower than the other. */
const [lowestLetter, highestLetter] = [5, 120];

/** The patches of ink that may be letters or signs: not rules, frames, nor the table that a page lies on. */
export function findLetters(page: Pixels): Patch[] {
  return findPatches(findInk(page).marks, page.width).filter(
    (patch) =>
      widthOf(patch) <= 3 * heightOf(patch) &&
      heightOf(patch) >= lowestLetter &&
      heightOf(patch) <= highestLetter,
  );
}

/** How high the larger ones are, in pixels; undefined where there are too few to tell. */
export function heightOfLetters(letters: readonly Patch[]): number | undefined {
  const heights = letters.map(heightOf).toSorted((a, b) => a - b);
  return heights.length < 12 ? undefined : heights[Math.floor(heights.length * 0.75)];
}

/** The share of a page's width or height that a rule runs on for at least, and the fewest pixels. */
const ruleShare = 0.12;
const shortestRule = 80;
/** How many pixels beside a rule belong to its soft edge. */
const softEdge = 2;

/** A page without the rules of its tables, which Tesseract takes for letters, or for the end of a line. */
export function eraseRules(page: Pixels): Pixels {
  const { width, height } = page;
  const { marks, ground } = findInk(page);
  const rules = new Uint8Array(marks.length);
  for (let y = 0; y < height; y += 1) markRuns(marks, rules, { start: y * width, step: 1, count: width });
  for (let x = 0; x < width; x += 1) markRuns(marks, rules, { start: x, step: width, count: height });
  const data = new Uint8Array(page.data);
  for (let at = 0; at < rules.length; at += 1) {
    if (rules[at] === 0) continue;
    for (let off = -softEdge; off <= softEdge; off += 1) {
      if (at + off >= 0 && at + off < data.length) data[at + off] = ground;
      const beside = at + off * width;
      if (beside >= 0 && beside < data.length) data[beside] = ground;
    }
  }
  return { data, width, height };
}

function markRuns(
  from: Uint8Array,
  to: Uint8Array,
  { start, step, count }: { start: number; step: number; count: number },
): void {
  const shortest = Math.max(shortestRule, count * ruleShare);
  let begun = 0;
  for (let index = 0; index <= count; index += 1) {
    if (index < count && from[start + index * step] === 1) continue;
    if (index - begun >= shortest) for (let run = begun; run < index; run += 1) to[start + run * step] = 1;
    begun = index + 1;
  }
}
