/**
 * Measures a long PDF from its upload to the model's first request, through `parlance start` against Telegram's emulator
 * and a model's server: how long that takes, what all its processes hold at most, and whether a page opens at that page's
 * text. `--pages 600` says how long it is. Linux.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startModelServer } from "../test/support/model-server.ts";
import { makePdf } from "../test/support/pdf.ts";
import { startParlance } from "../test/support/process.ts";
import { until } from "../test/support/until.ts";
import { startTelegramEmulator } from "../test/support/telegram/index.ts";

const { values } = parseArgs({ options: { pages: { type: "string", default: "600" } } });
const pages = Number(values.pages);
/** What only this page tells, in a text of which every page has its own. */
const asked = Math.ceil(pages * 0.7);
const gem = (page: number): string => `The keeper of lamp ${page} hid seal ${page * 7919} there.`;
/** Whether a passage stands there under the label of that page. */
const isPage = (text: string): boolean => new RegExp(String.raw`\[s\d+\] .*p\. ${asked}\n`, "u").test(text);

const folder = mkdtempSync(join(tmpdir(), "parlance-bench-"));
const chat = await startTelegramEmulator();
const server = await startModelServer();
writeFileSync(
  join(folder, "parlance.yaml"),
  `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\n`,
);
const bot = startParlance({ ...chat.environment, PARLANCE_DATA: join(folder, "data") }, folder);
try {
  await chat.ready();
  await answerTo("Hello.");
  await sleep(1_500);
  const idle = memoryOf(bot.pid);
  const book = makePdf(Array.from({ length: pages }, (_, index) => pageText(index + 1)));
  const peak = watchMemory(bot.pid);
  const first = await answerTo(`Who hid the seal at lamp ${asked}?`, book);
  const upload = peak.most();
  server.enqueue({ toolCalls: [{ name: "read_file", arguments: JSON.stringify({ part: `p. ${asked}` }) }] });
  const second = await answerTo("Thanks. And what else does that page say?");
  const opened = lastResult();
  const most = peak.stop();
  console.log(
    `${pages} pages, ${(book.length / 1e6).toFixed(1)} MB; ${availableParallelism()} cores, Node ${process.version}\n`,
  );
  console.log(`from upload to the first answer's request  ${(first.ms / 1000).toFixed(2)} s`);
  console.log(`the same for the next question             ${(second.ms / 1000).toFixed(2)} s`);
  console.log(`memory of all its processes, idle          ${Math.round(idle)} MB`);
  console.log(`                  while it is read, most   ${Math.round(upload)} MB`);
  console.log(`                  in all, most             ${Math.round(most)} MB`);
  console.log(
    `passage found with its page                ${saysYes(isPage(first.body) && first.body.includes(gem(asked)))}`,
  );
  console.log(
    `p. ${asked} opened at its text                   ${saysYes(isPage(opened) && opened.includes(gem(asked)))}`,
  );
  console.log(`letters of the first request               ${first.body.length.toLocaleString("en")}`);
} finally {
  await bot.end();
  await Promise.all([chat.stop(), server.stop()]);
  rmSync(folder, { recursive: true, force: true });
}

/** Asks, and waits until the model was asked and its answer stands. */
async function answerTo(
  text: string,
  file?: Uint8Array,
): Promise<{ readonly ms: number; readonly body: string }> {
  const before = server.requests().length;
  const answers = (): number =>
    chat.seen().filter(({ fromBot, text: said }) => fromBot && said.includes("openai/")).length;
  const answered = answers();
  const files = file ? [{ name: "book.pdf", mimeType: "application/pdf", data: file }] : [];
  const began = performance.now();
  await chat.say({ text, files });
  await until("the model is asked", () => server.requests().length > before);
  const ms = performance.now() - began;
  await until("the answer stands", () => answers() > answered);
  return { ms, body: textOf(server.requests()[before]?.chat.messages.at(-1)?.content) };
}

function lastResult(): string {
  const tools = server
    .requests()
    .at(-1)
    ?.chat.messages.filter(({ role }) => role === "tool");
  return textOf(tools?.at(-1)?.content);
}

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content ?? "");
}

/** A page as books have them, of some 1,900 letters. */
function pageText(page: number): readonly string[] {
  const words =
    "harbour winter lantern tide rope window letter stone garden silence road mirror salt bread".split(" ");
  const line = (at: number): string =>
    Array.from({ length: 10 }, (_, index) => words[(page * 31 + at * 7 + index * index) % words.length]).join(
      " ",
    );
  return [`Page ${page}`, ...Array.from({ length: 26 }, (_, at) => `${line(at)}.`), gem(page)];
}

/** Of a process and all below it, in MB. */
function memoryOf(pid: number): number {
  const [rss, below] = [/VmRSS:\s+(\d+)/u, /PPid:\s+(\d+)/u];
  const statuses = readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    const status = statusOf(name);
    return [
      {
        pid: Number(name),
        parent: Number(below.exec(status)?.[1]),
        mb: Number(rss.exec(status)?.[1] ?? 0) / 1024,
      },
    ];
  });
  const family = new Set([pid]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const each of statuses) if (family.has(each.parent)) family.add(each.pid);
  }
  return statuses.reduce((sum, each) => sum + (family.has(each.pid) ? each.mb : 0), 0);
}

function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

function watchMemory(pid: number): { most(): number; stop(): number } {
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(pid))), 25);
  return {
    most: () => most,
    stop() {
      clearInterval(timer);
      return most;
    },
  };
}

function saysYes(holds: boolean): string {
  return holds ? "yes" : "NO";
}
