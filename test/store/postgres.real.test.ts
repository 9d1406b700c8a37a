import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClaimLost, DatabaseAway, UserError } from "../../src/errors.ts";
import { openStore } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Store } from "../../src/store/store.ts";
import { part } from "../support/album.ts";
import { asked, describeAlbums, gather } from "../support/album-contract.ts";
import { beginJob } from "../support/begin-job.ts";
import { describeDatabase } from "../support/database-contract.ts";
import { inChannel } from "../support/events.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { entry } from "../support/ledger-entries.ts";
import { describeQueue } from "../support/queue-contract.ts";
import { startRoundTrips } from "../support/round-trips.ts";
import { describeStore } from "../support/store-contract.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn, turnId } from "../support/turns.ts";
import { describeWithdrawals } from "../support/withdraw-contract.ts";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const message = (id: string) => ({ id, type: "message", messageId: id, text: id, attachments: [] }) as const;
const open = (databaseUrl: string) => openStore({ dataFolder: "/nonexistent", databaseUrl });

describeQueue("the queue on Postgres", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => open(url) };
});

describeWithdrawals("questions taken back on Postgres", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => open(url) };
});
describeAlbums("albums on Postgres", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => open(url) };
});
describeStore("the store on Postgres", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => open(url) };
});
describeDatabase("SQL on Postgres", async () => openPostgres(await server.createDatabase()));

describe("Postgres", () => {
  it("lets several processes start at once on an empty database", async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(url)));
    await stores[0]?.turns.append(conversation, storedTurn(1));
    for (const store of stores) {
      expect(await store.turns.list(conversation)).toHaveLength(1);
      await store.close();
    }
  });

  it("makes one question of an album whose parts come to several processes at once", async () => {
    const url = await server.createStoreDatabase();
    const stores = await Promise.all([1, 2, 3].map(() => open(url)));
    const places = Array.from({ length: 9 }, (_, index) => index + 1);
    const came = stores.flatMap((store) =>
      places.map((place) => gather(store, part(place, place === 5 ? "these" : undefined))),
    );
    const results = (await Promise.all(came)).map(({ was }) => was);
    expect(results.filter((was) => was === "known")).toHaveLength(18);
    const pictures = places.map((place) => `${place}.png`).join(" ");
    for (const store of stores) expect(await asked(store)).toEqual([["message", "these", pictures]]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it("shows one process what another has written", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [await open(url), await open(url)];
    await one.documents<string>("note").set("a", "from one");
    expect(await other.documents<string>("note").get("a")).toBe("from one");
    const turn = storedTurn(1, { messages: [pictureMessage(pictureBytes(100))] });
    await other.turns.append(conversation, turn);
    expect(await one.turns.list(conversation)).toStrictEqual([turn]);
    await one.turns.remove(conversation, turn.id);
    expect(await other.turns.list(conversation)).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });

  it("leaves a job to the process that began it last", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [await open(url), await open(url)];
    const put = (id: string) =>
      one.inbox.put(conversation, { id, seq: id, at: 1, inbound: { ...inChannel("kim"), ...message(id) } });
    const begin = (store: Store, attempts: number, id = "j") =>
      beginJob(store.outbox, conversation, { id, events: ["e1"], posts: {}, attempts });
    await put("e1");
    const first = await begin(one, 0);
    await one.outbox.posts(first, { 0: null });
    const next = await begin(other, 1);
    expect(next.posts).toEqual({ 0: null });
    // The first was paused, or cut off, and does not know yet.
    const late = [
      () => one.outbox.posts(first, { 0: null, 1: null }),
      () => one.outbox.posts(first, { 0: "late" }, { isReceipt: true }),
      () => one.outbox.conclude(conversation, first, { answer: {} as never, turn: storedTurn(1) }),
      () => one.outbox.close(conversation, { ...first, events: ["e1"], posts: { 0: "late" } }),
      () => begin(one, 0, "another"),
    ];
    for (const write of late) await expect(write(), String(write)).rejects.toThrow(ClaimLost);
    expect(await one.turns.list(conversation)).toEqual([]);
    expect(await other.inbox.pending(conversation, 9)).toMatchObject([{ job: "j", attempts: 2 }]);
    await other.outbox.close(conversation, { ...next, events: ["e1"], posts: { 0: "p" } });
    await put("e2");
    await other.outbox.begin(conversation, { id: "k", events: ["e2"], posts: {}, attempts: 0 });
    // Nor is someone told to wait who is being answered.
    const hold = { id: "held", events: ["e2"], posts: {}, isHeld: true };
    expect(await one.outbox.begin(conversation, hold)).toBeUndefined();
    await Promise.all([one.close(), other.close()]);
  });

  it("has one of two processes begin what both would in the same moment, and leaves nothing of the other", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [await open(url), await open(url)];
    for (let n = 0; n < 20; n++) {
      const [id, next] = [`e${n}`, `f${n}`];
      for (const each of [id, next])
        await one.inbox.put(conversation, {
          id: each,
          seq: each,
          at: 1,
          inbound: { ...inChannel("kim"), ...message(each) },
        });
      const begin = (store: Store, job: string) =>
        store.outbox.begin(conversation, { id: job, events: [id, next], posts: {}, attempts: 0 });
      const [first, second] = await Promise.allSettled([begin(one, `a${n}`), begin(other, `b${n}`)]);
      const [begun, refused] = first.status === "fulfilled" ? [first, second] : [second, first];
      expect(refused).toMatchObject({ status: "rejected", reason: expect.any(ClaimLost) });
      const job = begun.status === "fulfilled" ? begun.value : undefined;
      const of = { attempts: 1, job: job?.id };
      expect(await one.inbox.pending(conversation, 9)).toMatchObject([of, of]);
      await one.inbox.end([id, next]);
    }
    await Promise.all([one.close(), other.close()]);
  });

  it("works in a schema of its own", async () => {
    const url = await server.createDatabase();
    const database = await openPostgres(url);
    await database.query("CREATE SCHEMA apart");
    const store = await open(`${url}?options=-c%20search_path%3Dapart`);
    await store.documents<string>("note").set("a", "here");
    await store.close();
    const tables = await database.query("SELECT schemaname FROM pg_tables WHERE tablename = 'document'");
    expect(tables).toEqual([{ schemaname: "apart" }]);
    await database.close();
  });

  it("rejects while the database is away, answers nothing as empty, and works again after", async ({
    skip,
  }) => {
    const { power } = server;
    skip(!power, "this server is not ours to stop");
    const store = await open(await server.createStoreDatabase());
    const notes = store.documents<string>("note");
    await notes.set("a", "kept");
    await store.turns.append(conversation, storedTurn(1));
    await power?.off();
    try {
      await expect(notes.get("a")).rejects.toThrow(DatabaseAway);
      await expect(notes.set("a", "lost")).rejects.toThrow(DatabaseAway);
      await expect(notes.delete("a")).rejects.toThrow(DatabaseAway);
      await expect(store.turns.list(conversation)).rejects.toThrow(DatabaseAway);
      await expect(store.turns.append(conversation, storedTurn(2))).rejects.toThrow(DatabaseAway);
      await expect(store.turns.remove(conversation, turnId(1))).rejects.toThrow(DatabaseAway);
    } finally {
      await power?.on();
    }
    expect(await notes.get("a")).toBe("kept");
    expect(await store.turns.list(conversation)).toStrictEqual([storedTurn(1)]);
    await store.close();
  });

  it("keeps what a suspended process has locked no longer than its claims, and lets a copy of all take its time", async () => {
    const database = await openPostgres(await server.createDatabase());
    const show = "SHOW idle_in_transaction_session_timeout";
    const set = (value: string) => [{ idle_in_transaction_session_timeout: value }];
    expect(await database.transaction((within) => within.query(show))).toEqual(set("15s"));
    expect(await database.intake.transaction((within) => within.query(show))).toEqual(set("15s"));
    expect(await database.snapshot((within) => within.query(show))).toEqual(set("0"));
    await database.close();
  });

  it("has on its disk what a batch settled, and what need not have been waited for once that is secured", async () => {
    const database = await openPostgres(await server.createDatabase());
    await database.query("CREATE TABLE item (name TEXT)");
    await database.soon.query("INSERT INTO item VALUES (?)", ["a"]);
    await database.soon.transaction((within) => within.query("INSERT INTO item VALUES (?)", ["b"]));
    const position = "SELECT CAST(pg_current_wal_insert_lsn() AS TEXT) AS end";
    const [{ end } = { end: "" }] = await database.query<{ end: string }>(position);
    await database.secure();
    const after =
      "SELECT COUNT(*) AS flushed FROM item WHERE pg_current_wal_flush_lsn() >= CAST(? AS pg_lsn)";
    expect(await database.query(after, [end])).toEqual([{ flushed: 2 }]);
    const [, [inserted] = []] = await database.batch([["INSERT INTO item VALUES (?)", ["c"]], [position]]);
    expect(await database.query(after, [inserted?.["end"] ?? ""])).toEqual([{ flushed: 3 }]);
    await database.close();
  });

  it("asks once for the beginning of an answer, and once for its end: final form, turn, account and the disk", async () => {
    const trips = await startRoundTrips(await server.createStoreDatabase());
    const store = await open(trips.url);
    const answer = async (n: number) => {
      const [id, job] = [`e${n}`, `j${n}`];
      await store.inbox.put(conversation, {
        id,
        seq: id,
        at: 1,
        inbound: { ...inChannel("kim"), ...message(id) },
      });
      const beginning = { id: job, events: [id], posts: {}, attempts: 0 };
      const begun = await trips.of(() => beginJob(store.outbox, conversation, beginning));
      const final = { answer: {} as never, turn: storedTurn(n), account: entry(n) };
      const concluded = await trips.of(() => store.outbox.conclude(conversation, begun.result, final));
      return [begun.count, concluded.count];
    };
    // The first one connects.
    await answer(1);
    expect(await answer(2)).toEqual([1, 1]);
    expect(await store.turns.list(conversation)).toHaveLength(2);
    await store.close();
    trips.close();
  });

  it("takes a statement back that failed, and says so, though its commit was on its way", async () => {
    const database = await openPostgres(await server.createDatabase());
    await database.query("CREATE TABLE item (name TEXT PRIMARY KEY)");
    const add = () => database.soon.query("INSERT INTO item VALUES (?)", ["a"]);
    await add();
    await expect(add()).rejects.toThrow("duplicate key");
    expect(await database.soon.query("SELECT name FROM item")).toEqual([{ name: "a" }]);
    await database.close();
  });

  it("survives a transaction whose connection is cut", async () => {
    const url = await server.createDatabase();
    const [database, other] = [await openPostgres(url), await openPostgres(url)];
    const cut = database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      await other.query("SELECT pg_terminate_backend(?)", [row?.pid ?? 0]);
      await transaction.query("SELECT 1");
    });
    await expect(cut).rejects.toThrow(DatabaseAway);
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await Promise.all([database.close(), other.close()]);
  });
});

describe("a database that can't be used is said plainly, without the password:", () => {
  async function refusal(url: string): Promise<string> {
    const error: unknown = await open(url).then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message, cause } = error as UserError;
    expect(`${message} ${String(cause)} ${JSON.stringify(cause)}`).not.toContain("hunter2");
    return message;
  }

  it("nobody listens", async () => {
    expect(await refusal("postgres://ana:hunter2@127.0.0.1:1/parlance")).toBe(
      "Can't open the database 127.0.0.1:1/parlance: nothing listens there. Start Postgres; " +
        "the address is in DATABASE_URL (or database.url in parlance.yaml).",
    );
  });

  it("a wrong password", async () => {
    const url = new URL(await server.createDatabase());
    url.password = "hunter2";
    expect(await refusal(url.href)).toContain("it refused the password. Check user and password");
  });

  it("no such database", async () => {
    const url = new URL(await server.createDatabase());
    url.pathname = "/nowhere";
    expect(await refusal(url.href)).toContain("/nowhere: it has no database of that name");
  });

  it.each(["mysql://ana:hunter2@host/db", "postgres://ana:hunter2@host:port/db", "hunter2"])(
    "an address that is none",
    async (url) => {
      expect(await refusal(url)).toContain("The database address is not one of Postgres.");
    },
  );

  it("written by a newer version", async () => {
    const url = await server.createStoreDatabase();
    await (await open(url)).close();
    const database = await openPostgres(url);
    await database.query("INSERT INTO parlance_schema (version, applied_at) VALUES (999, 0)");
    await database.close();
    expect(await refusal(url)).toContain("written by a newer Parlance (its schema is version 999");
  });
});
