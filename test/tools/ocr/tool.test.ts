import { expect, test } from "vitest";
import type { ImagePart } from "../../../src/message.ts";
import type { Ocr } from "../../../src/tools/ocr/index.ts";
import { createOcrTool } from "../../../src/tools/ocr/tool.ts";
import type { TranscriptLine } from "../../../src/tools/ocr/transcript.ts";
import type { ToolContext } from "../../../src/tools/tool.ts";
import { english } from "../../../src/words/words.ts";

const picture = (byte: number): ImagePart => ({
  type: "image",
  mimeType: "image/png",
  data: Uint8Array.of(byte),
});

function createContext(images: readonly ImagePart[]): ToolContext {
  const signal = new AbortController().signal;
  const turn = {
    person: "terminal:me",
    job: "job",
    persona: "tutor",
    where: { thread: "fake:kim", place: "dm" },
    words: "",
    seesOthers: true,
    mayOpen: () => true,
    sentences: english,
    origin: async () => ({ placeName: "" }),
  } as const;
  return { ...turn, signal, images, languages: ["ko"] };
}

/** Reads what it is told and keeps what it was asked. */
function createFakeOcr(
  lines: readonly TranscriptLine[],
): Ocr & { asked: { byte: number | undefined; languages: unknown }[] } {
  const asked: { byte: number | undefined; languages: unknown }[] = [];
  return {
    asked,
    async read(bytes, options) {
      asked.push({ byte: bytes[0], languages: options?.languages });
      return { text: lines.map(({ text }) => text).join("\n"), language: "kor", confidence: 88, lines };
    },
    async stop() {},
  };
}

const lines = [
  { text: "안녕", confidence: 95, isDoubtful: false },
  { text: "흐린 줄", confidence: 52, isDoubtful: true },
];

test("the model gets the text, its language, and which lines are uncertain", async () => {
  const { text } = await createOcrTool(createFakeOcr(lines)).run({ picture: 1 }, createContext([picture(1)]));
  expect(text).toContain("안녕\n흐린 줄");
  expect(text).toContain("kor (88 % sure)");
  expect(text).toContain("Uncertain: line 2 (52 %)");
});

test("the picture asked for is read, with the persona's languages unless others are named", async () => {
  const ocr = createFakeOcr(lines);
  const tool = createOcrTool(ocr);
  await tool.run({ picture: 2 }, createContext([picture(1), picture(2)]));
  await tool.run({ picture: 1, languages: ["ja"] }, createContext([picture(1), picture(2)]));
  expect(ocr.asked).toEqual([
    { byte: 2, languages: ["ko"] },
    { byte: 1, languages: ["ja"] },
  ]);
});

test("a picture that isn't there is an error that says how many there are", async () => {
  const tool = createOcrTool(createFakeOcr(lines));
  await expect(tool.run({ picture: 3 }, createContext([picture(1)]))).rejects.toThrow("has 1");
  await expect(tool.run({ picture: 1 }, createContext([]))).rejects.toThrow("no picture in this message");
});

test("a named language whose data isn't installed is an error for the model", async () => {
  const tool = createOcrTool(createFakeOcr(lines));
  const context = createContext([picture(1)]);
  await expect(tool.run({ picture: 1, languages: ["vi"] }, context)).rejects.toThrow(
    "@tesseract.js-data/vie",
  );
  await expect(tool.run({ picture: 1, languages: ["klingon"] }, context)).rejects.toThrow("`klingon`");
});

test("a picture without text is told as such", async () => {
  const { text } = await createOcrTool(createFakeOcr([])).run({ picture: 1 }, createContext([picture(1)]));
  expect(text).toContain("no text");
});
