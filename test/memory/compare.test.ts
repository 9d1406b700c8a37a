import { expect, test } from "vitest";
import { relate } from "../../src/memory/compare.ts";
import { confusion, labelled } from "./labelled.ts";

const rows = labelled("relations.tsv").flatMap(([language = "", wanted = "", one = "", other = ""]) => [
  { language, wanted, of: `${one} | ${other}`, given: relate(one, other) },
  { language, wanted, of: `${other} | ${one}`, given: relate(other, one) },
]);

test("what contradicts is told from what says the same or something else, in five languages", () => {
  const measured = confusion(rows);
  console.info(`relations: ${measured.right} of ${measured.of} right`, measured.wrong);
  // Two facts for one are harmless; a fact that takes the place of another that holds is not.
  expect(rows.filter(({ wanted, given }) => wanted === "other" && given !== "other")).toEqual([]);
  expect(measured.wrong).toEqual([]);
});
