import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import type { StorePlace } from "./store-contract.ts";
import { conversation as room, newFile, storedTurn, storeWithFiles, turnId } from "./turns.ts";

const other = "terminal:elsewhere" as ConversationKey;

/** What is promised of files, whichever database is behind it. */
export function describeFiles(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    let place: StorePlace;
    let store: Store;

    beforeEach(async () => {
      place = await createPlace();
      store = await place.open();
    });
    afterEach(() => store.close());

    const numbers = async (key = room) => (await store.files.list(key)).map(({ number }) => number);
    const put = (n: number, files = [newFile(n)], key = room) =>
      storeWithFiles(store, key, { turn: storedTurn(n), files });

    it("are stored with their turn, part by part, and are there after a restart", async () => {
      await put(1, [newFile(1, { title: "A title", author: "Ana" }), newFile(2)]);
      await store.close();
      store = await place.open();
      const [file, second] = await store.files.list(room);
      const { texts, ...entry } = newFile(1, { title: "A title", author: "Ana" });
      expect(file).toStrictEqual({ ...entry, turn: turnId(1), person: "terminal:ana", at: storedTurn(1).at });
      expect(second).not.toHaveProperty("title");
      expect(await store.files.texts(room, turnId(1))).toEqual(texts);
      expect(await store.files.texts(room, turnId(1), { from: 1, to: 2 })).toEqual(["둘째 쪽 1"]);
      expect(await store.files.texts(other, turnId(1))).toEqual([]);
      expect(await numbers(other)).toEqual([]);
    });

    it("go with their turn, however it goes", async () => {
      for (const n of [1, 2, 3]) await put(n);
      await put(4, [newFile(4)], other);
      await store.turns.remove(room, turnId(2));
      expect(await numbers()).toEqual([1, 3]);
      await store.turns.sweep(storedTurn(2).at.getTime(), 10);
      expect(await numbers()).toEqual([3]);
      expect(await store.people.count("terminal:ana")).toMatchObject({ questions: 2, files: 2 });
      expect((await store.people.files("terminal:ana", { limit: 1 })).map(({ number }) => number)).toEqual([
        3,
      ]);
      await store.people.forget("terminal:ana");
      expect(await numbers()).toEqual([]);
      expect(await store.files.texts(other, turnId(4))).toEqual([]);
    });

    it("stay when only their turn's answer is new, and change with its question", async () => {
      await put(1);
      await storeWithFiles(store, room, { turn: storedTurn(1, { model: "new" }), replaces: true });
      expect(await numbers()).toEqual([1]);
      await storeWithFiles(store, room, { turn: storedTurn(1), files: [newFile(2)], replaces: true });
      expect(await numbers()).toEqual([2]);
      await storeWithFiles(store, room, { turn: storedTurn(1), files: [], replaces: true });
      expect(await numbers()).toEqual([]);
    });

    it("make room for newer ones", async () => {
      for (let n = 1; n <= 5; n++)
        await put(
          n,
          Array.from({ length: 5 }, (_, at) => newFile(5 * n + at)),
        );
      expect(await numbers()).toEqual(Array.from({ length: 20 }, (_, at) => 10 + at));
      await put(9, [newFile(40, { letters: 19_999_990 })]);
      expect(await numbers()).toEqual([40]);
    });

    it("are dropped with what turns say of them, and with its summary", async () => {
      await put(1);
      await store.turns.append(room, storedTurn(2));
      const summary = { text: "", after: "", through: turnId(2), turns: 2, person: "", at: new Date(1) };
      await store.summaries.put(room, summary, { turns: [turnId(1), turnId(2)] });
      const drop = (): Promise<boolean> =>
        store.files.drop(room, turnId(1), (text) => text.replaceAll(/noon|질문 1/gu, "-"));
      expect(await drop()).toBe(true);
      expect(await drop()).toBe(false);
      const texts = JSON.stringify((await store.turns.list(room)).map(({ messages }) => messages));
      expect(texts).toMatch(/- .*answer 1.*질문 2.*answer 2/u);
      expect(texts).not.toContain("noon");
      expect(await store.summaries.find(room)).toBeUndefined();
      expect(await store.files.texts(room, turnId(1))).toEqual([]);
    });
  });
}
