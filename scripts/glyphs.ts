/** Writes the outlines of the letters that pictures are labelled with: no machine needs a font to draw them. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Opentype from "opentype.js";

const require = createRequire(import.meta.url);
const { parse } = require("opentype.js") as typeof Opentype;
const file = readFileSync(require.resolve("@fontsource/inter/files/inter-latin-500-normal.woff"));
const font = parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));

/** Letters are a thousand units high, so that whole numbers are exact enough. */
const em = 1000;
const printable = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => String.fromCodePoint(0x20 + index));
const glyphs = [...printable, "·", "…"].map((letter) => {
  const glyph = font.charToGlyph(letter);
  const width = Math.round(((glyph.advanceWidth ?? 0) / font.unitsPerEm) * em);
  return [letter, { width, path: glyph.getPath(0, 0, em).toPathData(0) }];
});
writeFileSync(
  new URL("../src/usage/glyphs.json", import.meta.url),
  `${JSON.stringify({ from: "Inter Medium; see glyphs.license.txt", glyphs: Object.fromEntries(glyphs) }, undefined, 1)}\n`,
);
