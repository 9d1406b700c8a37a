import type { Patch } from "./components.ts";
import type { Pixels } from "./pixels.ts";

/** Pages are seldom photographed more askew than this, in degrees; photos of other things only look so. */
const most = 6;
const coarse = 0.5;
const fine = 0.1;
/** How many pixels of ink are looked at: more tell no more. */
const mostInk = 20_000;

/**
 * By how many degrees a page is to be turned, clockwise, so that its lines lie flat; 0 where that is not clear. The rows
 * of a page that lies flat are either full of ink or empty.
 */
export function findSkew(letters: readonly Patch[], page: Pixels): number {
  const ink = letters.flatMap(({ pixels }) => pixels);
  const every = Math.max(1, Math.floor(ink.length / mostInk));
  const points = ink.filter((_, index) => index % every === 0);
  if (points.length < 200) return 0;
  const flat = contrastOfRows(points, page, 0);
  const best = bestAngle(points, page, { from: -most, to: most, step: coarse });
  const exact = bestAngle(points, page, { from: best - coarse, to: best + coarse, step: fine });
  return contrastOfRows(points, page, exact) > flat * 1.15 ? exact : 0;
}

function bestAngle(
  points: readonly number[],
  page: Pixels,
  { from, to, step }: { from: number; to: number; step: number },
): number {
  let [best, most] = [0, -1];
  for (let angle = from; angle <= to; angle += step) {
    const contrast = contrastOfRows(points, page, angle);
    if (contrast > most) [best, most] = [angle, contrast];
  }
  return best;
}

/** How unevenly the ink lies in the rows of a page that is turned: the sum of their squares. */
function contrastOfRows(points: readonly number[], { width, height }: Pixels, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const rows = new Uint32Array(height + 2 * width);
  for (const at of points) {
    const row = Math.round(Math.floor(at / width) + (at % width) * slope) + width;
    rows[row] = (rows[row] ?? 0) + 1;
  }
  return rows.reduce((sum, count) => sum + count * count, 0);
}
