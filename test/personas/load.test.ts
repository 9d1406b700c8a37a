import { symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadConfig, resolveModel } from "../../src/config.ts";
import type { KnownNames } from "../../src/personas/check.ts";
import { knownNames } from "../../src/personas/known-names.ts";
import { loadPersonas } from "../../src/personas/load.ts";
import { formatProblem } from "../../src/yaml/problem.ts";
import { makeFolder, tinyPng } from "../support/folder.ts";
import { minimal } from "../support/yaml.ts";

/** The ids that load, and what is printed of the rest. */
async function load(files: Readonly<Record<string, string | Uint8Array>>, known?: KnownNames) {
  const folder = makeFolder(files);
  const { personas, problems } = await loadPersonas(folder, known);
  const printed = problems.map(formatProblem).join("\n").replaceAll(`${folder}/`, "personas/");
  return { personas, ids: [...personas.keys()], printed };
}

it("the file's name is the id, and a loaded persona knows where it came from", async () => {
  const { personas } = await load({ "my-gpt.yaml": minimal });
  const persona = personas.get("my-gpt");
  expect(persona).toMatchObject({ id: "my-gpt", name: "A", memory: "off" });
  expect(persona?.file).toBe(join(persona?.folder ?? "", "my-gpt.yaml"));
});

it("one bad file stops no other; all are told in order", async () => {
  const { ids, printed } = await load({
    "c.yaml": "name: A\ndescription: B\ninstuctions: C\n",
    "a.yaml": minimal,
    "b.yaml": `${minimal}options:\n\ttemperature: 1\n`,
    "e.yaml": "",
    "d.yaml": minimal,
  });
  expect(ids).toEqual(["a", "d"]);
  expect(printed).toMatchInlineSnapshot(`
    "personas/b.yaml:5:1  YAML does not allow tabs for indentation
        	temperature: 1
        ^
        use spaces
    personas/c.yaml:3:1  unknown key "instuctions"
        instuctions: C
        ^
        did you mean "instructions"?
    personas/e.yaml:1:1  this file is empty
        it needs at least name, description, instructions"
  `);
});

it("only persona files are read, and one with another name is told how to be named", async () => {
  const { ids, printed } = await load({
    "ok-2.yaml": minimal,
    ".ok.yaml.swp": "x",
    ".hidden.yaml": "x",
    "ok.yaml~": "x",
    "README.md": "x",
    "folder.yaml/x.txt": "x",
    "My GPT.yaml": minimal,
    "other.yml": minimal,
  });
  expect(ids).toEqual(["ok-2"]);
  expect(printed).toMatchInlineSnapshot(`
    "personas/My GPT.yaml  a persona's file is named with lower-case letters, digits and -, and ends in .yaml
        rename it my-gpt.yaml
    personas/other.yml  a persona's file is named with lower-case letters, digits and -, and ends in .yaml
        rename it other.yaml"
  `);
});

it("names that lead nowhere are told at their places", async () => {
  const known = {
    tools: new Set(["ocr", "remember"]),
    model: (name: string) => resolveModel(loadConfig({ env: {}, cwd: makeFolder() }), name),
  };
  const file = `name: A
description: B
instructions: |
  Hello {{usr}}, today is {{ date }}.
  You are {{char}}. Cards look like {{c1::this}} and {{Front}}.
model: samrt
tools: [ocr, remeber, shell]
`;
  expect((await load({ "x.yaml": file }, known)).printed).toMatchInlineSnapshot(`
    "personas/x.yaml:4:9  unknown placeholder {{usr}}
          Hello {{usr}}, today is {{ date }}.
                ^
        did you mean {{user}}?
    personas/x.yaml:5:11  unknown placeholder {{char}}
          You are {{char}}. Cards look like {{c1::this}} and {{Front}}.
                  ^
        known: {{user}}, {{date}}, {{time}}, {{platform}}, {{channel}}
    personas/x.yaml:6:8  There is no model "samrt". Did you mean "smart"?
        model: samrt
               ^
    personas/x.yaml:7:14  there is no tool "remeber"
        tools: [ocr, remeber, shell]
                     ^
        did you mean "remember"?
    personas/x.yaml:7:23  there is no tool "shell"
        tools: [ocr, remeber, shell]
                              ^
        known here: ocr, remember"
  `);
});

it("pictures must be there, be pictures, and lie in the folder", async () => {
  const outside = makeFolder({ "secret.png": tinyPng });
  const folder = makeFolder({
    "ok.png": tinyPng,
    "text.png": "no picture",
    "x.yaml": `${minimal}examples:
  - { user: a, image: ok.png, assistant: b }
  - { user: a, image: gone.png, assistant: b }
  - { user: a, image: text.png, assistant: b }
  - { user: a, image: link.png, assistant: b }
tests:
  - images: [ok.png, ../${basename(outside)}/secret.png]
    expect: { equals: x }
`,
  });
  symlinkSync(join(outside, "secret.png"), join(folder, "link.png"));
  const { problems } = await loadPersonas(folder);
  expect(problems.map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)).toEqual([
    "6:23 The picture gone.png is not there.",
    "7:23 text.png is not a PNG, JPEG, WebP or GIF picture.",
    "8:23 The picture link.png lies outside the personas' folder.",
    `10:22 The picture ../${basename(outside)}/secret.png lies outside the personas' folder.`,
  ]);
});

it("patterns and schemas of tests must be right before a test runs", async () => {
  const file = `${minimal}tests:\n  - expect: { matches: "(", lines: "[", json: { type: nonsense } }\n`;
  expect((await load({ "x.yaml": file })).printed).toMatchInlineSnapshot(`
    "personas/x.yaml:5:24  this is no regular expression: Unterminated group
          - expect: { matches: "(", lines: "[", json: { type: nonsense } }
                               ^
    personas/x.yaml:5:36  this is no regular expression: Unterminated character class
          - expect: { matches: "(", lines: "[", json: { type: nonsense } }
                                           ^
    personas/x.yaml:5:47  this is no JSON Schema that can be checked: Unsupported type: nonsense
          - expect: { matches: "(", lines: "[", json: { type: nonsense } }
                                                      ^"
  `);
});

it("no two personas answer to one name, whatever the case; the later file is left out", async () => {
  const { ids, printed } = await load({
    "a.yaml": `${minimal}aliases: [a, Vocab]\n`,
    "b.yaml": `${minimal}aliases: [x, vocab]\n`,
    "c.yaml": `${minimal}aliases: [A]\n`,
    "d.yaml": `${minimal}aliases: [y, Y]\n`,
  });
  expect(ids).toEqual(["a", "d"]);
  expect(printed).toMatchInlineSnapshot(`
    "personas/b.yaml:4:14  personas/a.yaml answers to "vocab" already
        aliases: [x, vocab]
                     ^
        choose another alias
    personas/c.yaml:4:11  personas/a.yaml answers to "A" already
        aliases: [A]
                  ^
        choose another alias"
  `);
});

it("a folder that isn't there is a problem, not a crash", async () => {
  const { personas, problems } = await loadPersonas("/nowhere/personas");
  expect(personas.size).toBe(0);
  expect(problems.map(formatProblem)).toEqual([
    "/nowhere/personas  there is no such folder of personas\n    make it, or set PARLANCE_PERSONAS (personas: in parlance.yaml) to the right one",
  ]);
});

it("every bundled persona loads, with the tools and models of a fresh installation", async () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../personas");
  const config = loadConfig({ env: {}, cwd: makeFolder() });
  const { personas, problems } = await loadPersonas(folder, knownNames(config));
  expect(problems.map(formatProblem)).toEqual([]);
  expect([...personas.keys()]).toEqual(
    expect.arrayContaining(["assistant", "korean-vocabulary", "detailed-translator", "subtitle-helper"]),
  );
});
