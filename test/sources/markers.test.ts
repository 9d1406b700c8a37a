import { describe, expect, test } from "vitest";
import { createMarkerFilter, findMarkers } from "../../src/sources/markers.ts";

const citesIn = (text: string): unknown => findMarkers(text, { bare: true }).flatMap(({ cites }) => cites);

describe("a citation is known in whatever form a model writes it", () => {
  test.each([
    ['Water boils [s3 "boils at 100 °C"].', [{ id: "s3", words: "boils at 100 °C" }]],
    ["Water boils [s3: “boils at 100 °C”].", [{ id: "s3", words: "boils at 100 °C" }]],
    ["물은 끓는다【s12 「100도에서 끓는다」】.", [{ id: "s12", words: "100도에서 끓는다" }]],
    ["Water boils [s3].", [{ id: "s3", words: "" }]],
    ["Water boils [s3, s4; s5].", ["s3", "s4", "s5"].map((id) => ({ id, words: "" }))],
    [
      'Both [s1 "one "inner" word"; s2 "see [2] there"].',
      [
        { id: "s1", words: 'one "inner" word' },
        { id: "s2", words: "see [2] there" },
      ],
    ],
    ["A link [s7](https://example.org/a) too.", [{ id: "s7", words: "" }]],
  ])("%s", (text, cites) => {
    expect(citesIn(text)).toEqual(cites);
  });

  test("and a plain number is one that cites nothing", () => {
    const found = findMarkers("It rains [1], it pours【2†source】, always [3, 4].", { bare: true });
    expect(found.map(({ cites }) => cites)).toEqual([[], [], []]);
  });

  test.each([
    ["`list[s1]` and ```\nlist[s2] [1]\n```"],
    ["x[1] and [2](https://example.org) and ![3](a.png)"],
    ["- [ ] a task, [sic], [song], [size s1]"],
  ])("but not: %s", (text) => {
    expect(findMarkers(text, { bare: true })).toEqual([]);
  });
});

describe("who reads along sees no citations while the answer grows", () => {
  const text =
    'Water boils [s3 "boils at 100 °C"] and [ice] freezes 【s4】, see [a](https://e.org/[x]).\n\nDone [s5';
  const shown = "Water boils and [ice] freezes , see [a](https://e.org/[x]).\n\nDone";

  test.each([1, 2, 3, 7, 50])("in pieces of %i letters", (size) => {
    const filter = createMarkerFilter();
    let seen = "";
    for (let at = 0; at < text.length; at += size) {
      seen += filter.push(text.slice(at, at + size));
      expect(seen).not.toMatch(/s\d/u);
    }
    expect(seen).toBe(shown.replace(" ,", ","));
  });

  test("a bracket that stays open is text after all", () => {
    const filter = createMarkerFilter();
    expect(filter.push("[s1 ") + filter.push("x".repeat(1_200))).toHaveLength(1_204);
    expect(filter.push("[") + filter.end()).toBe("[");
  });
});
