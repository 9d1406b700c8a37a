import { createHook } from "node:async_hooks";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ChatCompletionRequest } from "@copilotkit/aimock";
import { loadConfig } from "../../src/config.ts";
import { openBot, type OpenBot } from "../../src/main.ts";
import { adaptersFor } from "../support/adapters.ts";
import type { ChatEmulator, Seen } from "../support/chat-emulator.ts";

import { until } from "../support/until.ts";
import { root } from "../support/command-line.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

const answers: Readonly<Record<string, string>> = {
  "deep-one": [
    "Take **PostgreSQL**. It has what a booking needs:",
    "",
    "- transactions over several tables",
    "- `EXCLUDE` constraints, so that two bookings of one room can't overlap",
    "",
    "```sql",
    "EXCLUDE USING gist (room WITH =, during WITH &&)",
    "```",
    "",
    "SQLite would do for one machine, but you said that you want two web servers. Backups are `pg_dump` by night and, once it matters, WAL archiving; both are well trodden. Start with one instance of a managed service and forget about it until the bill or the load tells you otherwise. Only then look at replicas, and at partitions by month for the table of bookings, which nobody needs below some ten million rows.",
  ].join("\n"),
  "quick-two": "PostgreSQL: two servers write at once, and bookings must not overlap.",
  "slow-four": "SQLite. A hotel has a few hundred bookings a day; a second server can be a standby.",
};
const synthesis = [
  "Use **PostgreSQL**: all three want real transactions, so that two bookings never overlap.",
  "",
  "One of three disagrees: SQLite is enough for a few hundred bookings a day, with the second server as a standby. That holds if only one server ever writes.",
].join("\n");

const usage = { prompt_tokens: 900, completion_tokens: 120, total_tokens: 1_020 };

function reply({ model, messages }: ChatCompletionRequest): object {
  const system = JSON.stringify(messages[0]?.content);
  if (model === "broken-three")
    return { error: { message: "no such model", type: "invalid_request_error" }, status: 404 };
  if (system.includes("You judge answers")) return { content: rankingOf(messages), usage };
  const last = JSON.stringify(messages.at(-1)?.content);
  return { content: last.includes("[Answer 1 of") ? synthesis : (answers[model] ?? "?"), usage };
}

/** By how long they are. */
function rankingOf(messages: ChatCompletionRequest["messages"]): string {
  const parts = messages.at(-1)?.content;
  const text = typeof parts === "string" ? parts : (parts ?? []).map((part) => part.text ?? "").join("\n");
  const found = [...text.matchAll(/\[Answer ([A-Z])\]\n([\s\S]*?)\n\[end\]/gu)];
  const sorted = found.toSorted(([, , one = ""], [, , other = ""]) => other.length - one.length);
  return `Here is my ranking:\n\`\`\`json\n{"ranking": ${JSON.stringify(sorted.map(([, letter]) => letter))}}\n\`\`\``;
}

const config = (address: string): string =>
  [
    `providers:`,
    `  lab:`,
    `    kind: openai-chat`,
    `    baseUrl: ${address}`,
    `    apiKey: sk-test`,
    `    models:`,
    ...["deep-one", "quick-two", "broken-three", "slow-four"].map(
      (name) => `      ${name}: { window: 100000, price: { input: 1, output: 4 } }`,
    ),
    `models: { smart: lab/deep-one, fast: lab/quick-two }`,
    `council: { members: [smart, fast, lab/broken-three, lab/slow-four], askAboveUsd: 0.05 }`,
    `access: { servers: open }`,
    "",
  ].join("\n");

const personasFolder = join(root, "personas");

interface Stage {
  readonly server: ModelServer;
  readonly chat: ChatEmulator;
  readonly bot: OpenBot;
}

/** The whole bot as it is configured, with real sockets to its models and its chat. */
async function openStage(start: () => Promise<ChatEmulator>): Promise<Stage> {
  const [server, chat] = await Promise.all([startModelServer(), start()]);
  server.mock.clearFixtures().addFixtures([
    // Far enough apart that they come in this order on a busy machine too.
    { match: { model: "broken-three" }, response: reply },
    { match: { model: "slow-four" }, response: reply, latency: 300, chunkSize: 12 },
    { match: { model: "quick-two" }, response: reply, latency: 250, chunkSize: 20 },
    { match: {}, response: reply, latency: 50, chunkSize: 100 },
  ]);
  const cwd = makeFolder({ "parlance.yaml": config(server.openAiUrl) });
  const settings = loadConfig({ env: chat.environment, cwd });
  const bot = await openBot({ ...settings, personasFolder, log: { level: "silent" } });
  const adapters = await adaptersFor(settings, bot.core);
  await bot.bot.work(adapters);
  for (const adapter of adapters) await adapter.start((inbound) => bot.bot.receive(adapter, inbound));
  await chat.ready();
  onTestFinished(async () => {
    await bot.bot.stop();
    await Promise.all(adapters.map((adapter) => adapter.stop()));
    await bot.close();
    await Promise.all([chat.stop(), server.stop()]);
  });
  return { server, chat, bot };
}

const fromBot = (chat: ChatEmulator): readonly Seen[] => chat.seen().filter((seen) => seen.fromBot);

const transcript = (seen: readonly Seen[]): string =>
  seen
    .map(({ author, text, buttons, files }) => {
      const below = buttons.length > 0 ? `\n${buttons.map((label) => `( ${label} )`).join(" ")}` : "";
      const sent = files
        .map(({ name, data }) => `\n[${name}]\n${Buffer.from(data).toString("utf8")}`)
        .join("");
      return `${author}:\n${`${text}${below}${sent}`.replaceAll(/^(?=.)/gmu, "    ")}`;
    })
    .join("\n\n");

describe.each([
  ["Telegram", startTelegramEmulator],
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
] as const)("a council of four on %s, one failing and one slow", (_, start) => {
  test("asks what it may cost, and comes to an answer with ranks, dissent and costs", async () => {
    const { chat } = await openStage(start);
    await chat.command("council", "Which database for a hotel's bookings? Two web servers.");
    const offer = await until("it asks", () =>
      fromBot(chat).find(({ buttons }) => buttons.includes("Ask the council")),
    );
    expect(offer.text).toMatch(
      /About \$0\.0\d+ for 4 models \(lab\/deep-one, lab\/quick-two, lab\/broken-three, lab\/slow-four\), at most \$0\.\d+\. Go ahead\?/u,
    );
    await chat.press(offer.id, "Ask the council");
    await until("it is done", () => fromBot(chat).some(({ buttons }) => buttons.includes("Again")));
    const long = (answers["deep-one"] ?? "").slice(-100);
    await until("all of it is there", () => transcript(fromBot(chat)).includes(long));
    const shown = transcript(chat.seen());
    await expect(shown.replaceAll(/(?<= · )[\d.]+ s/gu, "N s")).toMatchFileSnapshot(
      join(root, `test/council/${chat.platform}.txt`),
    );
    expect(chat.complaints).toEqual([]);
  });
});

/** What was stored is on the disk a moment later, whatever becomes of an answer. */
const ofTheStore = "/src/store/flush.ts";

/** Where the timers were set that are still to come, of those that an answer sets. */
function watchTimers(): () => readonly string[] {
  const live = new Map<number, string>();
  const hook = createHook({
    init(id, type) {
      const from = type === "Timeout" ? /\/src\/[^)]*/u.exec(new Error("set").stack ?? "")?.[0] : undefined;
      if (from !== undefined && !from.startsWith(ofTheStore)) live.set(id, from);
    },
    destroy: (id) => void live.delete(id),
  }).enable();
  onTestFinished(() => void hook.disable());
  return () => [...live.values()];
}

test("stopped in the middle, it leaves no open request and no timer", async () => {
  const server = await startModelServer();
  server.mock.clearFixtures().addFixtures([
    { match: { model: "quick-two" }, response: reply },
    { match: {}, response: reply, latency: 50, chunkSize: 2 },
  ]);
  const cwd = makeFolder({ "parlance.yaml": config(server.openAiUrl).replace("0.05", "10") });
  const bot = await openBot({ ...loadConfig({ env: {}, cwd }), personasFolder, log: { level: "silent" } });
  onTestFinished(async () => {
    await bot.close();
    await server.stop();
  });
  const chat = fakeAdapter();
  const kim = {
    thread: "fake:kim",
    place: "dm",
    channelName: "Kim",
    author: { id: "fake:kim", name: "Kim" },
    type: "command",
  } as const;
  const timers = watchTimers();
  await bot.bot.receive(chat, { ...kim, id: "ask", name: "council", argument: "Which database?" });
  await until("one has answered", () =>
    chat.posts.at(0)?.answer.folds?.some(({ text }) => text === answers["quick-two"]),
  );
  expect(server.open()).toBe(2);
  await bot.bot.receive(chat, { ...kim, id: "stop", name: "stop", argument: "" });
  await chat.dealtWith("ask");
  expect(chat.posts[0]?.answer).toMatchObject({ state: "stopped", notices: ["Stopped."] });
  await until("all requests are closed", () => server.open() === 0);
  expect(timers()).toEqual([]);
  const models = (await bot.core.store.people.accounts("fake:kim")).map(({ model }) => model);
  expect(models.toSorted()).toEqual(["lab/deep-one", "lab/quick-two", "lab/slow-four"]);
});
