import { type Pixels, transpose } from "./pixels.ts";
import { lineMargin, type MaskLimits, maskSubtitles } from "./subtitle-mask.ts";

/** Darker than this is ink, on white. */
const ink = 128;
/** The room between two signs that are set side by side, as a share of their size. */
const gap = 0.12;
/** The fewest signs that a column has. */
const fewestSigns = 3;

/**
 * Text that runs in columns from the right, set in lines as a reader of lines knows it: its signs side by side, each as
 * it stands.
 */
export function columnsAsLines(rgb: Pixels, limits: MaskLimits): Pixels[] {
  const [columns] = maskSubtitles(transpose(rgb, 3), limits);
  return columns
    .map((column) => signsOf(transpose(column, 1)))
    .filter(({ signs }) => signs.length >= fewestSigns)
    .map(setInLine)
    .toReversed();
}

interface Column {
  /** From the top, each as wide as the column. */
  readonly signs: readonly Pixels[];
  /** A sign's width and height. */
  readonly size: number;
}

/** Cuts a column where it is empty from side to side; what is lower than a sign goes with its neighbour. */
function signsOf(column: Pixels): Column {
  const { data, width, height } = column;
  const size = width - 2 * lineMargin;
  const isEmpty = (y: number): boolean =>
    data.subarray(y * width, (y + 1) * width).every((value) => value > ink);
  const cuts: { top: number; bottom: number }[] = [];
  for (let y = 0; y < height; y += 1) {
    if (isEmpty(y)) continue;
    const last = cuts.at(-1);
    const continues = last !== undefined && (last.bottom === y - 1 || y - last.top < size * 0.95);
    if (last && continues) last.bottom = y;
    else cuts.push({ top: y, bottom: y });
  }
  const signs = cuts.map(({ top, bottom }) => ({
    data: data.subarray(top * width, (bottom + 1) * width),
    width,
    height: bottom - top + 1,
  }));
  return { signs: signs.map((sign) => upright(sign, size)), size };
}

/** The stroke that lengthens a vowel runs along the column: in a line it lies. */
function upright(sign: Pixels, size: number): Pixels {
  const columns = Array.from({ length: sign.width }, (_, x) => x).filter((x) =>
    Array.from({ length: sign.height }, (_, y) => sign.data[y * sign.width + x] ?? 255).some(
      (value) => value <= ink,
    ),
  );
  const wide = (columns.at(-1) ?? 0) - (columns[0] ?? 0) + 1;
  return wide < size * 0.3 && sign.height > size * 0.6 ? transpose(sign, 1) : sign;
}

function setInLine({ signs, size }: Column): Pixels {
  const step = Math.round(size * (1 + gap));
  const [width, height] = [signs.length * step + 2 * lineMargin, Math.round(size * 1.2) + 2 * lineMargin];
  const data = new Uint8Array(width * height).fill(255);
  for (const [index, sign] of signs.entries()) {
    const left = lineMargin + index * step + Math.round((size - sign.width) / 2);
    const top = Math.round((height - sign.height) / 2);
    for (let y = 0; y < sign.height; y += 1) {
      for (let x = 0; x < sign.width; x += 1) {
        const value = sign.data[y * sign.width + x] ?? 255;
        const at = (top + y) * width + left + x;
        if (top + y >= 0 && top + y < height && value < (data[at] ?? 255)) data[at] = value;
      }
    }
  }
  return { data, width, height };
}
