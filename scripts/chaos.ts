/** Breaks everything while people ask, and counts what they see at the end. Exits with 1 when a promise was not kept. */
import { EventEmitter } from "node:events";
import { parseArgs } from "node:util";
import { runCrowd } from "./chaos/crowd.ts";
import { runKills } from "./chaos/kills.ts";
import { describeCrowd, describeKills, describeSoak, isGoodCrowd, isGoodSoak } from "./chaos/report.ts";
import { runSoak } from "./chaos/soak.ts";
import type { StoreKind } from "./chaos/stage.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    minutes: { type: "string", default: "0" },
    crowd: { type: "string" },
    soak: { type: "string" },
    store: { type: "string", default: "both" },
    processes: { type: "string", default: "3" },
    seed: { type: "string" },
    keep: { type: "string" },
  },
});
// A platform waits for each of its events on one socket.
EventEmitter.defaultMaxListeners = 1_000;
const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped.abort());
const { signal } = stopped;
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));

function tell(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
}

/** Whether what was promised was kept on this store. */
async function run(store: StoreKind): Promise<boolean> {
  const common = { store, processes: store === "sqlite" ? 1 : Number(values.processes), seed, signal };
  if (values.crowd !== undefined) {
    const result = await runCrowd({ ...common, people: Number(values.crowd), tell });
    console.log(`${describeCrowd(store, result)}\n`);
    return isGoodCrowd(result);
  }
  if (values.soak !== undefined) {
    const result = await runSoak({
      ...common,
      minutes: Number(values.soak),
      say: (line) => console.log(line),
    });
    console.log(`${describeSoak(store, result)}\n`);
    return isGoodSoak(result);
  }
  const { kills, minutes, keep } = values;
  const result = await runKills({ ...common, kills: Number(kills), minutes: Number(minutes), keep, tell });
  tell("");
  console.log(`${describeKills(result, seed)}\n`);
  return result.faults.length === 0;
}

const stores = values.store === "both" ? (["sqlite", "postgres"] as const) : [values.store as StoreKind];
let isGood = true;
for (const store of stores) isGood = !signal.aborted && (await run(store)) && isGood;
process.exit(isGood && !signal.aborted ? 0 : 1);
