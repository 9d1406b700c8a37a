import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { stayConnected } from "../../src/connect.ts";
import type { Coordinator } from "../../src/coordinator.ts";
import { createLog } from "../../src/log.ts";
import { createPostgresCoordinator } from "../../src/store/coordinator-postgres.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const kim = "fake:kim" as ConversationKey;

function open(url: string): Coordinator {
  const coordinator = createPostgresCoordinator(url, createLog("silent"));
  onTestFinished(() => coordinator.close());
  return coordinator;
}

test("two bots in two schemas of one database have nothing to do with each other", async () => {
  const url = await server.createDatabase();
  const database = await openPostgres(url);
  await database.query("CREATE SCHEMA other");
  const [one, other] = [open(url), open(`${url}?options=-csearch_path%3Dother`)];
  const heard: string[] = [];
  one.listen(() => void heard.push("one"));
  other.listen(() => void heard.push("other"));
  expect(await one.claim(kim)).toBeDefined();
  expect(await other.claim(kim)).toBeDefined();
  await one.publish({ type: "wake", conversation: kim });
  await other.publish({ type: "wake", conversation: kim });
  while (heard.length < 2) await sleep(5);
  expect(heard.toSorted()).toEqual(["one", "other"]);
  expect(await database.bots()).toBe(1);
  await database.close();
});

test("a process that does not disconnect as it should leaves the platform to another", async () => {
  const url = await server.createDatabase();
  const first = new AbortController();
  const second = new AbortController();
  const listening = (coordinator: Coordinator, { signal }: AbortController, name: string) => {
    const started = Promise.withResolvers<void>();
    const adapter = {
      ...fakeAdapter(),
      exclusive: true,
      start: async () => started.resolve(),
      stop: () => Promise.reject(new Error(`${name} is cut off`)),
    } as const;
    const bot = { receive: async () => undefined, welcomes: async () => true };
    const recall = async () => ({ threads: [] });
    const log = createLog("silent");
    return {
      started: started.promise,
      ended: stayConnected(adapter, { bot, recall, coordinator, log, signal }),
    };
  };
  const one = listening(open(url), first, "one");
  await one.started;
  const other = listening(open(url), second, "other");
  first.abort();
  await other.started;
  second.abort();
  await Promise.all([one.ended, other.ended]);
});
