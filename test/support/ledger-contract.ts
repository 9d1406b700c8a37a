import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ClaimLost } from "../../src/errors.ts";
import type { Bound, Ledger } from "../../src/limits/ledger.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/ledger.ts";
import { migrate } from "../../src/store/migrations.ts";
import { describeCounts } from "./counts-contract.ts";
import { channels, dayMs, entry, everyones, hold, mine, minuteMs, now } from "./ledger-entries.ts";

/** Where one test's accounts are kept; `open` may be called more than once where several processes share them. */
export interface LedgerPlace {
  open(): Promise<Database>;
  readonly isShared: boolean;
}

/** What the accounts promise, whichever database is behind them. */
export function describeLedger(name: string, createPlace: () => Promise<LedgerPlace>): void {
  describe(name, () => ledgerTests(createPlace));
}

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

    it("of an attempt that goes on grow with it, beside what others hold, and stay where that is too much", async () => {
      const more = (costNano: number) =>
        ledger.reserve(hold("a", { costNano }), [mine], now, { goesOn: true });
      await ledger.reserve(hold("a", { costNano: 30 }), [mine], now);
      await other.reserve(hold("b", { costNano: 20 }), [mine], now);
      expect(await more(80)).toEqual([]);
      expect(await more(81)).toEqual([{ bound: mine, used: 0, held: 20 }]);
      expect(await use(mine)).toEqual({ used: 0, held: 100 });
    });

    it("of 20 answers that go on at once grow only as far as the last cent", async () => {
      await warmUp();
      const ids = Array.from({ length: 20 }, (_, index) => `job-${index}`);
      for (const id of ids) await ledger.reserve(hold(id, { costNano: 2 }), [everyones], now);
      const results = await Promise.all(
        ids.map((id, index) =>
          (index % 2 ? ledger : other).reserve(hold(id, { costNano: 14 }), [everyones], now, {
            goesOn: true,
          }),
        ),
      );
      expect(results.filter((exceeded) => exceeded.length === 0)).toHaveLength(5);
      expect(await use(everyones)).toEqual({ used: 0, held: 100 });
    });

    it("of parts draw on the whole they are of, and what that can't give must be there beside it", async () => {
      const part = (id: string, costNano: number, options?: { readonly goesOn: boolean }) =>
        ledger.reserve(hold(id, { attempt: "a", drawsOn: "a", costNano }), [mine], now, options);
      await ledger.reserve(hold("a", { costNano: 60 }), [mine], now);
      await other.reserve(hold("b", { costNano: 30 }), [mine], now);
      expect(await part("a:1", 20)).toEqual([]);
      expect(await part("a:1", 35, { goesOn: true })).toEqual([]);
      expect(await part("a:2", 25)).toEqual([]);
      expect(await use(mine)).toEqual({ used: 0, held: 90 });
      // 11 more are not there; of the 10 that are, it may have all.
      expect(await part("a:2", 36, { goesOn: true })).toEqual([{ bound: mine, used: 0, held: 65 }]);
      expect(await part("a:2", 35, { goesOn: true })).toEqual([]);
      await ledger.settle("a:1", entry(1, { attempt: "a", costNano: 5 }));
      expect(await use(mine)).toEqual({ used: 5, held: 65 });
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
      await ledger.release(hold("a"), now);
      await ledger.release(hold("a"), now);
      await ledger.release(hold("never was"), now);
      expect(await use(mine)).toEqual({ used: 0, held: 0 });
    });
  });

  it("know what an attempt held back that never told what it took, and calls beside it", async () => {
    const { channel: _, ...direct } = hold("a.v0", { attempt: "first", tokens: 5 });
    const call = { model: "vendor/one", promptTokens: 4 };
    await ledger.reserve(hold("a", { attempt: "first", call, feesNano: 5 }), [mine], now);
    await ledger.reserve(hold("a", { attempt: "first", call }), [mine], now, { goesOn: true });
    await ledger.reserve(hold("a.s", { attempt: "first", call: { model: "vendor/one" } }), [mine], now);
    await ledger.reserve({ ...direct, call: { model: "vendor/vectors", promptTokens: 5 } }, [], now);
    await ledger.reserve(hold("a:two", { attempt: "second", call }), [mine], now);
    await ledger.reserve(hold("b", { call }), [mine], now);
    const left = await other.abandoned({ id: "a", attempt: "second" });
    const kim = { person: "fake:kim", persona: "tutor", attempt: "first" };
    expect(left.toSorted((one, two) => one.id.localeCompare(two.id))).toEqual([
      { ...kim, id: "a", channel: "fake:room", tokens: 10, feesNano: 5, call },
      { ...kim, id: "a.s", channel: "fake:room", tokens: 10, feesNano: 0, call: { model: "vendor/one" } },
      { ...kim, id: "a.v0", tokens: 5, feesNano: 0, call: { model: "vendor/vectors", promptTokens: 5 } },
    ]);
    await ledger.settle("a", entry(1, { turn: "a", attempt: "first" }));
    for (const id of ["a.s", "a.v0"]) await ledger.release({ id, attempt: "first" }, now);
    expect(await other.abandoned({ id: "a", attempt: "second" })).toEqual([]);
  });

  it("still know it after days in which nobody went on with it", async () => {
    await ledger.reserve(hold("a", { call: { model: "vendor/one", promptTokens: 4 } }), [], now);
    await createLedger(database).reserve(hold("b"), [], now + 4 * dayMs);
    expect(await other.abandoned({ id: "a", attempt: "second" })).toMatchObject([{ id: "a", tokens: 10 }]);
  });

  describe("of an attempt that goes on when another has taken its job over", () => {
    beforeEach(async () => {
      await ledger.reserve(hold("a", { attempt: "first" }), [mine], now);
      await other.reserve(hold("a", { attempt: "second", costNano: 30 }), [mine], now);
    });

    it("going on takes nothing from what the other one holds", async () => {
      const more = ledger.reserve(hold("a", { attempt: "first" }), [mine], now, { goesOn: true });
      await expect(more).rejects.toThrow(ClaimLost);
      expect(await use(mine)).toEqual({ used: 0, held: 30 });
    });

    it("the end gives back nothing that the other one holds", async () => {
      await ledger.release(hold("a", { attempt: "first" }), now);
      expect(await use(mine)).toEqual({ used: 0, held: 30 });
    });

    it("what it took counts beside what the other one holds, and then beside what that one took", async () => {
      await ledger.settle("a", entry(1, { attempt: "first", costNano: 7 }));
      expect(await use(mine)).toEqual({ used: 7, held: 30 });
      await other.settle("a", entry(1, { attempt: "second", costNano: 5 }));
      expect(await use(mine)).toEqual({ used: 12, held: 0 });
    });

    it("what it took at a price that nobody knows counts as what the other one holds, and leaves it", async () => {
      const { costNano: _, ...unpriced } = entry(1, { attempt: "first" });
      await ledger.settle("a", unpriced);
      expect(await use(mine)).toEqual({ used: 30, held: 30 });
    });

    it("what is known of it counts where that is more", async () => {
      const { costNano: _, ...unpriced } = entry(1, { attempt: "first" });
      await ledger.settle("a", { ...unpriced, knownNano: 40 });
      expect(await use(mine)).toEqual({ used: 40, held: 30 });
    });
  });

  describeCounts(() => ({ database, ledger, other, warmUp }));
}
