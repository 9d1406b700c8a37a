import { beforeEach, describe, expect, it } from "vitest";
import type { Bound, Ledger } from "../../src/limits/ledger.ts";
import { startOf } from "../../src/limits/period.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/ledger.ts";
import { dayMs, entry, hold, mine, minuteMs, now } from "./ledger-entries.ts";

/** The accounts of one test; `other` is another process's where several share them. */
interface Accounts {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly other: Ledger;
  /** Has every connection open. */
  readonly warmUp: () => Promise<unknown>;
}

/** What the accounts promise of messages. */
export function describeCounts(accounts: () => Accounts): void {
  describe("messages", () => {
    let database: Database;
    let ledger: Ledger;
    let other: Ledger;
    let warmUp: Accounts["warmUp"];
    beforeEach(() => ({ database, ledger, other, warmUp } = accounts()));

    const perMinute: Bound = { ...mine, measure: "messages", period: "minute", most: 2 };
    const ask = (id: string, at = now) => ledger.reserve(hold(id), [perMinute], at);

    it("are counted in their minute, and no more are taken than that", async () => {
      expect(await ask("a")).toEqual([]);
      expect(await ask("b", now + minuteMs - 1)).toEqual([]);
      expect(await ask("c", now + minuteMs - 1)).toEqual([{ bound: perMinute, used: 2, held: 0 }]);
      expect(await ask("c", now + minuteMs)).toEqual([]);
    });

    it("of who is forgotten are kept as long as they count, and then by nobody", async () => {
      const perDay = { ...perMinute, period: "day" } as const;
      await ledger.reserve(hold("a"), [perMinute, perDay], now);
      await ledger.forgetPerson("fake:kim", undefined, [{ period: "day", start: startOf("day", now) }]);
      const kept = () => database.query("SELECT period, messages FROM message_count");
      expect(await kept()).toEqual([{ period: "day", messages: 1 }]);
      await createLedger(database).reserve(hold("b", { person: "fake:lee" }), [], now + dayMs);
      expect(await kept()).toEqual([]);
    });

    it("count once for one job, however it went", async () => {
      await ask("a");
      await ask("a");
      await ledger.release(hold("a"), now);
      await ask("a");
      await ledger.settle("a", entry(1, { attempt: "a" }));
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

    it("count again when the question was changed after a model was asked for it, and else not", async () => {
      await ask("a");
      await ledger.recount(hold("a"));
      await ask("a");
      expect(await ask("b")).toEqual([]);
      await ledger.release(hold("a"), now);
      await ledger.settle("a", entry(1, { turn: "a:answer:m", attempt: "a" }));
      await ledger.recount(hold("a"));
      expect(await ask("a")).toEqual([{ bound: perMinute, used: 2, held: 0 }]);
    });

    it("that were taken back before a model was asked count for nothing, and else count", async () => {
      await ask("a");
      await ledger.takeBack(hold("a"), [perMinute]);
      await ledger.takeBack(hold("a"), [perMinute]);
      await ask("b");
      await ledger.settle("b", entry(1, { turn: "b", attempt: "b" }));
      await ledger.takeBack(hold("b"), [perMinute]);
      expect(await ask("c")).toEqual([]);
      expect(await ask("d")).toEqual([{ bound: perMinute, used: 2, held: 0 }]);
    });

    it("that were taken back after what they held was given back count for nothing either", async () => {
      await ask("a");
      await ledger.release(hold("a"), now + minuteMs / 2);
      await ledger.takeBack(hold("a"), [perMinute]);
      await ask("b");
      expect(await ask("c")).toEqual([]);
    });

    it("are counted together by processes whose clocks differ, also where the minute turns for one of them first", async () => {
      const at = startOf("minute", now) + minuteMs;
      await ask("a", at);
      expect(await other.reserve(hold("b"), [perMinute], at - 5)).toEqual([]);
      expect(await ask("c", at + 1)).toEqual([{ bound: perMinute, used: 2, held: 0 }]);
      expect(await other.reserve(hold("c"), [perMinute], at - 4)).toHaveLength(1);
      // A clock that is wrong by more is not believed.
      expect(await other.reserve(hold("c"), [perMinute], at - 10 * minuteMs)).toEqual([]);
    });

    it("that were refused count for nothing", async () => {
      const poor = { ...mine, most: 5 };
      await ledger.reserve(hold("a"), [perMinute, poor], now);
      await ask("b");
      expect(await ask("c")).toEqual([]);
    });
  });
}
