import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The rows of a fixture of labelled sentences: language, label, and what is labelled. */
export function labelled(name: string): readonly (readonly string[])[] {
  const text = readFileSync(join(import.meta.dirname, "../fixtures/memory", name), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
}

/** How often each label was given which one, in words. */
export function confusion(
  rows: readonly { readonly wanted: string; readonly given: string; readonly of: string }[],
) {
  const wrong = rows.filter(({ wanted, given }) => wanted !== given);
  return {
    right: rows.length - wrong.length,
    of: rows.length,
    wrong: wrong.map(({ wanted, given, of }) => `${of}: ${given}, should be ${wanted}`),
  };
}
