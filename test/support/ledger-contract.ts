import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Bound, Ledger, LedgerEntry, Reservation } from "../../src/limits/ledger.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/ledger.ts";
import { migrate } from "../../src/store/migrations.ts";
import { conversation, turnId } from "./turns.ts";

/** Where one test's accounts are kept; `open` may be called more than once where several processes share them. */
export interface LedgerPlace {
  open(): Promise<Database>;
  readonly isShared: boolean;
}

/** What the accounts promise, whichever database is behind them. */
export function describeLedger(name: string, createPlace: () => Promise<LedgerPlace>): void {
  describe(name, () => ledgerTests(createPlace));
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** The 31st of a month, in the last hour. */
const now = Date.UTC(2026, 9, 31, 23, 10);

const mine: Bound = {
  spender: { kind: "person", name: "fake:kim" },
  measure: "money",
  period: "day",
  most: 100,
};
const everyones: Bound = { ...mine, spender: { kind: "all", name: "" } };
const channels: Bound = { ...mine, spender: { kind: "channel", name: "fake:room" } };

const hold = (id: string, changes: Partial<Reservation> = {}): Reservation => ({
  id,
  person: "fake:kim",
  channel: "fake:room",
  persona: "tutor",
  tokens: 10,
  costNano: 10,
  expiresAt: now + 5 * minuteMs,
  ...changes,
});

const entry = (turn: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  turn: turnId(turn),
  attempt: `job-${turn}`,
  at: new Date(now),
  person: "fake:kim",
  channel: "fake:room",
  conversation,
  persona: "tutor",
  model: "openai/gpt-6-sol",
  usage: { inputTokens: 7, cachedTokens: 3, cacheWriteTokens: 2, outputTokens: 4, thinkingTokens: 1 },
  isEstimate: false,
  costNano: 60,
  tools: ["clock"],
  ...changes,
});

function ledgerTests(createPlace: () => Promise<LedgerPlace>): void {
  let databases: Database[];
  let database: Database;
  let ledger: Ledger;
  let other: Ledger;

  beforeEach(async () => {
    const place = await createPlace();
    database = await place.open();
    databases = [database];
    await migrate(database);
    ledger = createLedger(database);
    if (place.isShared) databases.push(await place.open());
    other = createLedger(databases.at(-1) ?? database);
  });
  afterEach(() => Promise.all(databases.map((each) => each.close())));

  /** How much of a bound is used and held, by asking for more than there can be. */
  const use = async (bound: Bound, at = now): Promise<{ used: number; held: number }> => {
    const asked = hold("too much", { tokens: 1e12, costNano: 1e12 });
    const [exceeded] = await ledger.reserve(asked, [{ ...bound, most: 1 }], at);
    if (!exceeded) throw new Error("a bound of 1 let everything through");
    return { used: exceeded.used, held: exceeded.held };
  };

  /** Has every connection open: one that is only being made lets the others go first. */
  const warmUp = () =>
    Promise.all(databases.flatMap((each) => Array.from({ length: 10 }, () => each.query("SELECT 1"))));

  describe("reservations", () => {
    it("hold back what they ask for, to the last bit and no further", async () => {
      expect(await ledger.reserve(hold("a", { costNano: 60 }), [mine], now)).toEqual([]);
      expect(await ledger.reserve(hold("b", { costNano: 41 }), [mine], now)).toEqual([
        { bound: mine, used: 0, held: 60 },
      ]);
      expect(await ledger.reserve(hold("b", { costNano: 40 }), [mine], now)).toEqual([]);
      expect(await use(mine)).toEqual({ used: 0, held: 100 });
    });

    it("of 50 at once, through two connections, only as many as the last cent pays for", async () => {
      await warmUp();
      const jobs = Array.from({ length: 50 }, (_, index) =>
        hold(`job-${index}`, { person: `fake:p${index % 5}` }),
      );
      const results = await Promise.all(
        jobs.map((job, index) => (index % 2 === 0 ? ledger : other).reserve(job, [everyones, channels], now)),
      );
      expect(results.filter((exceeded) => exceeded.length === 0)).toHaveLength(10);
      expect(await use(everyones)).toEqual({ used: 0, held: 100 });
    });

    it("and answers settled while others reserve never count for less than they took", async () => {
      await warmUp();
      for (let n = 0; n < 5; n++) await ledger.reserve(hold(`job-${n}`, { costNano: 10 }), [everyones], now);
      const settled = Array.from({ length: 5 }, (_, n) =>
        other.settle(`job-${n}`, entry(n, { costNano: 10 })),
      );
      const asked = Array.from({ length: 30 }, (_, n) => ledger.reserve(hold(`more-${n}`), [everyones], now));
      await Promise.all(settled);
      const granted = (await Promise.all(asked)).filter((exceeded) => exceeded.length === 0).length;
      expect(granted).toBeLessThanOrEqual(5);
      const { used, held } = await use(everyones);
      expect({ used, held }).toEqual({ used: 50, held: granted * 10 });
    });

    it("take all or nothing: one bound in the way, and the others hold nothing back", async () => {
      const small = { ...channels, most: 5 };
      expect(await ledger.reserve(hold("a"), [mine, small], now)).toEqual([
        { bound: small, used: 0, held: 0 },
      ]);
      expect(await use(mine)).toEqual({ used: 0, held: 0 });
    });

    it("are one for one job, also from another process, and the last one counts", async () => {
      await ledger.reserve(hold("a", { costNano: 90 }), [mine], now);
      expect(await other.reserve(hold("a", { costNano: 95 }), [mine], now)).toEqual([]);
      expect(await use(mine)).toEqual({ used: 0, held: 95 });
      await ledger.reserve(hold("a", { costNano: 20 }), [mine], now);
      expect(await use(mine)).toEqual({ used: 0, held: 20 });
    });

    it("of one job reserved by many at once are one", async () => {
      await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? ledger : other).reserve(hold("a"), [mine], now)),
      );
      expect(await use(mine)).toEqual({ used: 0, held: 10 });
    });

    it("keep apart persons, channels, personas, and what is nobody's channel", async () => {
      await ledger.reserve(hold("a"), [], now);
      const { channel: _, ...direct } = hold("b", { person: "fake:lee", persona: "other" });
      await ledger.reserve(direct, [], now);
      expect(await use(mine)).toEqual({ used: 0, held: 10 });
      expect(await use(channels)).toEqual({ used: 0, held: 10 });
      expect(await use({ ...mine, spender: { kind: "persona", name: "other" } })).toEqual({
        used: 0,
        held: 10,
      });
      expect(await use(everyones)).toEqual({ used: 0, held: 20 });
    });

    it("expire when their process dies, and come back when the job does", async () => {
      await ledger.reserve(hold("a", { costNano: 100 }), [mine], now);
      const later = now + 5 * minuteMs;
      expect(await ledger.reserve(hold("b", { expiresAt: later + 1 }), [mine], later)).toEqual([]);
      expect(await ledger.reserve(hold("a", { costNano: 100, expiresAt: later + 1 }), [mine], later)).toEqual(
        [{ bound: mine, used: 0, held: 10 }],
      );
    });

    it("are given back by a release, also twice", async () => {
      await ledger.reserve(hold("a"), [mine], now);
      await ledger.release("a", now);
      await ledger.release("a", now);
      await ledger.release("never was", now);
      expect(await use(mine)).toEqual({ used: 0, held: 0 });
    });
  });

  describe("messages", () => {
    const perMinute: Bound = { ...mine, measure: "messages", period: "minute", most: 2 };
    const ask = (id: string, at = now) => ledger.reserve(hold(id), [perMinute], at);

    it("are counted in their minute, and no more are taken than that", async () => {
      expect(await ask("a")).toEqual([]);
      expect(await ask("b", now + minuteMs - 1)).toEqual([]);
      expect(await ask("c", now + minuteMs - 1)).toEqual([{ bound: perMinute, used: 2, held: 0 }]);
      expect(await ask("c", now + minuteMs)).toEqual([]);
    });

    it("count once for one job, however it went", async () => {
      await ask("a");
      await ask("a");
      await ledger.release("a", now);
      await ask("a");
      await ledger.settle("a", entry(1));
      await ask("a");
      expect(await ask("b")).toEqual([]);
      expect(await ask("c")).toHaveLength(1);
    });

    it("are counted right when many come at once", async () => {
      await warmUp();
      const many = { ...perMinute, most: 7 };
      const results = await Promise.all(
        Array.from({ length: 30 }, (_, n) => (n % 2 ? ledger : other).reserve(hold(`m${n}`), [many], now)),
      );
      expect(results.filter((exceeded) => exceeded.length === 0)).toHaveLength(7);
    });

    it("that were refused count for nothing", async () => {
      const poor = { ...mine, most: 5 };
      await ledger.reserve(hold("a"), [perMinute, poor], now);
      await ask("b");
      expect(await ask("c")).toEqual([]);
    });
  });

  describe("what was used", () => {
    it("takes the reservation's place", async () => {
      await ledger.reserve(hold("job-1", { costNano: 90 }), [mine], now);
      await ledger.settle("job-1", entry(1));
      expect(await use(mine)).toEqual({ used: 60, held: 0 });
      expect(await use({ ...mine, measure: "tokens" })).toEqual({ used: 11, held: 0 });
    });

    it("counts for person, channel, persona and all, and not in a channel when it was said in private", async () => {
      await ledger.settle("job-1", entry(1));
      const { channel: _, ...direct } = entry(2);
      await ledger.settle("job-2", direct);
      const spenders = [
        mine,
        channels,
        everyones,
        { ...mine, spender: { kind: "persona", name: "tutor" } as const },
      ];
      const used = [];
      for (const bound of spenders) used.push((await use(bound)).used);
      expect(used).toEqual([120, 60, 120, 120]);
    });

    it("counts once however often it is stored, and again when it is done again", async () => {
      await Promise.all([ledger.settle("job-1", entry(1)), other.settle("job-1", entry(1))]);
      await ledger.settle("job-1", entry(1));
      expect((await use(mine)).used).toBe(60);
      await ledger.settle("job-9", entry(1, { attempt: "job-9" }));
      expect((await use(mine)).used).toBe(120);
    });

    it("is added up exactly when many finish at once", async () => {
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          (n % 2 ? ledger : other).settle(
            `job-${n}`,
            entry(n, { person: `fake:p${n % 3}`, costNano: 1_000_001 }),
          ),
        ),
      );
      expect((await use(everyones)).used).toBe(40_000_040);
    });

    it("of an unknown price counts as what was reserved, and is written down as unknown", async () => {
      await ledger.reserve(hold("job-1", { costNano: 70 }), [mine], now);
      const { costNano: _, ...unpriced } = entry(1);
      await ledger.settle("job-1", unpriced);
      expect((await use(mine)).used).toBe(70);
      expect(await database.query("SELECT cost_nano FROM ledger")).toMatchObject([{ cost_nano: null }]);
    });

    it("is forgotten by the day and by the month, in UTC", async () => {
      await ledger.settle("job-1", entry(1, { at: new Date(now - dayMs) }));
      await ledger.settle("job-2", entry(2));
      expect((await use(mine)).used).toBe(60);
      expect((await use({ ...mine, period: "month" })).used).toBe(120);
      expect((await use({ ...mine, period: "month" }, now + dayMs)).used).toBe(0);
    });

    it("is kept as it was, one row an answer", async () => {
      await ledger.settle("job-1", entry(1));
      const [row] = await database.query("SELECT * FROM ledger");
      expect({ ...row }).toEqual({
        turn: turnId(1),
        attempt: "job-1",
        at: now,
        person: "fake:kim",
        channel: "fake:room",
        conversation,
        persona: "tutor",
        model: "openai/gpt-6-sol",
        input_tokens: 7,
        cached_tokens: 3,
        cache_write_tokens: 2,
        output_tokens: 4,
        thinking_tokens: 1,
        is_estimate: 0,
        cost_nano: 60,
        tools: '["clock"]',
      });
    });
  });

  describe("forgetting a person", () => {
    const everything = async (): Promise<string> => {
      const tables = ["ledger", "spent_day", "message_count", "reservation"];
      const rows = await Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table}`)));
      return JSON.stringify(rows);
    };
    const perDay: Bound = { ...mine, measure: "messages" };

    beforeEach(async () => {
      await ledger.reserve(hold("running"), [perDay], now);
      await ledger.settle("job-1", entry(1, { at: new Date(now - 40 * dayMs) }));
      await ledger.settle(
        "job-2",
        entry(2, { conversation: `${conversation}|fake:kim` as typeof conversation }),
      );
      await ledger.settle("job-3", entry(3, { person: "fake:lee" }));
    });

    it("leaves what was used, as nobody's, and the others' as it was", async () => {
      await ledger.forgetPerson("fake:kim");
      expect(await everything()).not.toContain("fake:kim");
      const rows = await database.query("SELECT person, cost_nano FROM ledger ORDER BY turn");
      expect(rows).toMatchObject([
        { person: "", cost_nano: 60 },
        { person: "", cost_nano: 60 },
        { person: "fake:lee", cost_nano: 60 },
      ]);
      expect((await use(channels)).used).toBe(120);
      expect((await use(mine)).used).toBe(0);
    });

    it("does not open their own budget anew, and is complete when its month is over", async () => {
      await ledger.forgetPerson("fake:kim", now - dayMs);
      expect((await use(mine)).used).toBe(60);
      const nextMonth = createLedger(database);
      await nextMonth.reserve(hold("later", { person: "fake:lee" }), [], now + 33 * dayMs);
      expect(await everything()).not.toContain("fake:kim");
    });
  });
}
