import { expect, it } from "vitest";
import { loadExamples } from "../../src/personas/examples.ts";
import { makeFolder, tinyPng } from "../support/folder.ts";

it("examples are turns of question and answer, a picture before the words, its type by its bytes", async () => {
  const folder = makeFolder({ "samples/a.jpg": tinyPng });
  const examples = [
    { user: "Hi", assistant: "Hello." },
    { user: "What is it?", image: "samples/a.jpg", assistant: "A pixel." },
  ];
  const before = structuredClone(examples);
  const image = { type: "image", mimeType: "image/png", data: Buffer.from(tinyPng) };
  expect(await loadExamples({ examples, folder })).toEqual([
    { role: "user", parts: [{ type: "text", text: "Hi" }] },
    { role: "assistant", parts: [{ type: "text", text: "Hello." }] },
    { role: "user", parts: [image, { type: "text", text: "What is it?" }] },
    { role: "assistant", parts: [{ type: "text", text: "A pixel." }] },
  ]);
  expect(examples).toEqual(before);
});

it("a picture that has gone is told by its name", async () => {
  const examples = [{ user: "x", image: "gone.png", assistant: "y" }];
  await expect(loadExamples({ examples, folder: makeFolder() })).rejects.toThrow(
    "The picture gone.png is not there.",
  );
});
