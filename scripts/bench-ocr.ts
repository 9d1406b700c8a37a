/**
 * Reads a folder of pictures and prints the share of wrong characters and the time per picture, by language:
 * `node scripts/bench-ocr.ts <folder> [languages to expect, e.g. ko,en]`. The folder's truth.json holds the text by file
 * name; names start with their language or kind, as in `kor_01.jpg`.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { characterErrors } from "../test/tools/ocr/character-errors.ts";
import { createOcr } from "../src/tools/ocr/index.ts";

const [folder, hints = ""] = process.argv.slice(2);
if (folder === undefined) throw new Error("Which folder? It needs pictures and a truth.json.");
const truth = JSON.parse(await readFile(join(folder, "truth.json"), "utf8")) as Record<string, string>;
const languages = hints.split(",").filter((code) => code !== "");
const ocr = createOcr({
  languages: ["eng", "kor", "jpn", "chi_sim", "chi_tra"],
  seconds: 60,
  maxMegapixels: 40,
});

const kindOf = (name: string): string => /^([a-z]+(?:_[a-z]+)*)_?\d/u.exec(name)?.[1] ?? name;
const results = new Map<string, { errors: number; ms: number }[]>();
const [first] = Object.keys(truth);
if (first !== undefined) await ocr.read(await readFile(join(folder, first)), { languages });
for (const [name, expected] of Object.entries(truth)) {
  const picture = await readFile(join(folder, name));
  const start = performance.now();
  const { text, language, confidence } = await ocr.read(picture, { languages });
  const result = { errors: characterErrors(text, expected), ms: performance.now() - start };
  results.set(kindOf(name), [...(results.get(kindOf(name)) ?? []), result]);
  if (result.errors > 0) {
    console.log(
      `${name}: ${language} ${confidence}\n  read     ${JSON.stringify(text)}\n  expected ${JSON.stringify(expected)}`,
    );
  }
}
await ocr.stop();

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
console.log("\nkind          pictures  wrong characters  ms each");
for (const [kind, all] of results) {
  const wrong = `${(100 * mean(all.map(({ errors }) => errors))).toFixed(1)} %`;
  const ms = mean(all.map(({ ms }) => ms)).toFixed(0);
  console.log(`${kind.padEnd(14)}${String(all.length).padStart(8)}${wrong.padStart(18)}${ms.padStart(9)}`);
}
