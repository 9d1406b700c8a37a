import { expect, test } from "vitest";
import type { Pixels } from "../../../src/tools/ocr/pixels.ts";
import { maskSubtitles, tightLimits } from "../../../src/tools/ocr/subtitle-mask.ts";

type Colour = readonly [number, number, number];
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];
const gray: Colour = [150, 150, 150];

function createFrame(ground: Colour): Pixels & { paint(box: readonly number[], colour: Colour): void } {
  const [width, height] = [800, 450];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at += 3) data.set(ground, at);
  return {
    data,
    width,
    height,
    paint([left = 0, top = 0, wide = 0, high = 0], colour) {
      for (let y = top; y < top + high; y += 1) {
        for (let x = left; x < left + wide; x += 1) data.set(colour, 3 * (y * width + x));
      }
    },
  };
}

/** A row of bars that stand for letters, each with an outline if wanted. */
function write(
  frame: ReturnType<typeof createFrame>,
  text: { top: number; colour: Colour; outline?: Colour; letters?: number },
): void {
  for (let letter = 0; letter < (text.letters ?? 8); letter += 1) {
    const left = 300 + letter * 24;
    if (text.outline) frame.paint([left - 3, text.top - 3, 16, 36], text.outline);
    frame.paint([left, text.top, 10, 30], text.colour);
  }
}

const linesIn = (frame: Pixels): Pixels[] => maskSubtitles(frame, tightLimits)[0];

const darkest = (line: Pixels | undefined): number => Math.min(...(line?.data ?? [255]));

test("outlined white text on a bright picture is kept, dark on white, line by line", () => {
  const frame = createFrame(gray);
  write(frame, { top: 300, colour: white, outline: black });
  write(frame, { top: 350, colour: white, outline: black, letters: 5 });
  const lines = linesIn(frame);
  expect(lines.map(({ height }) => height)).toEqual([60, 60]);
  expect(lines.map(({ width }) => width)).toEqual([178 + 30, 106 + 30]);
  expect(lines.map(darkest)).toEqual([0, 0]);
  expect(lines[0]?.data[0]).toBe(255);
});

test("yellow text is text, orange tiles are not", () => {
  const yellow = createFrame(gray);
  write(yellow, { top: 300, colour: [255, 230, 0], outline: black });
  expect(linesIn(yellow)).toHaveLength(1);
  const orange = createFrame(gray);
  write(orange, { top: 300, colour: [220, 160, 60], outline: black });
  expect(linesIn(orange)).toEqual([]);
});

test("bright shapes without a dark outline are part of the picture", () => {
  const frame = createFrame(gray);
  write(frame, { top: 300, colour: white });
  expect(linesIn(frame)).toEqual([]);
});

test("specks duller than the text, or far from its lines, are dropped", () => {
  const frame = createFrame(gray);
  write(frame, { top: 300, colour: white, outline: black });
  write(frame, { top: 100, colour: [205, 205, 205], outline: black });
  frame.paint([37, 37, 16, 16], black);
  frame.paint([40, 40, 10, 10], white);
  expect(linesIn(frame)).toHaveLength(1);
});

test("the stacked parts of a syllable at the line's end stay in the line", () => {
  const frame = createFrame(gray);
  write(frame, { top: 300, colour: white, outline: black, letters: 6 });
  frame.paint([457, 297, 26, 36], black);
  frame.paint([460, 300, 20, 11], white);
  frame.paint([460, 318, 20, 11], white);
  const [line, ...more] = linesIn(frame);
  expect(more).toEqual([]);
  expect(line?.width).toBe(180 + 30);
});

test("a frame of one colour has no subtitle", () => {
  expect(linesIn(createFrame(white))).toEqual([]);
  expect(linesIn(createFrame(black))).toEqual([]);
});
