import { readFileSync } from "node:fs";

/** The outlines of a font's letters, a thousand units high, on a line at 0. */
interface Letters {
  readonly glyphs: Readonly<Record<string, { readonly width: number; readonly path: string }>>;
}

let letters: Letters["glyphs"] | undefined;

/** Read when first needed, and once. */
function load(): Letters["glyphs"] {
  letters ??= (JSON.parse(readFileSync(new URL("glyphs.json", import.meta.url), "utf8")) as Letters).glyphs;
  return letters;
}

/** Where a text stands: `x` is its left end, or its right one, or its middle. */
export interface TextPlace {
  readonly x: number;
  /** The line that its letters stand on. */
  readonly y: number;
  readonly size: number;
  readonly color: string;
  readonly align?: "left" | "right" | "middle";
}

/**
 * A text as SVG shapes: drawn as letters, it would need a font of the machine, and a slim container has none. Letters that
 * are not in the file (it has those of ASCII) become question marks.
 */
export function drawText(text: string, { x, y, size, color, align = "left" }: TextPlace): string {
  const scale = size / 1000;
  const left = x - textWidth(text, size) * { left: 0, middle: 0.5, right: 1 }[align];
  let at = 0;
  const paths = Array.from(text, (letter) => {
    const { width, path } = glyphOf(letter);
    const drawn = path === "" ? "" : `<path transform="translate(${at})" d="${path}"/>`;
    at += width;
    return drawn;
  });
  return `<g fill="${color}" transform="translate(${left.toFixed(1)} ${y.toFixed(1)}) scale(${scale})">${paths.join("")}</g>`;
}

/** In the units of `size`. */
export function textWidth(text: string, size: number): number {
  return (Array.from(text).reduce((sum, letter) => sum + glyphOf(letter).width, 0) * size) / 1000;
}

const nothing = { width: 0, path: "" };

function glyphOf(letter: string): Letters["glyphs"][string] {
  const glyphs = load();
  return glyphs[letter] ?? glyphs["?"] ?? nothing;
}
