import { describe, expect, test } from "vitest";
import { secretIn } from "../../src/memory/sensitive.ts";
import { checkCitations } from "../../src/sources/check.ts";
import { markLinks, namedAddresses } from "../../src/sources/links.ts";
import { createMarkerFilter, findMarkers } from "../../src/sources/markers.ts";
import { contradictions } from "../../src/sources/numbers.ts";
import { layOut } from "../../src/sources/passages.ts";

// Where a run is looked through again from each of its letters, these take minutes.
describe("a run of one letter, however long, is looked through once", () => {
  const runs = [" ", "\t", "_", "/", "\n", "[", "!", "0"].map((letter) => letter.repeat(100_000));

  test("in an answer", () => {
    for (const run of runs) {
      const text = `It is so${run}x [s1] and [1]${run}x`;
      expect(findMarkers(text, { bare: true }).length).toBeGreaterThan(0);
      const passages = [{ id: "s1", source: { label: "p. 1" }, text: "It is so, and always was." }];
      expect(checkCitations([text], { passages, before: [] }).texts).toHaveLength(1);
      const filter = createMarkerFilter();
      expect(filter.push(`${run}x`) + filter.end()).toBe(`${run}x`);
    }
  });

  test("in a question, its links and what was read for it", () => {
    for (const run of runs) {
      const text = `See https://a.example/${run}x`;
      expect(markLinks(text, () => true, "unread").text).toBe(text);
      expect(namedAddresses([], [text])).toHaveLength(1);
      expect(layOut([{ source: { label: "p. 1" }, text: `a${run}b` }], 1).passages).toHaveLength(1);
    }
  });

  test("behind a number, and where a password is looked for", () => {
    for (const run of runs) {
      expect(contradictions("Price: 7", [`Price: 5${run}x`])).toBeInstanceOf(Array);
      expect(secretIn(`${run}x`)).toBeUndefined();
    }
    expect(secretIn("hunter22 is my password")).toBe("password");
  });
});
