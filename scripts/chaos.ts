/** Breaks everything while people ask, and counts what they see at the end. Exits with 1 when a promise was not kept. */
import { parseArgs } from "node:util";
import { runKills } from "./chaos/kills.ts";
import { describeKills } from "./chaos/report.ts";
import type { StoreKind } from "./chaos/stage.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    store: { type: "string", default: "both" },
    processes: { type: "string", default: "3" },
    seed: { type: "string" },
    minutes: { type: "string", default: "0" },
    keep: { type: "string" },
  },
});
const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped.abort());

let told = "";
function tell(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
  else if (line !== told && told.slice(0, 1) !== "") process.stderr.write("");
  told = line;
}

const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const stores: readonly StoreKind[] =
  values.store === "both" ? ["sqlite", "postgres"] : [values.store as StoreKind];
let isGood = true;
for (const store of stores) {
  const result = await runKills({
    store,
    processes: store === "sqlite" ? 1 : Number(values.processes),
    kills: Number(values.kills),
    minutes: Number(values.minutes),
    seed,
    signal: stopped.signal,
    tell,
    keep: values.keep,
  });
  tell("");
  console.log(`${describeKills(result, seed)}\n`);
  isGood &&= result.faults.length === 0 && result.crashes === 0;
}
if (stopped.signal.aborted) isGood = false;
process.exit(isGood ? 0 : 1);
