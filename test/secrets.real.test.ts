import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatEmulator } from "./support/chat-emulator.ts";
import { type CallOptions, parlance } from "./support/command-line.ts";
import { startDiscordEmulator } from "./support/discord/index.ts";
import { makeFolder } from "./support/folder.ts";
import { type PostgresServer, startPostgres } from "./support/postgres.ts";
import { startParlance } from "./support/process.ts";
import { until } from "./support/until.ts";
import { startSlackEmulator } from "./support/slack/index.ts";
import { startSseServer } from "./support/sse-server.ts";
import { startTelegramEmulator } from "./support/telegram/index.ts";

/** Recognisable, and like no vendor's keys: nothing but knowing them hides them. */
const key = (whose: string): string => `k3y-of-${whose}-Qx7Zp9`;

/** The secrets found in texts, each with where it stands. */
function foundIn(texts: Readonly<Record<string, string>>, secrets: readonly string[]): string[] {
  return Object.entries(texts).flatMap(([where, text]) =>
    secrets
      .filter((secret) => text.includes(secret))
      .map((secret) => {
        const at = text.indexOf(secret);
        return `${secret} in ${where}: ${text.slice(Math.max(0, at - 150), at + 60)}`;
      }),
  );
}

function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [file, readFileSync(file, "latin1")]));
}

/** Runs calls of the command line and finds which secrets they print. */
async function printedBy(
  calls: readonly (readonly string[])[],
  options: CallOptions,
  secrets: readonly string[],
): Promise<{ found: string[]; printed: string }> {
  const texts: Record<string, string> = {};
  for (const args of calls) {
    const { out, err } = await parlance(args, options);
    texts[`parlance ${args.join(" ")}`] = `${out}\n${err}`;
  }
  return { found: foundIn(texts, secrets), printed: Object.values(texts).join("\n") };
}

test("a finder of secrets finds one", () => {
  expect(foundIn({ log: "the key is abc", chat: "hello" }, ["abc", "def"])).toEqual([
    "abc in log: the key is abc",
  ]);
});

test("a bot in trouble tells nobody a secret: not the chats, not the log, not the models, not the disk", async () => {
  const chats = await Promise.all([startTelegramEmulator(), startDiscordEmulator(), startSlackEmulator()]);
  const sse = await startSseServer();
  const echo = (id: string) => `Wrong key ${key(id)}; sent: Authorization: Bearer ${key(id)}`;
  sse.onPath("/one/responses", { status: 401, json: { error: { message: echo("one") } } });
  sse.onPath("/two/chat/completions", {
    status: 500,
    headers: { "content-type": "text/html" },
    json: `<html>${echo("two")}</html>`,
  });
  sse.onPath("/three/v1/messages", {
    status: 400,
    json: { type: "error", error: { type: "invalid_request_error", message: echo("three") } },
  });
  sse.onPath("/four/chat/completions", {
    events: [
      { id: "1", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content: "Well" } }] },
      { error: { message: echo("four"), code: "server_error" } },
    ],
  });
  sse.onPath("/five/chat/completions", {
    events: [
      { id: "1", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content: "Well" } }] },
      `data: ${key("five")}\n\n`,
    ],
  });
  const ids = ["one", "two", "three", "four", "five"];
  const kinds = {
    one: "openai",
    two: "openai-chat",
    three: "anthropic",
    four: "openai-chat",
    five: "openai-chat",
  };
  const persona = (id: string) => `name: ${id}\ndescription: x\ninstructions: x\nmodel: ${id}/model\n`;
  const cwd = makeFolder({
    ...Object.fromEntries(ids.map((id) => [`personas/${id}.yaml`, persona(id)])),
    "parlance.yaml": [
      "persona: one",
      "log: { level: debug }",
      "access: { servers: open }",
      "providers:",
      ...Object.entries(kinds).map(
        ([id, kind]) => `  ${id}: { kind: ${kind}, baseUrl: ${sse.url}/${id}, apiKey: ${key(id)} }`,
      ),
      "",
    ].join("\n"),
  });
  const environment = Object.assign({}, ...chats.map((chat) => chat.environment)) as Record<string, string>;
  const data = join(cwd, "data");
  const webhookSecret = "hook_secret_Qx7Zp9";
  const env = {
    ...environment,
    PARLANCE_DATA: data,
    PARLANCE_PERSONAS: join(cwd, "personas"),
    SLACK_SIGNING_SECRET: key("signing"),
    TELEGRAM_WEBHOOK_SECRET: webhookSecret,
    OPENAI_API_KEY: key("openai"),
  };
  const bot = startParlance(env, cwd);
  const said: Record<string, string> = {};
  let log = "";
  try {
    await Promise.all(chats.map((chat) => chat.ready()));
    const seen = (chat: ChatEmulator): string =>
      chat
        .seen()
        .map(({ text }) => text)
        .join("\n");
    const troubles = (chat: ChatEmulator): number =>
      seen(chat).match(/refused our key|failed to answer|overloaded right now|broke off|declined this/gu)
        ?.length ?? 0;
    for (const [index, id] of ids.entries()) {
      await Promise.all(chats.map((chat) => chat.say({ text: `${id}: hello` })));
      await until(`${id} has failed`, () => chats.every((chat) => troubles(chat) > index));
    }
    for (const chat of chats) await chat.command("model", "");
    await until("the models are told", () => chats.every((chat) => seen(chat).includes("answers here")));
    for (const chat of chats) chat.faults.downFor(1_000);
    for (const chat of chats) await chat.say({ text: "one: are you there?" });
    await until("all have failed again", () => chats.every((chat) => troubles(chat) > ids.length));
    for (const chat of chats) said[chat.platform] = JSON.stringify([chat.seen(), chat.statuses()]);
  } finally {
    ({ log } = await bot.end());
    await Promise.all([...chats.map((chat) => chat.stop()), sse.stop()]);
  }
  const requests = JSON.stringify(sse.requests().map(({ body, path }) => ({ body, path })));
  const secrets = [
    ...Object.entries(environment).flatMap(([name, value]) => (/TOKEN|SECRET/u.test(name) ? [value] : [])),
    ...[...ids, "openai", "signing"].map(key),
    webhookSecret,
  ];
  expect(secrets).toHaveLength(12);
  expect(log).toContain("model failed");
  expect(log).toContain("[key]");
  expect(foundIn({ log, requests, ...said, ...filesIn(data) }, secrets)).toEqual([]);
});

test("what refuses a token, or can't be reached with it, is told without it", async () => {
  const chats = await Promise.all([startTelegramEmulator(), startDiscordEmulator(), startSlackEmulator()]);
  const tokens = {
    TELEGRAM_BOT_TOKEN: "7000002:AAF-wrong-Qx7Zp9-token-of-35-letters",
    DISCORD_TOKEN: "wrong.Qx7Zp9-discord.token",
    SLACK_BOT_TOKEN: "xoxb-wrong-Qx7Zp9",
    SLACK_APP_TOKEN: "xapp-wrong-Qx7Zp9",
  };
  const closed = "http://127.0.0.1:9";
  const nowhere = {
    TELEGRAM_API_ROOT: closed,
    DISCORD_API_URL: `${closed}/api`,
    SLACK_API_URL: `${closed}/api/`,
  };
  const addresses = Object.assign({}, ...chats.map(({ environment }) => environment)) as Record<
    string,
    string
  >;
  const logs = await Promise.all(
    [addresses, nowhere].map(async (where, index) => {
      const cwd = makeFolder({ "parlance.yaml": "log: { level: debug }\n" });
      const bot = startParlance({ ...where, ...tokens, PARLANCE_DATA: join(cwd, "data") }, cwd);
      const isTold = (platform: string) => bot.log().includes(`"platform":"${platform}"`);
      await until("each has told of its trouble", () => ["telegram", "discord", "slack"].every(isTold));
      const { log } = await bot.end();
      return [`log ${index}`, log + Object.values(filesIn(join(cwd, "data"))).join("\n")] as const;
    }),
  );
  await Promise.all(chats.map((chat) => chat.stop()));
  expect(foundIn(Object.fromEntries(logs), Object.values(tokens))).toEqual([]);
});

const calls = [
  ["check"],
  ["doctor"],
  ["prompt", "hello"],
  ["ask", "hello"],
  ["access", "list"],
  ["start"],
] as const;

test("the command line prints no secret when a vendor quotes the key it refuses, or is not there", async () => {
  const sse = await startSseServer();
  const refusal = { status: 401, json: { error: { message: `Wrong key ${key("one")}` } } };
  for (const path of ["/one/models", "/one/responses"]) sse.onPath(path, refusal);
  for (const path of ["/three/models", "/three/chat/completions"])
    sse.onPath(path, { headers: { "content-type": "application/json" }, events: [key("three")] });
  const cwd = makeFolder({
    "parlance.yaml": [
      "providers:",
      `  one: { kind: openai, baseUrl: ${sse.url}/one, apiKey: ${key("one")} }`,
      `  two: { kind: anthropic, baseUrl: "http://127.0.0.1:9/${key("path")}", apiKey: ${key("two")} }`,
      `  three: { kind: openai-chat, baseUrl: ${sse.url}/three, apiKey: ${key("three")} }`,
      "models: { smart: { model: one/m, fallback: [two/m, three/m] } }",
      "",
    ].join("\n"),
  });
  const env = { PARLANCE_DATA: join(cwd, "data"), MISTRAL_API_KEY: key("mistral") };
  const { found, printed } = await printedBy(
    calls,
    { cwd, env },
    ["one", "two", "three", "mistral"].map(key),
  );
  await sse.stop();
  expect(found).toEqual([]);
  expect(printed).toContain("refuses the key");
  expect(printed).toContain("can't be reached");
});

describe("with Postgres", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  const password = "k3y%20of db-Qx7Zp9";
  const forms = [password, encodeURIComponent(password)];

  /** A user of their own in a database of their own, whose password has characters that addresses write otherwise. */
  async function createUser(): Promise<{ url: URL; admin: Client; role: string }> {
    const url = new URL(await postgres.createDatabase());
    const admin = new Client({ connectionString: url.href });
    await admin.connect();
    const role = `parlance_test_${process.pid}`;
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    await admin.query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${role}`);
    url.username = role;
    url.password = encodeURIComponent(password);
    return { url, admin, role };
  }

  test("neither a lost server nor a refused password is told with the password", async () => {
    const { url, admin, role } = await createUser();
    const telegram = await startTelegramEmulator();
    const cwd = makeFolder({ "parlance.yaml": "log: { level: debug }\n" });
    const env = { DATABASE_URL: url.href, PARLANCE_DATA: cwd };
    const bot = startParlance({ ...env, ...telegram.environment }, cwd);
    const said = (): string => JSON.stringify(telegram.seen());
    try {
      await telegram.say({ text: "hello" });
      await until("it answers", () => said().includes("This is the demo"));
      await admin.query(`ALTER ROLE ${role} NOLOGIN`);
      await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
      await telegram.say({ text: "hello?" });
      await until("it misses the database", () => /not permitted to log in/u.test(bot.log()));
    } finally {
      await bot.end();
      await telegram.stop();
    }
    const { found, printed } = await printedBy(calls, { cwd, env }, forms);
    await admin.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}; DROP ROLE ${role}`);
    await admin.end();
    expect(printed).toContain("refused this user");
    expect(found).toEqual([]);
    expect(foundIn({ log: bot.log(), chat: said() }, forms)).toEqual([]);
  });
});
