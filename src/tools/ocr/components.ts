import type { Box, Pixels } from "./pixels.ts";

/** A connected patch of marked pixels. */
export interface Component extends Box {
  /** Where its pixels are: row times the picture's width plus column. */
  readonly pixels: readonly number[];
  /** How many of its pixels touch an unmarked one. */
  readonly edge: number;
  /** How many of those have the dark close by. */
  readonly ringed: number;
  /** The highest value of red or green within it: white and yellow text alike come close to 255. */
  readonly peak: number;
}

/** A picture and what was found in it, one byte of 0 or 1 per pixel. */
interface Marked {
  readonly rgb: Pixels;
  /** The pixels that components are made of. */
  readonly marks: Uint8Array;
  readonly nearDark: Uint8Array;
}

/** The connected patches (diagonals connect too) of the marked pixels. */
export function findComponents(picture: Marked): Component[] {
  const { marks } = picture;
  const seen = new Uint8Array(marks.length);
  const components: Component[] = [];
  for (let start = 0; start < marks.length; start += 1) {
    if (marks[start] === 1 && seen[start] === 0) {
      components.push(measure(collect(start, picture, seen), picture));
    }
  }
  return components;
}

function collect(start: number, { marks, rgb: { width } }: Marked, seen: Uint8Array): number[] {
  const pixels = [start];
  seen[start] = 1;
  for (let next = 0; next < pixels.length; next += 1) {
    const at = pixels[next] ?? start;
    const x = at % width;
    const from = x === 0 ? 0 : -1;
    const to = x === width - 1 ? 0 : 1;
    for (let row = at - width; row <= at + width; row += width) {
      for (let beside = row + from; beside <= row + to; beside += 1) {
        if (marks[beside] === 1 && seen[beside] === 0) {
          seen[beside] = 1;
          pixels.push(beside);
        }
      }
    }
  }
  return pixels;
}

function measure(pixels: readonly number[], { rgb, marks, nearDark }: Marked): Component {
  const { data, width } = rgb;
  let [left, right, first, last, edge, ringed, peak] = [width, 0, marks.length, 0, 0, 0, 0];
  for (const at of pixels) {
    const x = at % width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    first = Math.min(first, at);
    last = Math.max(last, at);
    peak = Math.max(peak, data[3 * at] ?? 0, data[3 * at + 1] ?? 0);
    if (isInside(at, marks, width)) continue;
    edge += 1;
    ringed += nearDark[at] ?? 0;
  }
  const [top, bottom] = [Math.floor(first / width), Math.floor(last / width)];
  return { pixels, left, right, top, bottom, edge, ringed, peak };
}

function isInside(at: number, marks: Uint8Array, width: number): boolean {
  return marks[at - 1] === 1 && marks[at + 1] === 1 && marks[at - width] === 1 && marks[at + width] === 1;
}
