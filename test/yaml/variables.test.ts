import { expect, it } from "vitest";
import { z } from "zod";
import { personaSchema } from "../../src/personas/schema.ts";
import { parseYamlFile } from "../../src/yaml/yaml-file.ts";
import { minimal, printed, read } from "../support/yaml.ts";

const schema = z.strictObject({
  text: z.string().optional(),
  list: z.array(z.string()).optional(),
  number: z.int().optional(),
  flag: z.boolean().optional(),
});

it("variables stand in any value, with a default if there is one", () => {
  const file = "text: a ${ONE} ${TWO:-b:-c} ${THREE:-}\nlist:\n  - ${ONE}\n";
  expect(read(file, schema, { ONE: "1", THREE: "" })).toEqual({ text: "a 1 b:-c ", list: ["1"] });
});

it("variables become numbers and truth values only where those are wanted", () => {
  const file = "text: ${N}\nnumber: ${N}\nflag: ${F:-true}\n";
  expect(read(file, schema, { N: "5" })).toEqual({ text: "5", number: 5, flag: true });
  expect(printed("number: ${N}\nflag: ${N}\n", schema, { N: "five" })).toMatchInlineSnapshot(`
      "personas/x.yaml:1:9  expected a whole number, found text
          number: \${N}
                  ^
      personas/x.yaml:2:7  expected true or false, found text
          flag: \${N}
                ^
          write true or false, without quotes"
    `);
});

it("variables are not looked for in $${, in keys, in comments or in what they stand for", () => {
  expect(read("text: $${ONE} ${TWO} # ${FOUR}\n", schema, { TWO: "${ONE}" })).toEqual({
    text: "${ONE} ${ONE}",
  });
});

it("variables that are not set, or set to nothing, are told at their place", () => {
  const file =
    "text: >\n  the ${HOME_TWON}\n  and ${EMPTY}\nnumber: ${MISSING}\nlist: ['${ bad }', '${open']\n";
  expect(printed(file, schema, { HOME_TOWN: "Seoul", EMPTY: "" })).toMatchInlineSnapshot(`
      "personas/x.yaml:2:7  the environment variable HOME_TWON is not set
            the \${HOME_TWON}
                ^
          did you mean HOME_TOWN?
      personas/x.yaml:3:7  the environment variable EMPTY is not set
            and \${EMPTY}
                ^
          set it, or write a default: \${EMPTY:-…}
      personas/x.yaml:4:9  the environment variable MISSING is not set
          number: \${MISSING}
                  ^
          set it, or write a default: \${MISSING:-…}
      personas/x.yaml:5:9  "\${ bad }" names no variable
          list: ['\${ bad }', '\${open']
                  ^
          write \${NAME} or \${NAME:-default}; $\${ stands for \${ itself
      personas/x.yaml:5:21  "\${open" names no variable
          list: ['\${ bad }', '\${open']
                              ^
          write \${NAME} or \${NAME:-default}; $\${ stands for \${ itself"
    `);
});

it("variables stay as they are in files that aren't to have any", () => {
  const parsed = parseYamlFile(`${minimal}welcome: \${HOME}\n`, "x.yaml", personaSchema);
  expect(parsed).toMatchObject({ value: { welcome: "${HOME}" } });
});
