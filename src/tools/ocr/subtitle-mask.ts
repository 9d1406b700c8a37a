import { findPatches, type Patch } from "./components.ts";
import { heightOf, type Pixels, widthOf } from "./pixels.ts";
import { fillIn, findTextLines, type TextLine } from "./text-lines.ts";

/** How strict the mask is; all on a scale of 0 to 255 but for `ringShare`. */
export interface MaskLimits {
  /** Text is brighter than this in red, green and blue (yellow: in red and green). */
  readonly bright: number;
  /** An outline or shadow is darker than this. */
  readonly dark: number;
  /** How much of a glyph's edge must have the dark close by, 0 to 1. */
  readonly ringShare: number;
}

/** Fits pictures of 720p and more. */
export const tightLimits: MaskLimits = { bright: 195, dark: 90, ringShare: 0.7 };
/** For small or blurred pictures, where outlines have faded. */
export const relaxedLimits: MaskLimits = { bright: 165, dark: 110, ringShare: 0.5 };

/** For letters whose shadow falls to one side alone: what is hardly ringed has to be brighter. */
export const shadowLimits: MaskLimits = { bright: 220, dark: 120, ringShare: 0.25 };

/** The share of a ring that is enough within a line of ringed glyphs: a shadow falls to one side. */
const faintShare = 0.5;

/** The width that pictures are brought to: the reach of the ring is in pixels of this scale. */
export const maskWidth = 1600;
/** How far outside a glyph's edge its outline is looked for. */
const ringReach = 3;
/** White space around a drawn line, in pixels: Tesseract doubles characters that touch the border. */
export const lineMargin = 15;
/** A glyph is drawn in black where its pixels have this share of its brightness, ... */
const fullInk = 0.8;
/** ... and fades to white where they are as dark as this. */
const noInk = 60;

/**
 * Finds subtitle text: bright strokes with a dark outline or shadow all around, standing in lines. A photo is full
 * of bright spots, but hardly any is ringed. Takes three bytes per pixel and gives the lines from top to bottom, cropped,
 * dark on white, one byte per pixel; a second time with what may belong to them, where there is any.
 */
export function maskSubtitles(rgb: Pixels, limits: MaskLimits): readonly [Pixels[], Pixels[]?] {
  const { bright, nearDark } = classify(rgb, limits);
  const measure = (patch: Patch) => {
    const [peak, ring] = [peakOf(patch, rgb), ringOf(patch, { bright, nearDark, rgb })];
    return { ...patch, peak, ring };
  };
  const patches = findPatches(bright, rgb.width)
    .filter((patch) => hasGlyphSize(patch, rgb))
    .map(measure);
  const glyphs = patches.filter(({ ring }) => ring >= limits.ringShare);
  const faint = patches.filter(
    ({ ring }) => ring < limits.ringShare && ring >= faintShare * limits.ringShare,
  );
  const lines = findTextLines(glyphs);
  const filled = fillIn(lines, faint);
  const drawn = (each: readonly TextLine[]): Pixels[] => each.map((line) => draw(line, rgb));
  return filled ? [drawn(lines), drawn(filled)] : [drawn(lines)];
}

function classify(rgb: Pixels, limits: MaskLimits): { bright: Uint8Array; nearDark: Uint8Array } {
  const { data, width, height } = rgb;
  const bright = new Uint8Array(width * height);
  const dark = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < bright.length; at += 1, from += 3) {
    const red = data[from] ?? 0;
    const green = data[from + 1] ?? 0;
    const blue = data[from + 2] ?? 0;
    const white = red > limits.bright && green > limits.bright && blue > limits.bright;
    const yellow = red > limits.bright && green > red * 0.8 && red - blue > 60;
    if (white || yellow) bright[at] = 1;
    else if (299 * red + 587 * green + 114 * blue < 1000 * limits.dark) dark[at] = 1;
  }
  return { bright, nearDark: dilate(dark, width, height) };
}

/** Marks everything within `ringReach` of a marked pixel, along rows and then along columns. */
function dilate(marks: Uint8Array, width: number, height: number): Uint8Array {
  const rows = new Uint8Array(marks.length);
  for (let y = 0; y < height; y += 1) spread(marks, rows, { start: y * width, step: 1, count: width });
  const both = new Uint8Array(marks.length);
  for (let x = 0; x < width; x += 1) spread(rows, both, { start: x, step: width, count: height });
  return both;
}

function spread(
  from: Uint8Array,
  to: Uint8Array,
  line: { start: number; step: number; count: number },
): void {
  let reach = -1;
  for (let i = 0; i < line.count + ringReach; i += 1) {
    if (i < line.count && from[line.start + i * line.step] === 1) reach = i + ringReach;
    const at = i - ringReach;
    if (at >= 0 && reach >= i - ringReach && reach >= 0 && at <= reach) to[line.start + at * line.step] = 1;
  }
}

function hasGlyphSize(patch: Patch, picture: Pixels): boolean {
  return (
    patch.pixels.length >= Math.max(8, 1.3 * Math.max(widthOf(patch), heightOf(patch))) &&
    heightOf(patch) <= picture.height * 0.13 &&
    widthOf(patch) <= picture.width * 0.25
  );
}

/** How much of a patch's edge has the dark close by, 0 to 1. */
function ringOf(
  { pixels }: Patch,
  { bright, nearDark, rgb: { width } }: { bright: Uint8Array; nearDark: Uint8Array; rgb: Pixels },
): number {
  let [edge, ringed] = [0, 0];
  for (const at of pixels) {
    const isInside =
      bright[at - 1] === 1 && bright[at + 1] === 1 && bright[at - width] === 1 && bright[at + width] === 1;
    if (isInside) continue;
    edge += 1;
    ringed += nearDark[at] ?? 0;
  }
  return ringed / Math.max(1, edge);
}

/** The highest value of red or green within it: white and yellow text alike come close to 255. */
function peakOf({ pixels }: Patch, { data }: Pixels): number {
  let peak = 0;
  for (const at of pixels) peak = Math.max(peak, data[3 * at] ?? 0, data[3 * at + 1] ?? 0);
  return peak;
}

/** Keeps the glyphs' soft edges: dense characters lose strokes when drawn in black and white alone. */
function draw(line: TextLine, rgb: Pixels): Pixels {
  const left = line.left - lineMargin;
  const top = line.top - lineMargin;
  const page = { width: widthOf(line) + 2 * lineMargin, height: heightOf(line) + 2 * lineMargin };
  const data = new Uint8Array(page.width * page.height).fill(255);
  for (const glyph of line.glyphs) {
    const full = glyph.peak * fullInk;
    for (const at of glyph.pixels) {
      for (const near of [at, at - 1, at + 1, at - rgb.width, at + rgb.width]) {
        const light = ((rgb.data[3 * near] ?? 0) + (rgb.data[3 * near + 1] ?? 0)) / 2;
        const ink = Math.max(0, Math.min(1, (light - noInk) / (full - noInk)));
        const x = (near % rgb.width) - left;
        const y = Math.floor(near / rgb.width) - top;
        data[y * page.width + x] = Math.round(255 * (1 - ink));
      }
    }
  }
  return { data, ...page };
}
