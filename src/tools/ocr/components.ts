import type { Box } from "./pixels.ts";

/** A connected patch of marked pixels. */
export interface Patch extends Box {
  /** Where its pixels are: row times the picture's width plus column. */
  readonly pixels: readonly number[];
}

/** The connected patches (diagonals connect too) of the marked pixels: those of 1, in rows of `width`. */
export function findPatches(marks: Uint8Array, width: number): Patch[] {
  const seen = new Uint8Array(marks.length);
  const patches: Patch[] = [];
  for (let start = 0; start < marks.length; start += 1) {
    if (marks[start] === 1 && seen[start] === 0) patches.push(collect(start, { marks, width, seen }));
  }
  return patches;
}

function collect(
  start: number,
  { marks, width, seen }: { marks: Uint8Array; width: number; seen: Uint8Array },
): Patch {
  const pixels = [start];
  seen[start] = 1;
  let [left, right, last] = [start % width, start % width, start];
  for (let next = 0; next < pixels.length; next += 1) {
    const at = pixels[next] ?? start;
    const x = at % width;
    if (x < left) left = x;
    if (x > right) right = x;
    if (at > last) last = at;
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
  // Rows are gone through from the top: the first pixel is in the topmost.
  return { pixels, left, right, top: Math.floor(start / width), bottom: Math.floor(last / width) };
}
