import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { parlance, root } from "../support/command-line.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { startModelServer } from "../support/model-server.ts";
import { startParlance } from "../support/process.ts";
import { until } from "../support/until.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

test("one process serves three platforms at once, each with one complete answer, and stops when told", async () => {
  const chats = await Promise.all([startTelegramEmulator(), startDiscordEmulator(), startSlackEmulator()]);
  const server = await startModelServer({ chunkSize: 20 });
  const cwd = makeFolder({
    "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\n`,
  });
  const data = join(cwd, "data");
  const environment = Object.assign({}, ...chats.map((chat) => chat.environment)) as Record<string, string>;
  const bot = startParlance({ ...environment, PARLANCE_DATA: data }, cwd);
  try {
    server.onMessage(/./u, { content: "Canberra is the **capital** of Australia." });
    await Promise.all(chats.map((chat) => chat.ready()));
    expect((await parlance(["health"], { cwd, env: { PARLANCE_DATA: data } })).code).toBe(0);
    await Promise.all(chats.map((chat) => chat.say({ text: "What is the capital of Australia?" })));
    for (const chat of chats) {
      const answers = () =>
        chat.seen().filter(({ fromBot, text }) => fromBot && text.includes("Canberra is the"));
      await until(`${chat.platform} has its answer`, () =>
        answers().some(({ text }) => text.includes("openai/")),
      );
      await sleep(200);
      expect(answers(), chat.platform).toHaveLength(1);
      expect(chat.complaints, chat.platform).toEqual([]);
    }
  } finally {
    const { code, log } = await bot.end();
    await Promise.all([...chats.map((chat) => chat.stop()), server.stop()]);
    expect(code).toBe(0);
    expect(log.match(/"msg":"turn"/gu)).toHaveLength(3);
    expect(log).not.toContain("capital of Australia");
    for (const secret of [...Object.values(environment), "sk-test"].filter(
      (value) => !value.startsWith("http"),
    )) {
      expect(log).not.toContain(secret);
    }
  }
});

test("a platform that hangs does not keep a stopped process", async () => {
  const slack = await startSlackEmulator();
  const server = await startModelServer();
  server.onMessage(/./u, { content: "Canberra." });
  const cwd = makeFolder({
    "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\nturn: { graceSeconds: 0 }\n`,
  });
  const bot = startParlance({ ...slack.environment, PARLANCE_DATA: join(cwd, "data") }, cwd);
  try {
    await slack.ready();
    for (const method of ["chat.postMessage", "chat.startStream", "chat.update"])
      slack.troubled.set(method, "silent");
    await slack.say({ text: "What is the capital of Australia?" });
    await until("the model was asked", () => server.requests().length > 0);
    await sleep(300);
  } finally {
    const { code, log } = await bot.end();
    await Promise.all([slack.stop(), server.stop()]);
    expect(code).toBe(0);
    expect(log).toContain("something did not answer any more");
  }
});

test("a platform that refuses its token is told once, and the others run on", async () => {
  const telegram = await startTelegramEmulator();
  const cwd = makeFolder();
  const nobody = { DISCORD_TOKEN: "wrong.token.here", DISCORD_API_URL: "http://127.0.0.1:9/api" };
  const bot = startParlance({ ...telegram.environment, ...nobody, PARLANCE_DATA: join(cwd, "data") }, cwd);
  try {
    await telegram.ready();
    await telegram.say({ text: "hello" });
    await until("Telegram has its answer", () =>
      telegram.seen().some(({ text }) => text.includes("This is the demo")),
    );
  } finally {
    const { code, log } = await bot.end();
    await telegram.stop();
    expect(code).toBe(0);
    expect(log.match(/"platform":"discord"/gu)).toHaveLength(1);
    expect(log).not.toContain("wrong.token.here");
  }
});

test("it listens before it has loaded what answers take, and what comes in meanwhile is answered", async () => {
  const telegram = await startTelegramEmulator();
  const cwd = makeFolder({ "parlance.yaml": "log: { level: info }\n" });
  const report = join(cwd, "modules.txt");
  await telegram.say({ text: "hello" });
  const bot = startParlance(
    {
      ...telegram.environment,
      PARLANCE_DATA: join(cwd, "data"),
      LOADED_BEFORE_CALL: report,
      NODE_OPTIONS: `--import=${join(root, "test/support/report-modules.ts")}`,
    },
    cwd,
  );
  try {
    await until("Telegram has its answer", () =>
      telegram.seen().some(({ text }) => text.includes("This is the demo")),
    );
    const loaded = readFileSync(report, "utf8").split("\n");
    expect(loaded).toEqual(
      expect.arrayContaining(["grammy", "src/store/open.ts", "adapters/telegram/poll.ts"]),
    );
    const answering =
      /^src\/(?:main|serve|answer|turn)\.ts$|^src\/(?:commands|personas|providers\/openai|text\/document|tools)|\/render\.ts$|^(?:mdast|micromark|openai)/u;
    expect(loaded.filter((name) => answering.test(name))).toEqual([]);
    // One language's words; the others are read when somebody speaks them.
    expect(loaded.filter((name) => /^src\/words\/(?!en\b)\w\w\b/u.test(name))).toEqual([]);
  } finally {
    const { code } = await bot.end();
    await telegram.stop();
    expect(code).toBe(0);
  }
});
