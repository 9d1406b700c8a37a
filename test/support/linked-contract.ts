import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewFact } from "../../src/memory/facts.ts";
import type { Store } from "../../src/store/store.ts";
import type { StorePlace } from "./store-contract.ts";
import { turnId } from "./turns.ts";

const ana = "terminal:ana";
const ben = "terminal:ben";

const fact = (n: number): NewFact => ({
  id: turnId(n),
  text: `fact ${n}`,
  at: new Date(n),
  persona: "tutor",
  place: "dm",
});

/** What is promised of accounts that are one person's, whichever database is behind it. */
export function linkedTests(createPlace: () => Promise<StorePlace>): void {
  let store: Store;
  beforeEach(async () => {
    store = await (await createPlace()).open();
  });
  afterEach(() => store.close());

  describe("facts of linked accounts", () => {
    const texts = async (person: string) => (await store.facts.list(person)).map(({ text }) => text);
    async function link(): Promise<void> {
      await store.links.offer({ id: ana, name: "Ana" }, { hash: "h", expiresAt: 9 });
      expect(await store.links.claim({ id: ben, name: "Ben" }, "h", 5)).toBe("claimed");
      expect(await store.links.confirm(ana, "terminal:eve", 5)).toBe(false);
      expect(await store.links.confirm(ana, ben, 5)).toBe(true);
    }

    it("are one person's while they are linked, numbered in one row, and apart again afterwards", async () => {
      for (const [n, person] of [ana, ben, ana].entries()) await store.facts.add(person, fact(n + 1));
      await link();
      expect((await store.facts.list(ben)).map(({ number, account }) => [number, account])).toEqual([
        [1, ana],
        [2, ana],
        [3, ben],
      ]);
      expect(await store.facts.add(ben, fact(4), { instead: [turnId(1)], number: 1 })).toMatchObject({
        number: 1,
      });
      expect(await texts(ana)).toEqual(["fact 4", "fact 3", "fact 2"]);
      expect(await store.links.leave(ben)).toBe(true);
      expect(await texts(ana)).toEqual(["fact 1", "fact 3"]);
      expect(await texts(ben)).toEqual(["fact 4", "fact 2"]);
      expect(await store.links.accounts(ana)).toEqual([]);
    });

    it("are nobody else's", async () => {
      await store.facts.add(ana, fact(1));
      await link();
      const eve = "terminal:eve";
      expect(await store.facts.list(eve)).toEqual([]);
      expect(await store.facts.undo(eve, turnId(1))).toBe(false);
      expect(await store.facts.withdraw(eve, turnId(1))).toBe(false);
      expect(await store.facts.remove(eve, [turnId(1)])).toBe(0);
      await store.facts.share(eve, turnId(1), true);
      await store.facts.pause(eve, true);
      expect(await store.facts.isPaused(ana)).toBe(false);
      expect(await store.facts.list(ben)).toMatchObject([{ text: "fact 1", isShared: false }]);
    });

    it("a code counts for as long as it lasts, once, and five times an hour", async () => {
      await store.links.offer({ id: ana, name: "Ana" }, { hash: "h", expiresAt: 9 });
      expect(await store.links.claim({ id: ana, name: "Ana" }, "h", 5)).toBe("unknown");
      expect(await store.links.claim({ id: ben, name: "Ben" }, "h", 9)).toBe("unknown");
      for (let n = 0; n < 4; n++) await store.links.claim({ id: ben, name: "Ben" }, "x", 5);
      expect(await store.links.claim({ id: ben, name: "Ben" }, "x", 5)).toBe("too-many-tries");
    });
  });
}
