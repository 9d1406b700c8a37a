import { describe, expect, test } from "vitest";
import { findLeaks, type Secret, type Sighting } from "./support/leaks.ts";

const inDm: Secret = { word: "apple", saidIn: "dm Kim" };
const inChannel: Secret = { word: "pear", saidIn: "channel" };
const privateFact: Secret = { word: "plum", fact: { of: "Kim", onlyIn: "dm Kim" } };
const openFact: Secret = { word: "fig", fact: { of: "Kim" } };
const spokenFact: Secret = { word: "lime", saidIn: "channel", fact: { of: "Kim" } };
const all = [inDm, inChannel, privateFact, openFact, spokenFact];

/** The words that leak. */
const leaks = (sighting: Sighting): string[] => findLeaks(all, [sighting]).map(({ secret }) => secret.word);
const everything = "apple pear plum fig lime";

describe("what was said and remembered is found where it does not belong", () => {
  test("in another place", () => {
    expect(leaks({ place: "thread", text: "an apple a day" })).toEqual(["apple"]);
    expect(leaks({ place: "dm Mina", person: "Mina", text: everything })).toEqual([
      "apple",
      "pear",
      "plum",
      "fig",
      "lime",
    ]);
  });

  test("in another person's question, also where it was learned", () => {
    expect(leaks({ place: "channel", person: "Mina", text: everything })).toEqual(["apple", "plum", "fig"]);
  });

  test("in its owner's own question, where others read along", () => {
    expect(leaks({ place: "channel", person: "Kim", text: everything })).toEqual(["apple", "plum"]);
  });

  test("where nobody's memory has a part in it", () => {
    expect(leaks({ place: "dm Kim", text: everything })).toEqual(["pear", "plum", "fig", "lime"]);
  });
});

test("what is seen where it belongs is no leak", () => {
  expect(leaks({ place: "dm Kim", person: "Kim", text: "apple plum fig lime" })).toEqual([]);
  expect(leaks({ place: "channel", person: "Kim", text: "pear fig lime" })).toEqual([]);
  expect(leaks({ place: "thread", person: "Kim", text: "fig" })).toEqual([]);
  expect(leaks({ place: "channel", person: "Mina", text: "pear lime" })).toEqual([]);
});
