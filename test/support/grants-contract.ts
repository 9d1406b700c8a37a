import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { StorePlace } from "./store-contract.ts";

/** What is promised of who was let in, whichever database is behind it. */
export function describeGrants(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => grantsTests(createPlace));
}

const hourMs = 3_600_000;
const now = Date.UTC(2026, 9, 31, 23, 10);
const asked = { place: "fake:club", name: "#korean", event: "e1", code: "AAA-222" };

function grantsTests(createPlace: () => Promise<StorePlace>): void {
  let store: Store;

  beforeEach(async () => {
    store = await (await createPlace()).open();
  });
  afterEach(() => store.close());

  const claim = (hash: string, at = now, person = "fake:kim") =>
    store.grants.claimOwnership({ hash, person, name: "Kim" }, at);

  describe("requests", () => {
    it("are told once a day for a place, however many ask at once", async () => {
      const told = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.grants.request({ ...asked, event: `e${n}`, code: `AAA-22${n}` }, now),
        ),
      );
      expect(told.filter(Boolean)).toHaveLength(1);
      expect(await store.grants.request({ ...asked, event: "late" }, now + 24 * hourMs - 1)).toBeUndefined();
      expect(await store.grants.request({ ...asked, event: "next day" }, now + 24 * hourMs)).toMatchObject({
        event: "next day",
      });
    });

    it("are told the same when the same event comes again", async () => {
      await store.grants.request(asked, now);
      expect(await store.grants.request({ ...asked, code: "BBB-333" }, now)).toEqual(asked);
    });

    it("are listed while their code holds; those without a code are not", async () => {
      await store.grants.request(asked, now);
      await store.grants.request({ place: "fake:lee", name: "Lee", event: "e2" }, now);
      expect(await store.grants.pending(now)).toEqual([asked]);
      expect(await store.grants.pending(now + 24 * hourMs)).toEqual([]);
    });
  });

  describe("a code", () => {
    it("lets in what it was told to, also when it is used twice", async () => {
      await store.grants.request(asked, now);
      expect(await store.grants.has("fake:club", "allowed")).toBe(false);
      const grant = { place: "fake:club", kind: "allowed", name: "#korean" };
      expect(await store.grants.allow("AAA-222", "fake:kim", now)).toEqual(grant);
      expect(await store.grants.allow("AAA-222", "fake:kim", now)).toEqual(grant);
      expect(await store.grants.has("fake:club", "allowed")).toBe(true);
      expect(await store.grants.has("fake:club", "owner")).toBe(false);
      expect(await store.grants.list()).toEqual([grant]);
      expect(await store.grants.pending(now)).toEqual([]);
    });

    it("of yesterday, or never told, lets nobody in", async () => {
      await store.grants.request(asked, now);
      expect(await store.grants.allow("AAA-222", "fake:kim", now + 24 * hourMs)).toBeUndefined();
      expect(await store.grants.allow("ZZZ-999", "fake:kim", now)).toBeUndefined();
      expect(await store.grants.list()).toEqual([]);
    });

    it("lets in no more after it was taken back", async () => {
      await store.grants.request(asked, now);
      await store.grants.allow("AAA-222", "fake:kim", now);
      expect(await store.grants.revoke("fake:club")).toBe(true);
      expect(await store.grants.has("fake:club", "allowed")).toBe(false);
      expect(await store.grants.allow("AAA-222", "fake:kim", now)).toBeUndefined();
      expect(await store.grants.revoke("fake:club")).toBe(false);
    });
  });

  describe("ownership", () => {
    it("goes to one of those who send its code at once, and to nobody after", async () => {
      await store.grants.offerOwnership("hash", now + hourMs);
      expect(await store.grants.hasOwner()).toBe(false);
      const claims = await Promise.all(Array.from({ length: 6 }, (_, n) => claim("hash", now, `fake:p${n}`)));
      expect(claims.toSorted()).toEqual(["owner", ...Array.from({ length: 5 }, () => "unknown")]);
      expect(await store.grants.hasOwner()).toBe(true);
      expect(await claim("hash")).toBe("unknown");
    });

    it("is not to be had with a code that is too old", async () => {
      await store.grants.offerOwnership("hash", now + hourMs);
      expect(await claim("hash", now + hourMs)).toBe("unknown");
      expect(await store.grants.has("fake:kim", "owner")).toBe(false);
    });

    it("is not to be guessed: five tries an hour, then not even the right code", async () => {
      await store.grants.offerOwnership("hash", now + 2 * hourMs);
      const guesses = [];
      for (let n = 0; n < 5; n++) guesses.push(await claim(`guess ${n}`));
      expect(new Set(guesses)).toEqual(new Set(["unknown"]));
      expect(await claim("hash")).toBe("too-many-tries");
      expect(await claim("hash", now, "fake:lee")).toBe("owner");
      await store.grants.offerOwnership("hash", now + 2 * hourMs);
      expect(await claim("hash", now + hourMs)).toBe("owner");
    });

    it("can be taken back", async () => {
      await store.grants.offerOwnership("hash", now + hourMs);
      await claim("hash");
      await store.grants.revoke("fake:kim");
      expect(await store.grants.has("fake:kim", "owner")).toBe(false);
    });
  });

  it("forgets a person who was let in, asked, tried or allowed others, and keeps who owns the bot", async () => {
    await store.grants.request({ place: "fake:kim", name: "Kim", event: "e1", code: "CCC-333" }, now);
    await store.grants.allow("CCC-333", "fake:kim", now);
    await store.grants.offerOwnership("hash", now + hourMs);
    await claim("hash");
    await store.grants.forgetPerson("fake:kim");
    expect(await store.grants.list()).toEqual([{ place: "fake:kim", kind: "owner", name: "" }]);
    await store.grants.revoke("fake:kim");
    await store.grants.request({ place: "fake:lee", name: "Lee", event: "e1", code: "DDD-444" }, now);
    await store.grants.forgetPerson("fake:lee");
    expect(await store.grants.pending(now)).toEqual([]);
    expect(await store.grants.list()).toEqual([]);
  });
}
