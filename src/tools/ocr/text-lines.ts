import type { Patch } from "./components.ts";
import { type Box, boundsOf, heightOf, widthOf } from "./pixels.ts";

/** A letter, or a stroke of one. */
export interface Glyph extends Patch {
  /** How bright it is, 0 to 255. */
  readonly peak: number;
}

/** A line of text: the glyphs in no order, and the box around them. */
export interface TextLine extends Box {
  readonly glyphs: readonly Glyph[];
}

/** The least extent of what can start or continue a line, in pixels; dots join afterwards. */
const leastExtent = 10;
/** How much duller than the text's own colour a glyph may be, 0 to 255. */
const colourSpread = 40;

/**
 * Sorts glyphs into lines of text, top to bottom, and drops what stands in none: a line has several glyphs of one
 * brightness side by side, and stands above, below or beside the picture's main line.
 */
export function findTextLines(glyphs: readonly Glyph[]): TextLine[] {
  const colour = Math.max(...gatherLines(glyphs).map(peakOf));
  const lines = gatherLines(glyphs.filter((glyph) => glyph.peak >= colour - colourSpread));
  const [main] = lines;
  if (main === undefined) return [];
  return lines.filter((line) => goesWith(line, main)).toSorted((a, b) => a.top - b.top);
}

/** How much of a line's ink has to be faint for it to lack something without. */
const faintInk = 0.05;

/** The lines with what is faint in them, which begins none by itself; undefined where that is next to nothing. */
export function fillIn(lines: readonly TextLine[], faint: readonly Glyph[]): TextLine[] | undefined {
  const filled = lines.map((line) => {
    const colour = peakOf(line) - colourSpread;
    return grow(line, new Set(faint.filter((glyph) => glyph.peak >= colour && isNoSpeck(glyph, line))));
  });
  const isLess = filled.every((line, index) => {
    const before = lines[index];
    return before !== undefined && inkOf(line) <= inkOf(before) * (1 + faintInk);
  });
  return isLess ? undefined : filled;
}

/** Most ink first. */
function gatherLines(glyphs: readonly Glyph[]): TextLine[] {
  const seeds = glyphs.filter((glyph) => Math.max(heightOf(glyph), widthOf(glyph)) >= leastExtent);
  const free = new Set(glyphs);
  const lines: TextLine[] = [];
  for (const row of chain(seeds).toSorted(byInk)) {
    const own = row.glyphs.filter((glyph) => free.has(glyph));
    const start = lineOf(own);
    if (start === undefined || !looksLikeText(start)) continue;
    for (const glyph of own) free.delete(glyph);
    lines.push(grow(start, free));
  }
  return lines.toSorted(byInk);
}

/** Joins glyphs from left to right that stand close together in one row. */
function chain(glyphs: readonly Glyph[]): TextLine[] {
  const rows: TextLine[] = [];
  for (const glyph of glyphs.toSorted((a, b) => a.left - b.left)) {
    let best = -1;
    let most = 0.5;
    for (const [index, row] of rows.entries()) {
      const height = heightOf(row);
      const overlap = Math.min(row.bottom, glyph.bottom) - Math.max(row.top, glyph.top) + 1;
      const share = overlap / Math.min(height, heightOf(glyph));
      const close = glyph.left - row.right <= 1.2 * height;
      if (close && share > most && heightOf(glyph) <= 2.5 * height) {
        best = index;
        most = share;
      }
    }
    const row = rows[best];
    if (row === undefined) rows.push({ ...boundsOf([glyph]), glyphs: [glyph] });
    else rows[best] = { ...boundsOf([row, glyph]), glyphs: [...row.glyphs, glyph] };
  }
  return rows;
}

/**
 * Takes in everything free in the line's row, nearest first: stacked parts of syllables (they chain to rows of their
 * own), dots, accents, words after a wide gap.
 */
function grow(line: TextLine, free: Set<Glyph>): TextLine {
  let grown = line;
  for (;;) {
    const joining = [...free].filter((glyph) => belongsTo(glyph, grown));
    if (joining.length === 0) return grown;
    for (const glyph of joining) free.delete(glyph);
    grown = { ...boundsOf([grown, ...joining]), glyphs: [...grown.glyphs, ...joining] };
  }
}

function belongsTo(glyph: Glyph, line: TextLine): boolean {
  const height = heightOf(line);
  const middle = (glyph.top + glyph.bottom) / 2;
  return (
    glyph.pixels.length >= (height / 16) ** 2 &&
    heightOf(glyph) <= height * 1.2 &&
    middle >= line.top &&
    middle <= line.bottom + height * 0.1 &&
    glyph.right >= line.left - height * 1.2 &&
    glyph.left <= line.right + height * 1.2
  );
}

/** Beyond a line's ends, what is small and faint is a speck of the picture. */
function isNoSpeck(glyph: Glyph, line: TextLine): boolean {
  const isWithin = glyph.left >= line.left && glyph.right <= line.right;
  return isWithin || heightOf(glyph) >= heightOf(line) * 0.4;
}

function looksLikeText(line: TextLine): boolean {
  return line.glyphs.length >= 2 && heightOf(line) >= 14 && widthOf(line) >= heightOf(line);
}

/** A line of similar height that is not a speck off to the side. */
function goesWith(line: TextLine, main: TextLine): boolean {
  const height = heightOf(line) / heightOf(main);
  const share = inkOf(line) / inkOf(main);
  const overlap = Math.min(line.right, main.right) - Math.max(line.left, main.left) + 1;
  const aside = overlap < widthOf(line) / 2 && overlap < widthOf(main) / 2;
  return height >= 0.4 && height <= 1.8 && share >= 0.04 && (!aside || share >= 0.25);
}

function lineOf(glyphs: readonly Glyph[]): TextLine | undefined {
  return glyphs.length === 0 ? undefined : { ...boundsOf(glyphs), glyphs };
}

function byInk(a: TextLine, b: TextLine): number {
  return inkOf(b) - inkOf(a);
}

function inkOf(line: TextLine): number {
  return line.glyphs.reduce((sum, glyph) => sum + glyph.pixels.length, 0);
}

/** The brightness of its typical glyph: the median. */
function peakOf(line: TextLine): number {
  const peaks = line.glyphs.map((glyph) => glyph.peak).toSorted((a, b) => a - b);
  return peaks[Math.floor(peaks.length / 2)] ?? 0;
}
