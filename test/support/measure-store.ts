/**
 * Measures the store alone: `npm run bench:store -- [messages]`. Each message does what a question in a direct message
 * does to the store, without chat and model. In SQLite in a new folder (TMPDIR says on which disk), or, when
 * DATABASE_URL is set, in a schema of its own there, which is dropped afterwards.
 */
import { createWriteStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer, InboundMessage } from "../../src/chat.ts";
import type { Bound } from "../../src/limits/ledger.ts";
import { newTurnId } from "../../src/conversation/turn-id.ts";
import { archiveOf, formatVersion } from "../../src/store/archive.ts";
import type { Database } from "../../src/store/database.ts";
import { importArchive } from "../../src/store/import-archive.ts";
import { schemaVersion } from "../../src/store/migrations.ts";
import { openDatabase, openStore, type StoreOptions } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { withTemporaryFolder } from "../../src/temporary-folder.ts";
import { beginJob } from "./begin-job.ts";

const messages = Number(process.argv[2] ?? 2_000);
const chats = 200;
const url = process.env["DATABASE_URL"];

/** A question of 200 letters and an answer of 800. */
const question = "한국어 question. ".repeat(14);
const answer: Answer = {
  state: "done",
  text: "An answer with 단어. ".repeat(44),
  thinking: "",
  sources: [],
  notices: [],
  footer: "short",
  actions: [],
};
const usage = {
  inputTokens: 900,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 250,
  thinkingTokens: 0,
};

/** The default limit: each person's messages in a minute. */
const boundsOf = (person: string): readonly Bound[] => [
  { spender: { kind: "person", name: person }, measure: "messages", period: "minute", most: 1e9 },
];

/** All that one question does to the store. */
async function oneMessage(store: Store, person: string): Promise<void> {
  const key = person as ConversationKey;
  const [id, job, turn] = [`fake:event-${newTurnId()}`, newTurnId(), newTurnId()];
  const inbound: InboundMessage = {
    type: "message",
    id,
    messageId: id,
    thread: person,
    place: "dm",
    channelName: "Kim",
    author: { id: person, name: "Kim" },
    text: question,
    attachments: [],
  };
  const spenders = { person, persona: "tutor" };
  const reservation = {
    id: job,
    attempt: job,
    ...spenders,
    tokens: 0,
    costNano: 0,
    expiresAt: Date.now() + 600_000,
  };
  const { inbox, outbox, ledger, turns } = store;
  await inbox.put(key, { id, seq: newTurnId(), at: Date.now(), inbound });
  await inbox.pending(key, 50);
  const begun = await beginJob(outbox, key, { id: job, events: [id], posts: {} });
  await store.documents("binding").get(key);
  await ledger.reserve(reservation, boundsOf(person), Date.now());
  await turns.list(key, { limit: 20 });
  await ledger.reserve({ ...reservation, tokens: 2_000 }, boundsOf(person), Date.now());
  await outbox.posts(begun, { 0: null });
  await outbox.posts(begun, { 0: "4711" });
  await ledger.settle(job, {
    turn,
    attempt: job,
    at: new Date(),
    ...spenders,
    conversation: key,
    model: "openai/gpt",
    usage,
    isEstimate: false,
    costNano: 1_000_000,
    tools: [],
  });
  await outbox.conclude(key, begun, {
    answer,
    turn: {
      id: turn,
      at: new Date(),
      ...spenders,
      model: "openai/gpt",
      messages: [
        { role: "user", parts: [{ type: "text", text: question }] },
        { role: "assistant", parts: [{ type: "text", text: answer.text }] },
      ],
      usage,
      costUsd: 0.001,
      outcome: "done",
      asked: id,
      posts: {},
    },
  });
  await outbox.close(key, { ...begun, events: [id], turn, posts: { 0: "4711" } });
  await inbox.pending(key, 50);
}

async function measure(
  store: Store,
  { parallel, count }: { parallel: number; count: number },
): Promise<void> {
  const took: number[] = [];
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let next = 0;
  async function work(): Promise<void> {
    while (next < count) {
      const from = performance.now();
      // People of their own, so that every run reads histories of the same length.
      await oneMessage(store, `fake:${parallel}-${next++ % chats}`);
      took.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: parallel }, work));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = took.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  console.log(
    `${String(parallel).padStart(3)} at once: ${(count / seconds).toFixed(0)} messages/s, ` +
      `${at(0.5)} ms a message, ${at(0.99)} ms at p99, ` +
      `${((user + system) / 1000 / count).toFixed(1)} ms of this process's CPU`,
  );
}

async function sizeOf(database: Database, { dataFolder, databaseUrl }: StoreOptions): Promise<number> {
  if (databaseUrl === undefined) return (await stat(join(dataFolder, "parlance.db"))).size;
  const [row] = await database.query<{ bytes: number }>(
    "SELECT SUM(pg_total_relation_size(oid)) AS bytes FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
  );
  return row?.bytes ?? 0;
}

async function measureArchive(database: Database, emptyFolder: string): Promise<void> {
  const path = join(emptyFolder, "all.jsonl");
  const header = {
    parlance: "data" as const,
    format: formatVersion,
    schema: schemaVersion,
    version: "0",
    from: "",
  };
  let rows = 0;
  const from = performance.now();
  await database.snapshot((queries) =>
    pipeline(
      Readable.from(
        archiveOf(queries, { ...header, at: new Date().toISOString() }, (_, count) => (rows += count)),
      ),
      createWriteStream(path),
    ),
  );
  const exported = performance.now();
  const { database: target } = await openDatabase({ dataFolder: emptyFolder });
  await importArchive(target, Readable.from([await readFile(path)]), { name: path, version: "0" });
  await target.close();
  const imported = performance.now();
  const perSecond = (ms: number) => Math.round((rows / ms) * 1000);
  console.log(
    `export: ${perSecond(exported - from)} rows/s; import into SQLite: ${perSecond(imported - exported)} rows/s`,
  );
}

async function run(options: StoreOptions, emptyFolder: string): Promise<void> {
  const store = await openStore(options);
  await measure(store, { parallel: 1, count: messages / 4 });
  for (const parallel of [8, 32, 128]) await measure(store, { parallel, count: messages });
  await store.close();
  const { database } = await openDatabase(options);
  const kilobytes = (await sizeOf(database, options)) / (3.25 * messages) / 1024;
  console.log(`${kilobytes.toFixed(1)} kB a message, with what is kept of its event for 48 hours`);
  await measureArchive(database, emptyFolder);
  await database.close();
}

await withTemporaryFolder(async (folder) => {
  if (url === undefined) {
    console.log(`SQLite, ${messages} messages in ${chats} chats`);
    return run({ dataFolder: join(folder, "data") }, join(folder));
  }
  const admin = await openPostgres(url);
  const schema = "parlance_measure";
  console.log(`Postgres, ${messages} messages in ${chats} chats`);
  await admin.query(`CREATE SCHEMA ${schema}`);
  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${schema}`);
  try {
    return await run({ dataFolder: "", databaseUrl: own.href.replaceAll("+", "%20") }, folder);
  } finally {
    await admin.query(`DROP SCHEMA ${schema} CASCADE`);
    await admin.close();
  }
});
