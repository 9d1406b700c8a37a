import { describe, expect, it } from "vitest";
import { displayedFormula, hasFormula, splitFormulas } from "../../src/text/formulas.ts";

describe("formulas in a text", () => {
  it("are found in every way that models write them, and money is not one", () => {
    expect(splitFormulas("a $x^2$ b \\(y\\), $$z$$")).toEqual([
      { text: "a " },
      { formula: "x^2" },
      { text: " b " },
      { formula: "y" },
      { text: ", " },
      { formula: "z" },
    ]);
    expect(splitFormulas("from $5 to $10")).toEqual([{ text: "from $5 to $10" }]);
    expect(hasFormula("from $5 to $10")).toBe(false);
  });

  it("want a line of their own only when they are all there is, and are displayed", () => {
    expect(displayedFormula("\n$$\n\\frac{a}{b}\n$$\n")).toBe("\\frac{a}{b}");
    expect(displayedFormula("\\[x\\]")).toBe("x");
    expect(displayedFormula("$x$")).toBeUndefined();
    expect(displayedFormula("so $$x$$")).toBeUndefined();
  });
});
