import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn, turnId } from "./turns.ts";

/** Where one test's data is kept: each opening finds what the one before it left. */
export interface StorePlace {
  open(): Promise<Store>;
}

/** What every store promises, whatever is behind it. */
export function describeStore(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => storeTests(createPlace));
}

function storeTests(createPlace: () => Promise<StorePlace>): void {
  let place: StorePlace;
  let store: Store;

  beforeEach(async () => {
    place = await createPlace();
    store = await place.open();
  });
  afterEach(() => store.close());

  const reopen = async () => {
    await store.close();
    store = await place.open();
  };

  describe("documents", () => {
    it("answers undefined for a key never set, and what was set after that", async () => {
      const notes = store.documents<{ text: string }>("note");
      expect(await notes.get("a")).toBeUndefined();
      await notes.set("a", { text: "one" });
      expect(await notes.get("a")).toEqual({ text: "one" });
      await notes.set("a", { text: "two" });
      expect(await notes.get("a")).toEqual({ text: "two" });
    });

    it("says whether a deletion deleted", async () => {
      const notes = store.documents<number>("note");
      await notes.set("a", 1);
      expect(await notes.delete("a")).toBe(true);
      expect(await notes.get("a")).toBeUndefined();
      expect(await notes.delete("a")).toBe(false);
    });

    it("lets only one of several deletions at once claim to have deleted", async () => {
      const notes = store.documents<number>("note");
      await notes.set("a", 1);
      const claims = await Promise.all(Array.from({ length: 8 }, () => notes.delete("a")));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it.each([
      ["null", null],
      ["false", false],
      ["zero", 0],
      ["an empty text", ""],
      ["a fraction", 0.1],
      ["a big number", 1e300],
      ["a text that looks like Keyv's own marks", ":base64:AAAA"],
      ["a text with a colon first", ":x"],
      ["a text with NUL, a lone surrogate and every kind of quote", "\u0000 \ud800 ' \" ` \\ % _ ?"],
      ["a list", [1, [2, null], "three"]],
      ["an empty object", {}],
      ["a nested object", { a: { b: [{ c: "한국어 🙂" }] }, ":d": true }],
    ])("gives back %s as it was", async (_, value) => {
      const values = store.documents<unknown>("value");
      await values.set("it", value);
      expect(await values.get("it")).toStrictEqual(value);
    });

    it("keeps apart keys that differ in case, accents, wildcards or a last space", async () => {
      const notes = store.documents<string>("note");
      const keys = ["a", "A", "á", "a\u0301", "a_b", "axb", "a%b", "a ", "", "'; DROP TABLE document; --"];
      for (const key of keys) await notes.set(key, `value of ${key}`);
      for (const key of keys) expect(await notes.get(key)).toBe(`value of ${key}`);
    });

    it("takes keys far longer than 255 characters, and refuses those that one backend could not hold", async () => {
      const notes = store.documents<string>("note");
      const key = Array.from({ length: 600 }, (_, index) => String.fromCodePoint(0xac00 + index * 17)).join(
        "",
      );
      await notes.set(key, "long");
      await notes.set(`${key}!`, "longer");
      expect(await notes.get(key)).toBe("long");
      expect(await notes.get(`${key}!`)).toBe("longer");
      await expect(notes.set("한".repeat(800), "too long")).rejects.toThrow(RangeError);
    });

    it("keeps kinds apart, also where a key looks like another kind's", async () => {
      const notes = store.documents<string>("note");
      const settings = store.documents<string>("setting");
      await notes.set("a", "note a");
      await notes.set("note:a", "note note:a");
      await notes.set("setting:a", "note setting:a");
      await settings.set("a", "setting a");
      await settings.delete("a");
      expect(await notes.get("a")).toBe("note a");
      expect(await notes.get("note:a")).toBe("note note:a");
      expect(await notes.get("setting:a")).toBe("note setting:a");
      expect(await settings.get("a")).toBeUndefined();
    });

    it("refuses a kind that Keyv would take for a pattern", () => {
      expect(() => store.documents("user_1")).toThrow("letters only");
      expect(() => store.documents("%")).toThrow("letters only");
    });

    it("serves many calls at once, from the very first", async () => {
      const notes = store.documents<number>("note");
      const numbers = Array.from({ length: 100 }, (_, index) => index);
      await Promise.all(numbers.map((number) => notes.set(`key ${number}`, number)));
      expect(await Promise.all(numbers.map((number) => notes.get(`key ${number}`)))).toEqual(numbers);
    });

    it("finds its documents again after reopening", async () => {
      await store.documents<string>("note").set("a", "kept");
      await reopen();
      expect(await store.documents<string>("note").get("a")).toBe("kept");
    });

    it("rejects once the store is closed", async () => {
      const notes = store.documents<string>("note");
      await notes.set("a", "kept");
      await store.close();
      await expect(notes.get("a")).rejects.toThrow();
      await expect(notes.set("a", "lost")).rejects.toThrow();
    });
  });

  describe("turns", () => {
    const ids = async (options?: { limit?: number; after?: string }, of = conversation) =>
      (await store.turns.list(of, options)).map((turn) => turn.id);

    it("gives back a turn exactly as it was appended, also after reopening", async () => {
      const turn = storedTurn(1);
      await store.turns.append(conversation, turn);
      expect(await store.turns.list(conversation)).toStrictEqual([turn]);
      await reopen();
      expect(await store.turns.list(conversation)).toStrictEqual([turn]);
    });

    it.each(["done", "stopped", "length"] as const)("remembers that a turn was %s", async (outcome) => {
      await store.turns.append(conversation, storedTurn(1, { outcome }));
      expect((await store.turns.list(conversation))[0]?.outcome).toBe(outcome);
    });

    it("leaves out a cost that is not known, and keeps one of zero", async () => {
      const { costUsd: _, ...unpriced } = storedTurn(1);
      await store.turns.append(conversation, unpriced);
      await store.turns.append(conversation, storedTurn(2, { costUsd: 0 }));
      const [first, second] = await store.turns.list(conversation);
      expect(first).not.toHaveProperty("costUsd");
      expect(second?.costUsd).toBe(0);
    });

    it("lists oldest first by id, whatever the order of appending", async () => {
      for (const n of [3, 1, 10, 2, 300]) await store.turns.append(conversation, storedTurn(n));
      expect(await ids()).toEqual([1, 2, 3, 10, 300].map(turnId));
    });

    it("lists the newest of a long conversation, and only what follows a turn", async () => {
      for (let n = 1; n <= 6; n++) await store.turns.append(conversation, storedTurn(n));
      expect(await ids({ limit: 2 })).toEqual([5, 6].map(turnId));
      expect(await ids({ after: turnId(4) })).toEqual([5, 6].map(turnId));
      expect(await ids({ after: turnId(1), limit: 3 })).toEqual([4, 5, 6].map(turnId));
      expect(await ids({ after: turnId(6) })).toEqual([]);
      expect(await ids({ limit: 0 })).toEqual([]);
    });

    it("keeps conversations apart, also where one's name begins or matches another's", async () => {
      const others = ["terminal:room:1", "terminal:roo_", "terminal:Room", "%"] as ConversationKey[];
      await store.turns.append(conversation, storedTurn(1));
      for (const other of others) expect(await ids({}, other)).toEqual([]);
      for (const other of others) await store.turns.append(other, storedTurn(2));
      expect(await store.turns.remove(conversation, turnId(1))).toBe(true);
      expect(await store.turns.remove(conversation, turnId(2))).toBe(false);
      for (const other of others) expect(await ids({}, other)).toEqual([turnId(2)]);
    });

    it("deletes one turn, wherever it stands, once", async () => {
      for (let n = 1; n <= 3; n++) await store.turns.append(conversation, storedTurn(n));
      expect(await store.turns.remove(conversation, turnId(2))).toBe(true);
      expect(await store.turns.remove(conversation, turnId(2))).toBe(false);
      expect(await ids()).toEqual([1, 3].map(turnId));
    });

    it("finds the turn that a message shows a part of, whatever that message is called", async () => {
      const posts = [{ 0: "7", 1: "8", f0: "9" }, { 0: "0" }, { 0: '100%_"!' }, { 0: "8" }];
      for (const [n, each] of posts.entries())
        await store.turns.append(conversation, storedTurn(n, { posts: each }));
      const shown = async (message: string) => (await store.turns.find(conversation, { shown: message }))?.id;
      expect(await shown("7")).toBe(turnId(0));
      expect(await shown("9")).toBe(turnId(0));
      expect(await shown("0")).toBe(turnId(1));
      expect(await shown('100%_"!')).toBe(turnId(2));
      expect(await shown("8")).toBe(turnId(3));
      for (const other of ["1", "f0", "%", "_", "100"]) expect(await shown(other)).toBeUndefined();
      expect(await store.turns.find("dm:other" as ConversationKey, { shown: "7" })).toBeUndefined();
    });

    it("refuses a second turn of the same id and keeps the first", async () => {
      const picture = pictureMessage(pictureBytes(10));
      await store.turns.append(conversation, storedTurn(1));
      await expect(
        store.turns.append(conversation, storedTurn(1, { messages: [picture] })),
      ).rejects.toThrow();
      expect(await store.turns.list(conversation)).toStrictEqual([storedTurn(1)]);
    });

    it("finds a turn by its id or its question, and lists those before one", async () => {
      for (let n = 1; n <= 4; n++) await store.turns.append(conversation, storedTurn(n));
      expect(await store.turns.find(conversation, { id: turnId(2) })).toStrictEqual(storedTurn(2));
      expect(await store.turns.find(conversation, { asked: "asked-3" })).toStrictEqual(storedTurn(3));
      expect(await store.turns.find(conversation, { asked: "asked-9" })).toBeUndefined();
      expect(await store.turns.find("dm:other" as ConversationKey, { id: turnId(2) })).toBeUndefined();
      const before = await store.turns.list(conversation, { before: turnId(3) });
      expect(before.map(({ id }) => id)).toEqual([turnId(1), turnId(2)]);
    });

    it("gives back pictures byte for byte, as plain bytes", async () => {
      const big = pictureMessage(pictureBytes(300_000));
      const empty = pictureMessage(new Uint8Array(0), "image/webp");
      const view = pictureMessage(pictureBytes(1_000).subarray(100, 200), "image/jpeg");
      const turn = storedTurn(1, { messages: [big, empty, view] });
      await store.turns.append(conversation, turn);
      await reopen();
      const [found] = await store.turns.list(conversation);
      expect(found).toStrictEqual({
        ...turn,
        messages: [big, empty, pictureMessage(pictureBytes(1_000).slice(100, 200), "image/jpeg")],
      });
    });

    it("keeps a picture while any turn of the conversation shows it", async () => {
      const picture = pictureMessage(pictureBytes(500));
      const twice = storedTurn(2, { messages: [picture, picture] });
      await store.turns.append(conversation, storedTurn(1, { messages: [picture] }));
      await store.turns.append(conversation, twice);
      await store.turns.append("dm:other" as ConversationKey, twice);
      await store.turns.remove(conversation, twice.id);
      expect(await store.turns.list(conversation)).toStrictEqual([storedTurn(1, { messages: [picture] })]);
      await store.turns.remove(conversation, turnId(1));
      expect(await store.turns.list("dm:other" as ConversationKey)).toStrictEqual([twice]);
    });

    it("loses nothing when many append at once, with one picture among them", async () => {
      const picture = pictureMessage(pictureBytes(2_000));
      const turns = Array.from({ length: 20 }, (_, n) => storedTurn(n, n % 2 ? { messages: [picture] } : {}));
      await Promise.all(turns.map((turn) => store.turns.append(conversation, turn)));
      expect(await store.turns.list(conversation)).toStrictEqual(turns);
    });

    it("appends and takes back the same picture at once without losing a turn", async () => {
      const messages = [pictureMessage(pictureBytes(2_000))];
      await store.turns.append(conversation, storedTurn(0, { messages }));
      for (let n = 1; n <= 10; n++) {
        const [removed] = await Promise.all([
          store.turns.remove(conversation, turnId(n - 1)),
          store.turns.append(conversation, storedTurn(n, { messages })),
        ]);
        expect(removed).toBe(true);
        expect(await store.turns.list(conversation)).toHaveLength(1);
      }
    });
  });
}
