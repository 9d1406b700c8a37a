import { existsSync, readdirSync, readFileSync } from "node:fs";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it, test } from "vitest";
import { parse } from "yaml";
import { type PersonaExample, type PersonaFile, personaSchema } from "../../src/personas/schema.ts";

const folder = new URL("../../personas/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");
const load = (file: string): PersonaFile => personaSchema.parse(parse(read(file)));

const ids = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.slice(0, -".yaml".length));

/** What every request pays for, before anyone has said a word. */
const tokenCeiling = { instructions: 350, examples: 1_000 };

describe.each(ids)("%s", (id) => {
  const persona = load(`${id}.yaml`);

  it("tells editors where its schema is", () => {
    expect(read(`${id}.yaml`)).toMatch(/^# yaml-language-server: \$schema=\.\/persona\.schema\.json\n/u);
  });

  it("is cheap to send", () => {
    const examples = persona.examples.map(({ user, assistant }) => countTokens(user + assistant));
    expect(countTokens(persona.instructions)).toBeLessThan(tokenCeiling.instructions);
    expect(examples.reduce((sum, tokens) => sum + tokens, 0)).toBeLessThan(tokenCeiling.examples);
  });

  it("greets, offers something to try, and has two to five tests", () => {
    expect(persona.welcome).toBeDefined();
    expect(persona.starters.length).toBeGreaterThanOrEqual(2);
    expect(persona.tests.length).toBeGreaterThanOrEqual(2);
    expect(persona.tests.length).toBeLessThanOrEqual(5);
  });

  it("names only pictures that are there", () => {
    const pictures = persona.tests.flatMap(({ images }) => images);
    expect(pictures.filter((picture) => !existsSync(new URL(picture, folder)))).toStrictEqual([]);
  });

  it("tests regular expressions that compile, on input that no example gives away", () => {
    const known = persona.examples.map(({ user }) => user);
    for (const { input, images, expect: check } of persona.tests) {
      expect(input.length + images.length).toBeGreaterThan(0);
      expect(known).not.toContain(input);
      if (check.matches) expect(() => new RegExp(check.matches ?? "", "us")).not.toThrow();
      if (check.lines) expect(() => new RegExp(check.lines ?? "", "u")).not.toThrow();
    }
  });
});

test("no two personas answer to the same name", () => {
  const names = ids.flatMap((id) => [id].concat(load(`${id}.yaml`).aliases));
  expect(names).toHaveLength(new Set(names).size);
});

test("the persona that the README has people copy is valid", () => {
  const example = /```yaml\n([\s\S]*?)```/u.exec(read("README.md"))?.[1] ?? "";
  expect(personaSchema.safeParse(parse(example)).error).toBeUndefined();
});

describe("korean-vocabulary's examples", () => {
  const { examples, tests } = load("korean-vocabulary.yaml");
  const nothing = "#no Korean words";
  const lists = examples.filter(({ assistant }) => assistant !== nothing);
  const words = ({ assistant }: PersonaExample) =>
    assistant.split("\n").map((line) => line.split(";")[0] ?? "");
  /** Written out in full by the card, so not found in the sentence. */
  const contractions = new Set(["그냥"]);

  it("are `word;meaning` lines, as its tests demand of every answer", () => {
    const formats = tests.flatMap(({ expect: check }) => check.lines ?? []);
    expect(formats.length).toBeGreaterThan(0);
    for (const line of lists.flatMap(({ assistant }) => assistant.split("\n"))) {
      for (const format of formats) expect(line).toMatch(new RegExp(format, "u"));
    }
  });

  it("list dictionary forms: in 다, or standing in the sentence as they are", () => {
    for (const example of lists) {
      for (const word of words(example).filter((word) => !contractions.has(word))) {
        if (!word.endsWith("다")) expect(example.user).toContain(word);
      }
    }
  });

  it("list each word once, in the order of the sentence", () => {
    for (const example of lists) {
      const listed = words(example);
      expect(listed).toHaveLength(new Set(listed).size);
      const places = listed.map((word) => example.user.indexOf(word)).filter((place) => place >= 0);
      expect(places).toStrictEqual(places.toSorted((a, b) => a - b));
    }
  });

  it("mark a verb's meaning by `to`, and nothing else's", () => {
    for (const line of lists.flatMap(({ assistant }) => assistant.split("\n"))) {
      const [word = "", meaning = ""] = line.split(";");
      expect(meaning.startsWith("to "), line).toBe(word.endsWith("다"));
    }
  });

  it("show the one line for input without Korean, which Anki skips as a comment", () => {
    const others = examples.filter(({ assistant }) => assistant === nothing);
    expect(others).toHaveLength(1);
    expect(others[0]?.user).not.toMatch(/\p{Script=Hangul}/u);
  });
});

describe.each([
  ["detailed-translator", ["Translation", "Piece by piece", "Register", "Natural alternative"]],
  ["subtitle-helper", ["Subtitle", "Translation", "Breakdown"]],
])("%s's examples", (id, labels) => {
  const { examples, tests } = load(`${id}.yaml`);
  const full = examples.filter(({ assistant }) => assistant.startsWith("**"));
  const formats = tests.flatMap(({ expect: check }) => check.lines ?? []);

  it("hold the layout that its tests demand of every answer", () => {
    expect(formats.length).toBeGreaterThan(0);
    for (const { assistant } of full) {
      expect(assistant.match(/^\*\*(.+?)\*\*$/gmu)).toStrictEqual(labels.map((label) => `**${label}**`));
      for (const line of assistant.split("\n")) {
        for (const format of formats) expect(line).toMatch(new RegExp(format, "u"));
      }
    }
  });

  it("take apart what is there, piece by piece, in its order", () => {
    for (const { user, assistant } of full) {
      const [text = "", pieces = ""] = assistant.split(/\*\*(?:Piece by piece|Breakdown)\*\*/u);
      let from = 0;
      const whole = `${user}\n${text}`;
      for (const [, form = ""] of pieces.matchAll(/^- \*\*(.+?)\*\*/gmu)) {
        const place = whole.indexOf(form, from);
        expect(place, `${form} in: ${whole}`).toBeGreaterThanOrEqual(0);
        from = place + form.length;
      }
      expect(from).toBeGreaterThan(0);
    }
  });
});

test("summarizer's examples keep every number they mention as the source writes it", () => {
  const { examples, tests } = load("summarizer.yaml");
  const formats = tests.flatMap(({ expect: check }) => check.lines ?? []);
  for (const { user, assistant } of examples) {
    for (const number of assistant.match(/\d[\d,.:]*\d|\d/gu) ?? []) expect(user).toContain(number);
    for (const line of assistant.split("\n")) {
      for (const format of formats) expect(line).toMatch(new RegExp(format, "u"));
    }
  }
});

test("tutor's examples end in one question and give no solution away", () => {
  for (const { assistant } of load("tutor.yaml").examples) {
    expect(assistant.match(/\?/gu)).toHaveLength(1);
    expect(assistant).toMatch(/\?$/u);
  }
});
