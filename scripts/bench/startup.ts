/** What `parlance ask` costs from start to exit, as ratios to a bare program in the same run. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { percentile } from "./measure.ts";

const root = resolve(import.meta.dirname, "../..");

const bare = "bare node, openai and zod imported";
const cases: Readonly<Record<string, readonly string[]>> = {
  // What the same work costs at least: one vendor's SDK and the schema library.
  [bare]: [join(root, "scripts/bench/bare-start.ts")],
  "parlance ask, demo provider": ["src/cli.js", "ask", "Hello"],
  "parlance ask, persona with examples": [
    "src/cli.js",
    "ask",
    "--persona",
    "korean-vocabulary",
    "오늘은 일찍 들어올 거지?",
  ],
};

/** Prints the median of so many runs of each. */
export function benchStartUp(runs: number): void {
  const folder = mkdtempSync(join(tmpdir(), "parlance-bench-"));
  const environment = {
    PATH: process.env["PATH"] ?? "",
    PARLANCE_DATA: join(folder, "data"),
    PARLANCE_CONFIG: join(folder, "parlance.yaml"),
    PARLANCE_PERSONAS: join(root, "personas"),
  };
  try {
    writeFileSync(environment.PARLANCE_CONFIG, "log: { level: silent }\n");
    const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
    // One round first for the disk's cache; then in turns, so that a busy moment hits all alike.
    for (let run = -1; run < runs; run++) {
      for (const [name, args] of Object.entries(cases)) {
        const ms = timeRun(args, environment);
        if (run >= 0) times.get(name)?.push(ms);
      }
    }
    const base = percentile(times.get(bare) ?? [], 50);
    console.log(`\nStart to exit, median of ${runs} runs\n`);
    for (const [name, each] of times) {
      const ms = percentile(each, 50);
      console.log(`${name.padEnd(38)} ${ms.toFixed(0).padStart(6)} ms   ${(ms / base).toFixed(2)} x`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeRun(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env,
    encoding: "utf8",
    input: "",
  });
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${stderr}`);
  return performance.now() - started;
}
