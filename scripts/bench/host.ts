/** What it costs to do dangerous work apart from the bot, and to read a long PDF there. Linux. */
import { readFileSync } from "node:fs";
import { createDocumentReader } from "../../src/documents/index.ts";
import type { Host } from "../../src/host/host.ts";
import { createProcessHost } from "../../src/host/process.ts";
import { createThreadHost } from "../../src/host/thread.ts";
import { createLog } from "../../src/log.ts";
import { makePdf } from "../../test/support/pdf.ts";
import { percentile } from "./measure.ts";

const bounds = { seconds: 60, memoryMb: 400, answerMb: 8, atOnce: 1, warmMs: 60_000 };
const pages = 600;

/** Prints the medians of so many runs of each. */
export async function benchHost(runs: number): Promise<void> {
  console.log(`\nWork apart from the bot, median of ${runs} runs\n`);
  const hosts = {
    thread: () => createThreadHost<string, string>(new URL("./echo-thread.ts", import.meta.url), bounds),
    process: () => createProcessHost<string, string>(new URL("./echo-process.ts", import.meta.url), bounds),
  };
  for (const [name, create] of Object.entries(hosts)) {
    const rounds: Cost[] = [];
    for (let run = 0; run < runs; run++) rounds.push(await costOf(create()));
    const median = (key: keyof Cost): number =>
      percentile(
        rounds.map((round) => round[key]),
        50,
      );
    print(`a ${name} starts and does its first task`, `${median("cold").toFixed(0)} ms`);
    print(`  a further task`, `${median("warm").toFixed(2)} ms`);
    print(`  memory that it takes`, `${median("memory").toFixed(0)} MB`);
  }
  await benchPdf(runs);
}

interface Cost {
  readonly cold: number;
  readonly warm: number;
  readonly memory: number;
}

async function costOf(host: Host<string, string>): Promise<Cost> {
  const before = treeMb();
  const cold = await timed(() => host.run("hello"));
  const further: number[] = [];
  for (let task = 0; task < 20; task++) further.push(await timed(() => host.run("hello")));
  const memory = treeMb() - before;
  await host.stop();
  return { cold, warm: percentile(further, 50), memory };
}

async function benchPdf(runs: number): Promise<void> {
  const pictures = { read: () => Promise.reject(new Error("no page is a picture")) };
  const reader = createDocumentReader({ pictures, log: createLog("silent") });
  const bytes = makePdf(Array.from({ length: pages }, (_, page) => pageOf(page + 1)));
  const times: number[] = [];
  let [highest, own] = [0, 0];
  const look = setInterval(() => {
    highest = Math.max(highest, treeMb());
    own = Math.max(own, residentMb(process.pid));
  }, 5);
  for (let run = 0; run < runs; run++) {
    const signal = AbortSignal.timeout(60_000);
    times.push(await timed(() => reader.read({ bytes, name: "book.pdf", mimeType: "" }, { signal })));
  }
  clearInterval(look);
  await reader.stop();
  print(
    `a PDF of ${pages} pages (${(bytes.length / 1e6).toFixed(1)} MB) is read`,
    `${percentile(times, 50).toFixed(0)} ms`,
  );
  print(
    `  memory at most, this process and the reading one`,
    `${highest.toFixed(0)} MB (${own.toFixed(0)} MB this one)`,
  );
}

const words =
  "the quick brown fox jumps over a lazy dog while seven wizards brew potions under northern lights".split(
    " ",
  );

/** Forty lines in two scripts, no two pages alike. */
const pageOf = (page: number): string[] =>
  Array.from({ length: 40 }, (_, line) =>
    line % 3 === 2
      ? `그녀는 ${page}쪽에서 조용히 문을 열고 밖으로 나갔다 바람이 불었다`
      : Array.from(
          { length: 14 },
          (_, word) => words[(page * 7 + line * 5 + word * word) % words.length],
        ).join(" "),
  );

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** This process and those that it started. */
function treeMb(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "latin1")
    .split(" ")
    .filter(Boolean);
  return [process.pid, ...children.map(Number)].reduce((sum, id) => sum + residentMb(id), 0);
}

/** Nothing of one that has just ended. */
function residentMb(id: number): number {
  try {
    return (Number(readFileSync(`/proc/${id}/statm`, "latin1").split(" ")[1]) * 4096) / 1e6;
  } catch {
    return 0;
  }
}

const print = (what: string, cost: string): void => console.log(`${what.padEnd(56)} ${cost.padStart(10)}`);
