import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { startParlance } from "../support/process.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator, type TelegramEmulator } from "../support/telegram/index.ts";
import { until } from "../support/until.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

/** A bot that has polled with a question waiting for it, and whose tables could not be made before `run` has run. */
async function startBeforeTables(run: (database: Client) => Promise<unknown>) {
  const telegram = await startTelegramEmulator();
  const chats = [telegram, ...(await Promise.all([startDiscordEmulator(), startSlackEmulator()]))];
  const databaseUrl = await server.createDatabase();
  const cwd = makeFolder({ "parlance.yaml": "log: { level: info }\n" });
  const environment = Object.assign({ DATABASE_URL: databaseUrl }, ...chats.map((chat) => chat.environment));
  const start = () => startParlance(environment as Record<string, string>, cwd);
  await telegram.say({ text: "hello" });
  const bot = await inDatabase(databaseUrl, async (database) => {
    await database.query(
      "SELECT pg_advisory_lock(hashtextextended('parlance migrations', hashtextextended(current_schema(), 0)))",
    );
    const started = start();
    await Promise.race([telegram.ready(), started.ended]);
    await run(database);
    return started;
  });
  const close = () => Promise.all(chats.map((chat) => chat.stop()));
  return { telegram, databaseUrl, bot, start, close };
}

async function inDatabase<Result>(url: string, run: (database: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

const answersIn = (telegram: TelegramEmulator): readonly string[] =>
  telegram
    .seen()
    .filter(({ fromBot }) => fromBot)
    .map(({ text }) => text);

const untilAnswered = (telegram: TelegramEmulator): Promise<unknown> =>
  until("it is answered", () => answersIn(telegram).some((text) => text.includes("This is the demo")));

test("it listens before a new database has its tables, and answers what came meanwhile once they are there", async () => {
  const { telegram, bot, close } = await startBeforeTables((database) =>
    database.query("SELECT pg_sleep(0.5)"),
  );
  await untilAnswered(telegram);
  expect((await bot.end()).code).toBe(0);
  expect(answersIn(telegram)).toHaveLength(1);
  await close();
});

test("when its tables can't be made it ends with a sentence, and leaves to the next start what it had heard", async () => {
  const { telegram, databaseUrl, bot, start, close } = await startBeforeTables((database) =>
    database.query("CREATE TABLE fact (of_another_program INTEGER)"),
  );
  const { code, log } = await bot.ended;
  expect(code).toBe(1);
  expect(log).toContain("Telegram: connected");
  expect(log).toMatch(
    /^The tables of the database \S+ can't be made or brought up to date: relation "fact" already exists\. They stay as they were\.$/mu,
  );
  // The other platforms wait for the bot before they connect: nothing is wrong with them.
  expect(log).not.toContain("I keep trying");
  expect(answersIn(telegram)).toEqual([]);
  await inDatabase(databaseUrl, (database) => database.query("DROP TABLE fact"));
  const again = start();
  await untilAnswered(telegram);
  expect((await again.end()).code).toBe(0);
  expect(answersIn(telegram)).toHaveLength(1);
  await close();
});
