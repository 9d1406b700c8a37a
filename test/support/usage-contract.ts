import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../src/limits/ledger.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/ledger.ts";
import { migrate } from "../../src/store/migrations.ts";
import type { LedgerPlace } from "./ledger-contract.ts";
import { channels, dayMs, entry, mine, now } from "./ledger-entries.ts";

/** What is promised of the sums that people are told, whichever database is behind them. */
export function describeUsage(name: string, createPlace: () => Promise<LedgerPlace>): void {
  describe(name, () => {
    let database: Database;
    let ledger: Ledger;

    beforeEach(async () => {
      database = await (await createPlace()).open();
      await migrate(database);
      ledger = createLedger(database);
      await ledger.settle("", entry(1));
    });
    afterEach(() => database.close());

    it("is added up by what is asked for, from a moment on, one person's or everyone's", async () => {
      await ledger.settle("", entry(2, { at: new Date(now - 3 * dayMs), persona: "vocab" }));
      await ledger.settle("", entry(3, { persona: "tutor", costNano: 9_007_199_254_740 }));
      const { costNano: _, channel: __, ...unpriced } = entry(4, { person: "fake:lee" });
      await ledger.settle("", unpriced);
      const one = { answers: 1, inputTokens: 7, cachedTokens: 3, outputTokens: 4, thinkingTokens: 1 };
      const two = { answers: 2, inputTokens: 14, cachedTokens: 6, outputTokens: 8, thinkingTokens: 2 };
      const day = Math.floor(now / dayMs);
      expect(await ledger.usage({ person: "fake:kim", since: 0, by: ["day", "persona"] })).toEqual([
        { of: { day: day - 3, persona: "vocab" }, ...one, costNano: 60, unpriced: 0 },
        { of: { day, persona: "tutor" }, ...two, costNano: 9_007_199_254_800, unpriced: 0 },
      ]);
      const all = await ledger.usage({ since: now - dayMs, by: ["person", "channel"] });
      expect(all).toHaveLength(2);
      expect(all).toContainEqual({
        of: { person: "fake:lee", channel: "" },
        ...one,
        costNano: 0,
        unpriced: 1,
      });
      expect(await ledger.usage({ since: now + 1, by: ["model"] })).toEqual([]);
    });

    it("stands against bounds, and looking changes nothing", async () => {
      for (let times = 0; times < 2; times++)
        expect(await ledger.uses([mine, channels], now)).toEqual([
          { bound: mine, used: 60, held: 0 },
          { bound: channels, used: 60, held: 0 },
        ]);
    });
  });
}
