import { expect, it } from "vitest";
import { minimal, printed } from "../support/yaml.ts";

const cases: readonly (readonly [what: string, file: string])[] = [
  ["a tab as indentation", `${minimal}options:\n\ttemperature: 1\n`],
  ["a tab in a list", `${minimal}examples:\n  - user: x\n\t  assistant: y\n`],
  ["a tab under a text", "name: A\ndescription: B\ninstructions: |\n\tBe kind.\n"],
  ["a colon in a text", "name: A\ndescription: Translate: well\ninstructions: C\n"],
  ["no space after a colon", "name:A\ndescription: B\n"],
  ["a line that is no key", `${minimal}hello\ntools: []\n`],
  ["a wrong indentation", `${minimal}options:\n  temperature: 1\n footer: off\n`],
  ["a quote never closed", 'name: "A\ndescription: B\ninstructions: C\n'],
  ["text after a quote", 'name: "A" b\ndescription: B\ninstructions: C\n'],
  ["a bracket never closed", `${minimal}aliases: [a, b\ntools: []\n`],
  ["a placeholder in front", "name: A\ndescription: B\ninstructions: {{user}} asks.\n"],
  ["bold text in front", "name: **A**\ndescription: B\ninstructions: C\n"],
  ["an at sign in front", "name: @A\ndescription: B\ninstructions: C\n"],
  ["a backslash in double quotes", 'name: "\\d+"\ndescription: B\ninstructions: C\n'],
  ["a tag", "name: !secret A\ndescription: B\ninstructions: C\n"],
  ["two documents", `${minimal}---\nname: B\n`],
  ["an alias to nothing", "name: *a\ndescription: B\ninstructions: C\n"],
  ["an alias to itself", `${minimal}aliases: &a [*a]\n`],
];

it("YAML that can't be read is explained in words for people, at the place where it went wrong", () => {
  const all = cases.map(([what, file]) => `-- ${what}\n${printed(file)}`).join("\n");
  expect(all).toMatchInlineSnapshot(`
    "-- a tab as indentation
    personas/x.yaml:5:1  YAML does not allow tabs for indentation
        	temperature: 1
        ^
        use spaces
    -- a tab in a list
    personas/x.yaml:6:1  YAML does not allow tabs for indentation
        	  assistant: y
        ^
        use spaces
    -- a tab under a text
    personas/x.yaml:4:1  YAML does not allow tabs for indentation
        	Be kind.
        ^
        use spaces
    -- a colon in a text
    personas/x.yaml:2:14  this ": " begins a second key on the same line
        description: Translate: well
                     ^
        if it belongs to the text, put it in quotes, or on lines of their own under "key: |"
    -- no space after a colon
    personas/x.yaml:1:1  expected "key: value"
        name:A
        ^
        a space must follow the colon
    -- a line that is no key
    personas/x.yaml:4:1  expected "key: value"
        hello
        ^
        is a colon missing, or an indentation?
    -- a wrong indentation
    personas/x.yaml:6:1  this line's indentation fits nothing above it
         footer: off
        ^
        keys of one group begin in the same column
    -- a quote never closed
    personas/x.yaml:1:7  this quote is never closed
        name: "A
              ^
    -- text after a quote
    personas/x.yaml:1:11  text goes on after its closing quote
        name: "A" b
                  ^
        put all of it in quotes, or none
    -- a bracket never closed
    personas/x.yaml:5:1  a bracket opened before this line is not closed
        tools: []
        ^
    -- a placeholder in front
    personas/x.yaml:3:16  text that begins with { needs quotes
        instructions: {{user}} asks.
                       ^
        put it in quotes, or on lines of their own under "key: |"
    -- bold text in front
    personas/x.yaml:1:7  the alias "**A**" stands for nothing above it
        name: **A**
              ^
        text that begins with * needs quotes
    -- an at sign in front
    personas/x.yaml:1:7  text that begins with @ needs quotes
        name: @A
              ^
        put it in quotes, or on lines of their own under "key: |"
    -- a backslash in double quotes
    personas/x.yaml:1:8  \\d means nothing inside double quotes
        name: "\\d+"
               ^
        in single quotes a backslash is just a backslash
    -- a tag
    personas/x.yaml:1:7  tags such as "!secret" are not allowed
        name: !secret A
              ^
        text that begins with ! needs quotes
    -- two documents
    personas/x.yaml:4:1  a second document begins here
        ---
        ^
        keep one per file; a line "---" inside a text belongs under "key: |", indented
    -- an alias to nothing
    personas/x.yaml:1:7  the alias "*a" stands for nothing above it
        name: *a
              ^
        text that begins with * needs quotes
    -- an alias to itself
    personas/x.yaml:4:14  the alias "*a" stands inside what it stands for
        aliases: &a [*a]
                     ^
        text that begins with * needs quotes"
  `);
});

it("a mistake is told once per line, for every line", () => {
  expect(printed("name: @A\ndescription: `B` @ `C`\ninstructions: C\n").match(/^personas/gmu)).toHaveLength(
    2,
  );
});
