/**
 * Measures Parlance beside a bare bot that keeps nothing, and one that only stores, in one run: ratios carry over,
 * absolute numbers are the machine's. All are processes of their own; Telegram and the model are in this one. `--quick` measures once, `--only start`,
 * `--only answers` or `--only rush` only that. Linux.
 */
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { startPostgres } from "../test/support/postgres.ts";
import { benchGrowing } from "./bench/growing.ts";
import { benchHost } from "./bench/host.ts";
import { type Effort, measure, type Measured, percentile } from "./bench/measure.ts";
import { benchStartUp } from "./bench/startup.ts";
import { bareBot, launch, parlance, storingBot, type Subject } from "./bench/subject.ts";
import { printTable } from "./bench/table.ts";

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string", multiple: true } },
});
const allParts = ["start", "answers", "rush"] as const;
const parts = allParts.filter((part) => values.only?.includes(part) ?? true);
const rounds = values.quick ? 1 : 5;
/** No further round is begun after so long. */
const patienceMs = 150_000;
const effort: Effort = values.quick
  ? { warmUp: 100, answers: 50, inOneChat: 30, inEachOfTen: 5, chats: 1000 }
  : { warmUp: 200, answers: 150, inOneChat: 60, inEachOfTen: 15, chats: 1000 };

const postgres = await startPostgres({ durable: true });
try {
  const ours = [parlance("SQLite"), parlance("Postgres", () => postgres.createDatabase())];
  const subjects: readonly Subject[] = [bareBot, storingBot, ...ours];
  // Once for the caches of disk and compiler.
  for (const subject of subjects) await (await launch(subject)).stop();
  const measured = new Map<string, Measured[]>(subjects.map(({ name }) => [name, []]));
  const began = performance.now();
  let round = 0;
  // In turns, so that a busy moment hits all alike.
  for (; round < rounds && performance.now() - began < patienceMs; round++)
    for (const subject of subjects) measured.get(subject.name)?.push(await measure(subject, effort, parts));
  const [{ model } = { model: "unknown" }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(`${availableParallelism()} cores (${model.trim()}), ${memory} GB, Node ${process.version}`);
  console.log(`Medians of ${round} rounds; answers of 200 tokens from a model that thinks in no time\n`);
  printTable(new Map([...measured].map(([name, each]) => [name, medians(each)])), {
    judged: new Set(ours.map(({ name }) => name)),
  });
} finally {
  await postgres.close();
}
if (!values.only) {
  benchStartUp(values.quick ? 5 : 9);
  await benchHost(values.quick ? 1 : 5);
  // Last: what it takes of memory would else count for the others.
  await benchGrowing(values.quick ? 1 : 5);
}

function medians(rounds: readonly Measured[]): Measured {
  const keys = Object.keys(rounds[0] ?? {});
  return Object.fromEntries(
    keys.map((key) => [
      key,
      percentile(
        rounds.map((each) => each[key] ?? Number.NaN),
        50,
      ),
    ]),
  );
}
