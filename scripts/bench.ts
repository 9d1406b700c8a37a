/** Measures what people wait for, as ratios to a bare program in the same run: absolute times are the machine's. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const runs = 15;
const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "parlance-bench-"));

/** What the same work costs at least: one vendor's SDK and the schema library. */
const bare = join(root, "scripts/bench-bare.ts");
const environment = {
  PATH: process.env.PATH ?? "",
  PARLANCE_DATA: join(folder, "data"),
  PARLANCE_CONFIG: join(folder, "parlance.yaml"),
  PARLANCE_PERSONAS: join(root, "personas"),
};

function timeRun(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: environment,
    encoding: "utf8",
    input: "",
  });
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${stderr}`);
  return performance.now() - started;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const cases = {
  "bare node, openai and zod imported": [bare],
  "parlance ask, demo provider": ["src/cli.ts", "ask", "Hello"],
  "parlance ask, persona with examples": [
    "src/cli.ts",
    "ask",
    "--persona",
    "korean-vocabulary",
    "오늘은 일찍 들어올 거지?",
  ],
};

try {
  writeFileSync(environment.PARLANCE_CONFIG, "log: { level: silent }\n");
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  // One round first for the disk's cache; then in turns, so that a busy moment hits all alike.
  for (let run = -1; run < runs; run++) {
    for (const [name, args] of Object.entries(cases)) {
      const ms = timeRun(args);
      if (run >= 0) times.get(name)?.push(ms);
    }
  }
  const base = median(times.get("bare node, openai and zod imported") ?? []);
  console.log(
    `Start to exit, median of ${runs} runs, ${availableParallelism()} cores, Node ${process.version}\n`,
  );
  for (const [name, each] of times) {
    const ms = median(each);
    console.log(`${name.padEnd(38)} ${ms.toFixed(0).padStart(6)} ms   ${(ms / base).toFixed(2)} x`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
