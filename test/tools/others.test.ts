import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { createTools } from "../../src/tools/all.ts";
import { runCall, toolSpec } from "../../src/tools/call.ts";
import { emptyTranscript } from "../../src/tools/ocr/transcript.ts";
import { makeFolder } from "../support/folder.ts";
import { english } from "../../src/words/words.ts";

const secret = "plumwhistle";
const search = {
  names: [],
  mostUsd: 0,
  search: async () => {
    throw new Error("nobody searches here");
  },
};
const pages = {
  read: async () => {
    throw new Error("nobody reads pages here");
  },
};
const others = ["fake:mina", "cli:mina", "mina", "fake:kim' OR person = 'fake:mina", "../mina", "*", "%"];

/** What a model might write to reach another person: their id as any value, under any name. */
const id = fc.constantFrom(...others);
const argument = fc.oneof(
  fc.record(
    {
      fact: fc.oneof(
        id,
        fc.string(),
        id.map((each) => `About ${each}: likes tea.`),
      ),
      person: id,
      user: id,
      picture: fc.oneof(fc.integer(), id),
      languages: fc.array(id),
      place: fc.constantFrom("dm", "channel"),
      context: fc.record({ person: id }),
      __proto__: fc.record({ person: id }),
    },
    { requiredKeys: [] },
  ),
  fc.anything(),
  id,
);

test("no tool reads or changes another person's data, whatever its arguments", async () => {
  const store = await openStore({ dataFolder: makeFolder() });
  onTestFinished(() => store.close());
  const place = "dm";
  for (const person of ["fake:mina", "cli:mina"])
    await store.facts.add(person, { id: person, text: secret, at: new Date(0), persona: "x", place });
  const before = await Promise.all(others.map((person) => store.facts.list(person)));
  const ocr = { read: async () => emptyTranscript, stop: async () => {} };
  const tools = createTools({ ocr, facts: store.facts, pages, search });
  const context = {
    signal: new AbortController().signal,
    person: "fake:kim",
    job: "job",
    words: "Kim: hello",
    sentences: english,
    origin: async () => ({ placeName: "" }),
    persona: "assistant",
    where: { thread: "fake:general", place },
    images: [],
    languages: [],
    mayOpen: () => true,
  } as const;
  const names = fc.constantFrom(...tools.keys());
  await fc.assert(
    fc.asyncProperty(names, argument, fc.boolean(), async (name, input, seesOthers) => {
      const text = JSON.stringify(input) ?? "";
      const call = { type: "tool-call", id: "1", name, arguments: text } as const;
      const { result } = await runCall(call, tools, { ...context, seesOthers });
      expect(result.text).not.toContain(secret);
    }),
    { numRuns: 300 },
  );
  expect(await Promise.all(others.map((person) => store.facts.list(person)))).toEqual(before);
});

test("no tool takes a person, a conversation or a place from the model", async () => {
  const parts = {
    ocr: { read: async () => emptyTranscript, stop: async () => {} },
    facts: {} as never,
    pages,
    search,
  };
  for (const tool of createTools(parts).values())
    expect(JSON.stringify(toolSpec(tool).inputSchema), tool.name).not.toMatch(
      /"(?:person|user|author|owner|thread|conversation|channel|place|key)[^"]*":\s*\{/iu,
    );
});
