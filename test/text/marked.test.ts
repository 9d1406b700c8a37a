import { describe, expect, it } from "vitest";
import { cover, indent, join, plain } from "../../src/text/marked.ts";

describe("marked text", () => {
  it("moves its marks when it is indented and joined", () => {
    const item = indent(join([plain("a\n"), cover(plain("b\nc"), { type: "bold" })]), "• ", "  ");
    expect(item).toEqual({ text: "• a\n  b\n  c", marks: [{ type: "bold", offset: 6, length: 5 }] });
    expect(join([plain("x"), item], "\n").marks).toEqual([{ type: "bold", offset: 8, length: 5 }]);
  });
});
