import { describe, expect, it } from "vitest";
import { z } from "zod";
import { configSchema } from "../../src/config-schema.ts";
import { personaSchema } from "../../src/personas/schema.ts";
import { minimal, printed, read } from "../support/yaml.ts";

describe("a key", () => {
  it("that is misspelt is told with the right one, and the right one isn't called missing", () => {
    expect(printed("name: A\ndescription: B\ninstuctions: |\n  Be kind.\n")).toMatchInlineSnapshot(`
      "personas/x.yaml:3:1  unknown key "instuctions"
          instuctions: |
          ^
          did you mean "instructions"?"
    `);
  });

  it("like none there is told with those there are", () => {
    expect(printed(`${minimal}options:\n  colour: red\n`)).toMatchInlineSnapshot(`
      "personas/x.yaml:5:3  unknown key "colour"
            colour: red
            ^
          known here: temperature, maxOutputTokens, thinking"
    `);
  });

  it("in the wrong group is sent to the right one", () => {
    expect(printed(`${minimal}temperature: 1\n`)).toMatchInlineSnapshot(`
      "personas/x.yaml:4:1  unknown key "temperature"
          temperature: 1
          ^
          it belongs under "options""
    `);
  });

  it("that is missing is told with what it is for, where it is missing", () => {
    expect(printed("name: A\ndescription: B\n")).toMatchInlineSnapshot(`
      "personas/x.yaml:1:1  missing key "instructions"
          name: A
          ^
          instructions: The system prompt. \`{{user}}\`, \`{{date}}\`, \`{{time}}\`, \`{{platform}}\` and \`{{channel}}\` are filled in for each message."
    `);
    expect(printed(`${minimal}examples:\n  - user: Hi\n  - user: Bye\n    assistant: Bye.\n`))
      .toMatchInlineSnapshot(`
      "personas/x.yaml:5:5  missing key "assistant"
            - user: Hi
              ^
          assistant: The answer you want, exactly."
    `);
    expect(printed(`${minimal}tests:\n  - input: Hi\n`)).toMatchInlineSnapshot(`
      "personas/x.yaml:5:5  missing key "expect"
            - input: Hi
              ^
          expect: What must be true of the answer."
    `);
  });

  it("that stands twice is told with the line of the first", () => {
    expect(printed(`${minimal}options: { temperature: 1, temperature: 2 }\nname: D\n`))
      .toMatchInlineSnapshot(`
      "personas/x.yaml:4:28  duplicate key "temperature"
          options: { temperature: 1, temperature: 2 }
                                     ^
          it stands in line 4 already; keep one
      personas/x.yaml:5:1  duplicate key "name"
          name: D
          ^
          it stands in line 1 already; keep one"
    `);
  });

  it("that a record can't have says what one looks like", () => {
    expect(printed("providers:\n  Open AI: {}\n", configSchema)).toMatchInlineSnapshot(`
      "personas/x.yaml:2:3  "Open AI" can't be a key here: expected lower-case letters, digits, - or _
            Open AI: {}
            ^"
    `);
  });
});

describe("a value", () => {
  it("of the wrong type is told with what was expected and what was found", () => {
    const file = `${minimal}tools: ocr
aliases: [vocab, 5, true]
examples: none
model:
options: { temperature: hot, maxOutputTokens: 1.5 }
`;
    expect(printed(file)).toMatchInlineSnapshot(`
      "personas/x.yaml:4:8  expected a list of text, found text
          tools: ocr
                 ^
          write it as a list: one item per line, each after a dash
      personas/x.yaml:5:18  expected text, found a number
          aliases: [vocab, 5, true]
                           ^
          put it in quotes to make it text
      personas/x.yaml:5:21  expected text, found true
          aliases: [vocab, 5, true]
                              ^
          put it in quotes to make it text
      personas/x.yaml:6:11  expected a list of mappings, found text
          examples: none
                    ^
      personas/x.yaml:7:1  expected text, found nothing
          model:
          ^
          give it a value, or remove the key
      personas/x.yaml:8:25  expected a number, found text
          options: { temperature: hot, maxOutputTokens: 1.5 }
                                  ^
      personas/x.yaml:8:47  expected a whole number, found 1.5
          options: { temperature: hot, maxOutputTokens: 1.5 }
                                                        ^"
    `);
  });

  it("that is no choice is told with all choices and the nearest", () => {
    expect(printed(`${minimal}footer: ful\nmemory: 1\n`)).toMatchInlineSnapshot(`
      "personas/x.yaml:4:9  "ful" is not one of off, short, full
          footer: ful
                  ^
          did you mean "full"?
      personas/x.yaml:5:9  expected one of off, read, read-write, found a number
          memory: 1
                  ^"
    `);
  });

  it("out of bounds is told with the bound", () => {
    expect(printed("turn: { rounds: 100, seconds: 0 }\nocr: { languages: [] }\n", configSchema))
      .toMatchInlineSnapshot(`
      "personas/x.yaml:1:17  expected at most 64
          turn: { rounds: 100, seconds: 0 }
                          ^
      personas/x.yaml:1:31  expected more than 0
          turn: { rounds: 100, seconds: 0 }
                                        ^
      personas/x.yaml:2:19  expected at least one item
          ocr: { languages: [] }
                            ^"
    `);
  });

  it("that may be text or something else is judged as what it is", () => {
    const file = `models:
  fast: 5
  smart: { modle: openai/x }
  thinking: { model: openai/x, fallback: openai/y }
`;
    expect(printed(file, configSchema)).toMatchInlineSnapshot(`
      "personas/x.yaml:2:9  expected text or a mapping (key: value), found a number
            fast: 5
                  ^
          put it in quotes to make it text
      personas/x.yaml:3:12  unknown key "modle"
            smart: { modle: openai/x }
                     ^
          did you mean "model"?
      personas/x.yaml:4:42  expected a list of text, found text
            thinking: { model: openai/x, fallback: openai/y }
                                                   ^
          write it as a list: one item per line, each after a dash"
    `);
  });

  it("that must be an address needs its protocol", () => {
    expect(printed("providers: { ollama: { baseUrl: localhost:11434 } }", configSchema))
      .toMatchInlineSnapshot(`
      "personas/x.yaml:1:33  expected an address such as https://example.com/v1
          providers: { ollama: { baseUrl: localhost:11434 } }
                                          ^"
    `);
  });

  it("with a misspelt check is one problem", () => {
    expect(printed(`${minimal}tests:\n  - expect: { contain: x }\n  - expect: {}\n`)).toMatchInlineSnapshot(`
      "personas/x.yaml:5:15  unknown key "contain"
            - expect: { contain: x }
                        ^
          did you mean "contains"?
      personas/x.yaml:6:13  expected at least one check
            - expect: {}
                      ^"
    `);
  });

  it("such as no, on or 1_000 is text, as in YAML 1.2, whatever a directive says", () => {
    const schema = z.strictObject({ no: z.string(), on: z.string(), n: z.string() });
    const wanted = { no: "no", on: "on", n: "1_000" };
    expect(read("no: no\non: on\nn: 1_000\n", schema)).toEqual(wanted);
    expect(read("%YAML 1.1\n---\nno: no\non: on\nn: 1_000\n", schema)).toEqual(wanted);
  });
});

describe("a whole file", () => {
  it("that is empty says what it needs; where nothing is needed it is fine", () => {
    expect(printed("")).toMatchInlineSnapshot(`
      "personas/x.yaml:1:1  this file is empty
          it needs at least name, description, instructions"
    `);
    expect(printed("# to do\n")).toMatchInlineSnapshot(`
      "personas/x.yaml:1:1  this file is empty
          # to do
          ^
          it needs at least name, description, instructions"
    `);
    expect(read("# all commented out\n", configSchema).persona).toBe("assistant");
  });

  it("that is no mapping says what it is", () => {
    expect(printed("- a\n- b\n")).toMatchInlineSnapshot(`
      "personas/x.yaml:1:1  expected a mapping (key: value), found a list
          - a
          ^"
    `);
    expect(printed("just words\n")).toMatchInlineSnapshot(`
      "personas/x.yaml:1:1  expected a mapping (key: value), found text
          just words
          ^"
    `);
  });

  it("with many mistakes tells all of them from top to bottom", () => {
    const file = `${minimal}footr: off\nexamples:\n  - user: 1\n    asistant: x\nname: B\noptions: { temprature: 1 }\n`;
    expect(printed(file).match(/^personas\/x\.yaml:\d+:\d+/gmu)).toEqual([
      "personas/x.yaml:4:1",
      "personas/x.yaml:6:11",
      "personas/x.yaml:7:5",
      "personas/x.yaml:8:1",
      "personas/x.yaml:9:12",
    ]);
  });

  it("may begin with a byte order mark and end its lines as Windows does", () => {
    expect(read(`\u{FEFF}${minimal}`, personaSchema).name).toBe("A");
    expect(read(minimal.replaceAll("\n", "\r\n"), personaSchema).description).toBe("B");
    expect(printed(`\u{FEFF}${minimal}x: 1\r\n`)).toMatch(/^personas\/x\.yaml:4:1 .*\n {4}x: 1\n {4}\^/u);
  });

  it("that is not UTF-8 is refused at the first byte that isn't", () => {
    const eucKr = Buffer.concat([Buffer.from("name: A\ndescription: 한 "), Buffer.from([0xb1, 0xdb])]);
    expect(printed(eucKr)).toMatch(/^personas\/x\.yaml:2:16 {2}this is not UTF-8 text\n/u);
    expect(printed(Buffer.from(`\u{FEFF}${minimal}`, "utf16le"))).toMatch(/saved as UTF-16\n.*UTF-8$/u);
  });
});
