import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { whenThere } from "../../src/store/when-there.ts";
import { makeFolder } from "../support/folder.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { startParlance } from "../support/process.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import { until } from "../support/until.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const nobodyThere = "postgres://ana:hunter2@127.0.0.1:1/parlance";

/** Waits for a database; what went wrong at last, and what was told meanwhile. */
async function wait(url: string, signal = new AbortController().signal) {
  let told = "";
  const log = pino({ level: "info" }, { write: (line) => void (told += line) });
  let tries = 0;
  const open = () => {
    tries++;
    return openStore({ dataFolder: "/nonexistent", databaseUrl: url });
  };
  const failed = await whenThere(open, { log, signal, patienceMs: 1_000 }).then(
    (store) => store.close(),
    (error: Error) => error.message,
  );
  return { failed, told, tries };
}

describe("a start while the database is away", () => {
  test("waits for it, says so, and goes on when it is there", async ({ skip }) => {
    const { power } = server;
    skip(!power, "this server is not ours to stop");
    const url = await server.createDatabase();
    const telegram = await startTelegramEmulator();
    await power?.off();
    const cwd = makeFolder();
    const env = { ...telegram.environment, DATABASE_URL: url, PARLANCE_DATA: join(cwd, "data") };
    const bot = startParlance(env, cwd);
    try {
      await until("it says what it waits for", () => bot.log().includes("I wait for it"));
      await power?.on();
      await telegram.say({ text: "hello" });
      await until("Telegram has its answer", () =>
        telegram.seen().some(({ text }) => text.includes("This is the demo")),
      );
    } finally {
      const { code, log } = await bot.end();
      await telegram.stop();
      expect(code).toBe(0);
      expect(log.match(/I wait for it/gu)).toHaveLength(1);
      expect(log).not.toContain(new URL(url).password);
    }
  });

  test("ends with what is wrong when that takes too long", async () => {
    const { failed, told, tries } = await wait(nobodyThere);
    expect(failed).toContain("127.0.0.1:1/parlance: nothing listens there. Start Postgres");
    expect(told).toContain("nothing listens there. Start Postgres");
    expect(told.trim().split("\n")).toHaveLength(1);
    expect(told).not.toContain("hunter2");
    expect(tries).toBeGreaterThan(1);
  });

  test("ends at once when it is told to stop", async () => {
    const { tries, told } = await wait(nobodyThere, AbortSignal.abort());
    expect({ tries, told }).toEqual({ tries: 1, told: "" });
  });

  test.each([
    ["a wrong password", { password: "hunter2" }, "it refused the password"],
    ["no such database", { pathname: "/nowhere" }, "it has no database of that name"],
  ])("does not wait for what no waiting mends: %s", async (_, wrong, reason) => {
    const url = Object.assign(new URL(await server.createDatabase()), wrong);
    const { failed, told, tries } = await wait(url.href);
    expect(failed).toContain(reason);
    expect({ tries, told }).toEqual({ tries: 1, told: "" });
  });
});
