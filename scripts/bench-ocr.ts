/**
 * Reads pictures and prints the share of wrong characters and the time per picture, by kind and language:
 * `npm run bench:ocr -- [folder] [languages to expect, e.g. ko,en]`. The folder, or each folder in it, holds pictures and
 * their text by file name in truth.json; where that is missing, the truths of test/fixtures/ocr count. Names start with
 * their kind and language, as in `kor_01.jpg` or `two-kor_1.jpg`. Without a folder the pictures of the tests are read.
 */
import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createOcr } from "../src/tools/ocr/index.ts";
import { characterErrors } from "../test/tools/ocr/character-errors.ts";

type Truths = Readonly<Record<string, string>>;

const fixtures = fileURLToPath(new URL("../test/fixtures/ocr", import.meta.url));
const [given = fixtures, hints = ""] = process.argv.slice(2);
const languages = hints.split(",").filter((code) => code !== "");
const ocr = createOcr({
  languages: ["eng", "kor", "jpn", "chi_sim", "chi_tra"],
  seconds: 60,
  maxMegapixels: 40,
});

async function truthsIn(folder: string): Promise<Truths | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, "truth.json"), "utf8")) as Truths;
  } catch {
    return undefined;
  }
}

async function picturesIn(folder: string): Promise<{ path: string; truth: string }[]> {
  const names = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const truths = (await truthsIn(folder)) ?? (await truthsIn(fixtures)) ?? {};
  const found = names.flatMap(({ name }) => {
    const truth = truths[name];
    return truth === undefined ? [] : [{ path: join(folder, name), truth }];
  });
  const deeper = names
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => picturesIn(join(folder, name)));
  return [...found, ...(await Promise.all(deeper)).flat()];
}

/** The name without its number. */
const kindOf = (path: string): string => basename(path).replace(/(?:_?\d+[a-z]?)?\.\w+$/iu, "");

/** What this process and the reading ones have used so far. Linux tells of others; elsewhere it is this one alone. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  try {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, "latin1").trim().split(" ");
    // User and system time stand in hundredths of a second behind the name, which may hold spaces.
    const used = children.map(
      (id) => readFileSync(`/proc/${id}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [],
    );
    const ticks = used.reduce((sum, fields) => sum + Number(fields[11]) + Number(fields[12]), 0);
    return (user + system) / 1000 + ticks * 10;
  } catch {
    return (user + system) / 1000;
  }
}

const pictures = await picturesIn(given);
if (pictures.length === 0) throw new Error(`No picture whose text is known in ${given}.`);
const results = new Map<string, { errors: number; ms: number; cpuMs: number }[]>();
for (const [index, { path, truth }] of [...pictures.slice(0, 1), ...pictures].entries()) {
  const picture = await readFile(path);
  const [start, cpu] = [performance.now(), cpuMs()];
  const { text, language, confidence } = await ocr.read(picture, { languages });
  // The first one starts the process; each language's model is loaded when it is first needed.
  if (index === 0) continue;
  const ms = performance.now() - start;
  const result = { errors: characterErrors(text, truth), ms, cpuMs: cpuMs() - cpu };
  results.set(kindOf(path), [...(results.get(kindOf(path)) ?? []), result]);
  if (result.errors > 0) {
    const [read, expected] = [JSON.stringify(text), JSON.stringify(truth)];
    console.log(`${basename(path)}: ${language} ${confidence}\n  read     ${read}\n  expected ${expected}`);
  }
}
await ocr.stop();

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(`\n${"kind".padEnd(20)}pictures  wrong characters  CPU ms each  ms each (slowest)`);
for (const [kind, all] of results) {
  const wrong = `${(100 * mean(all.map(({ errors }) => errors))).toFixed(1)} %`;
  const times = all.map(({ ms }) => ms);
  const ms = `${mean(times).toFixed(0)} (${Math.max(...times).toFixed(0)})`;
  const cpu = mean(all.map(({ cpuMs }) => cpuMs)).toFixed(0);
  console.log(
    `${kind.padEnd(20)}${String(all.length).padStart(8)}${wrong.padStart(18)}${cpu.padStart(13)}  ${ms}`,
  );
}
