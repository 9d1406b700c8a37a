import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { makePdf } from "../support/pdf.ts";
import { read } from "./read.ts";

test("a PDF keeps its pages, with their titles, in whatever script", async () => {
  const pdf = makePdf([["The first page of a small book."], ["그녀는 조용히 문을 열고 밖으로 나갔다."]], {
    title: "작은 책",
    outline: [["Leaving", 1]],
  });
  expect(await read(pdf)).toEqual({
    kind: "PDF",
    title: "작은 책",
    unit: "page",
    sections: [
      { label: "p. 1", text: "The first page of a small book." },
      { label: "p. 2", title: "Leaving", text: "그녀는 조용히 문을 열고 밖으로 나갔다." },
    ],
    notes: [],
  });
});

test("a page that is a picture is read by OCR in its place, and the person is told", async () => {
  const jpeg = await sharp(await readFile("test/fixtures/ocr/document.png"))
    .flatten({ background: "white" })
    .toColourspace("b-w")
    .jpeg()
    .toBuffer();
  const { width, height } = await sharp(jpeg).metadata();
  const shown: string[] = [];
  const { sections, notes } = await read(
    makePdf([["A letter came, and this is what it said:"], { jpeg, width, height }, []]),
    { text: (png) => (shown.push(Buffer.from(png).subarray(1, 4).toString()), "Meeting notes") },
  );
  expect(shown).toEqual(["PNG"]);
  expect(sections.map(({ text }) => text)).toEqual([
    "A letter came, and this is what it said:",
    "Meeting notes",
    "",
  ]);
  expect(notes).toEqual(["1 page is a picture of text; I read the text by OCR, so there may be slips."]);
});

test.each([
  [
    "locked",
    makePdf([["Secret"]], { locked: true }),
    "it is locked with a password. Please send it without one.",
  ],
  ["cut short", makePdf([["Long"]]).subarray(0, 60), "it is damaged or cut short, and can't be read as PDF."],
  ["empty", makePdf([[]]), "I found no text in it."],
])("a PDF that is %s is told", async (_, bytes, sentence) => {
  await expect(read(bytes)).rejects.toThrow(sentence);
});
