import { describe, expect, it } from "vitest";
import { maxFileBytes } from "../../src/yaml/text.ts";
import { minimal, printed } from "../support/yaml.ts";

describe("hostile YAML is refused, whatever it would grow to:", () => {
  const letters = Array.from("abcdefghi");
  const bomb = letters
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(index ? `*${letters[index - 1]}` : "lol")
          .join(", ")}]\n`,
    )
    .join("");

  it("five megabytes of aliases", () => {
    expect(printed(`a: &a [x]\n${"b: [*a, *a, *a, *a]\n".repeat(260_000)}`)).toMatchInlineSnapshot(`
      "personas/x.yaml  this file is too large: 5,079 KiB, 128 KiB at most
          a persona is a page or two; longer material is better sent along with the question"
    `);
  });

  it("a few lines that stand for half a billion", () => {
    expect(printed(bomb)).toMatchInlineSnapshot(`
      "personas/x.yaml:2:8  the aliases of this file stand for more aliases, and grow without bound
          b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                 ^
          write the values out"
    `);
  });

  it("more aliases than anyone writes", () => {
    const file = `a: &a x\nl:\n${"  - *a\n".repeat(16_000)}`;
    expect(file.length).toBeLessThan(maxFileBytes);
    expect(printed(file)).toMatch(/^personas\/x\.yaml:103:5 {2}more than 100 aliases\n/u);
  });

  it.each(["[", "{a: ", "- ", "? "])("%s nested without end", (opening) => {
    const file = opening.repeat(Math.floor(maxFileBytes / opening.length));
    expect(printed(file)).toMatch(/^personas\/x\.yaml:1:\d+ {2}/u);
  });

  it("as many keys as fit", () => {
    const file = Array.from({ length: 9_000 }, (_, index) => `k${index}: 1\n`).join("");
    expect(printed(file)).toMatch(/unknown key "k0"/u);
  });

  it("keys that objects have from birth", () => {
    expect(printed(`${minimal}__proto__: { name: x }\nconstructor: 1\n`)).toMatch(
      /"__proto__"[\s\S]*"constructor"/u,
    );
  });
});
