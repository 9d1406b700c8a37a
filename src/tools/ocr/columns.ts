import { type Pixels, transpose } from "./pixels.ts";
import { lineMargin, type MaskLimits, maskSubtitles } from "./subtitle-mask.ts";

/** Darker than this is ink, on white. */
const ink = 128;
/** The room between two signs that are set side by side, as a share of their size. */
const gap = 0.12;
/** No sign is taller, as a share of its size. */
const tallest = 1.15;
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

/** Rows of a column, the last one included. */
interface Rows {
  readonly top: number;
  readonly bottom: number;
}

/** Cuts a column into its signs: they stand at even distances, also the low ones and those of several pieces. */
function signsOf(column: Pixels): Column {
  const { data, width } = column;
  const size = width - 2 * lineMargin;
  const signs = intoCells(inkedRows(column), size).map(({ top, bottom }) => ({
    data: data.subarray(top * width, (bottom + 1) * width),
    width,
    height: bottom - top + 1,
  }));
  return { signs: signs.map((sign) => upright(sign, size)), size };
}

/** Where a column is not empty from side to side. */
function inkedRows({ data, width, height }: Pixels): Rows[] {
  const found: { top: number; bottom: number }[] = [];
  for (let y = 0; y < height; y += 1) {
    if (data.subarray(y * width, (y + 1) * width).every((value) => value > ink)) continue;
    const last = found.at(-1);
    if (last?.bottom === y - 1) last.bottom = y;
    else found.push({ top: y, bottom: y });
  }
  return found;
}

/** Puts pieces together that stand in one cell; the cells are counted from the last sign that fills one. */
function intoCells(pieces: readonly Rows[], size: number): Rows[] {
  const pitch = pitchOf(pieces, size);
  const [{ top: start } = { top: 0 }] = pieces;
  // Where none fills a cell, the first one begins with the first piece.
  let anchor = pieces.find((piece) => fills(piece, size)) ?? { top: start, bottom: start + size };
  const cells: { top: number; bottom: number; cell: number }[] = [];
  let counted = 0;
  for (const { top, bottom } of pieces) {
    const cell: number = counted + Math.round((middle({ top, bottom }) - middle(anchor)) / pitch);
    if (fills({ top, bottom }, size)) [anchor, counted] = [{ top, bottom }, cell];
    const last = cells.at(-1);
    if (last?.cell === cell && bottom - last.top < size * tallest) last.bottom = bottom;
    else cells.push({ top, bottom, cell });
  }
  return cells;
}

/** From the middle of one sign to that of the next. */
function pitchOf(pieces: readonly Rows[], size: number): number {
  const whole = pieces.filter((piece) => fills(piece, size)).map(middle);
  const steps = whole
    .map((at, index) => at - (whole[index - 1] ?? Number.NEGATIVE_INFINITY))
    .filter((step) => step < size * 1.5)
    .toSorted((a, b) => a - b);
  return steps[steps.length >> 1] ?? size * (1 + gap);
}

const middle = ({ top, bottom }: Rows): number => (top + bottom) / 2;
const fills = ({ top, bottom }: Rows, size: number): boolean =>
  bottom - top > size * 0.75 && bottom - top < size * tallest;

/** The stroke that lengthens a vowel runs along the column: in a line it lies. */
function upright(sign: Pixels, size: number): Pixels {
  const { from, to } = inkAcross(sign);
  return to - from < size * 0.3 && sign.height > size * 0.6 ? transpose(sign, 1) : sign;
}

/** From the first to the last of a sign's pixels, from left to right. */
function inkAcross({ data, width, height }: Pixels): { readonly from: number; readonly to: number } {
  const inked = Array.from({ length: width }, (_, x) => x).filter((x) =>
    Array.from({ length: height }, (_, y) => data[y * width + x] ?? 255).some((value) => value <= ink),
  );
  return { from: inked.at(0) ?? 0, to: (inked.at(-1) ?? -1) + 1 };
}

/** Small signs stand at the top right of their cell in a column; in a line they stand on it, and commas at its left. */
function placeOf(sign: Pixels, size: number): { readonly left: number; readonly bottom: number } {
  const { from, to } = inkAcross(sign);
  const [wide, high] = [(to - from) / size, sign.height / size];
  const isMark = wide < 0.45 && high < 0.45;
  const isSmall = wide < 0.82 && high < 0.62;
  return {
    left: isMark ? Math.round(size * 0.1) - from : Math.round((size - sign.width) / 2),
    bottom: Math.round(isMark || isSmall ? size * 0.95 : (size + sign.height) / 2),
  };
}

function setInLine({ signs, size }: Column): Pixels {
  const step = Math.round(size * (1 + gap));
  const [width, height] = [signs.length * step + 2 * lineMargin, Math.round(size * 1.2) + 2 * lineMargin];
  const data = new Uint8Array(width * height).fill(255);
  for (const [index, sign] of signs.entries()) {
    const place = placeOf(sign, size);
    const left = lineMargin + index * step + place.left;
    const top = Math.round((height - size) / 2) + place.bottom - sign.height;
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
