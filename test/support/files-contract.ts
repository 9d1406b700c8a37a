import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { VectorRun } from "../../src/files/files.ts";
import { composeQuestion } from "../../src/conversation/question.ts";
import { passagesIn, withPassages } from "../../src/sources/passages.ts";
import type { ConversationKey, Store, StoredTurn } from "../../src/store/store.ts";
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
      const { texts, vectors: _, ...entry } = newFile(1, { title: "A title", author: "Ana" });
      expect(file).toStrictEqual({ ...entry, turn: turnId(1), person: "terminal:ana", at: storedTurn(1).at });
      expect(second).not.toHaveProperty("title");
      expect(await store.files.texts(room, turnId(1))).toEqual(texts);
      expect(await store.files.texts(room, turnId(1), { from: 1, to: 2 })).toEqual(["둘째 쪽 1"]);
      expect(await store.files.texts(other, turnId(1))).toEqual([]);
      expect(await numbers(other)).toEqual([]);
    });

    it("keep the vectors of their passages, those that came with them and those that were made later", async () => {
      const run = (start: number, ...numbers: number[]): VectorRun => ({
        model: "lab/embed",
        start,
        count: 1,
        sha256: `of ${start}`,
        vectors: Float32Array.from(numbers),
      });
      await put(1, [newFile(1, { vectors: [run(0, 0.5, -0.25)] })]);
      await store.files.putVectors(room, turnId(1), run(1, 1, 0));
      await store.files.putVectors(room, turnId(1), run(1, 0, 1));
      await store.files.putVectors(room, turnId(2), run(0, 1));
      expect(await store.files.vectors(room, turnId(1))).toStrictEqual([run(0, 0.5, -0.25), run(1, 0, 1)]);
      expect(await store.files.vectors(room, turnId(2))).toEqual([]);
      await store.files.drop(room, turnId(1));
      expect(await store.files.vectors(room, turnId(1))).toEqual([]);
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

    it("are dropped with what turns hold of them, whatever file it was cited of, and with its summary", async () => {
      const file = newFile(1);
      const held = (turn: number, id: string): StoredTurn =>
        storedTurn(turn, {
          messages: [
            composeQuestion({
              text: "Own words",
              images: [],
              materials: [
                { title: "File 1 notes.pdf, contents", text: "gone1" },
                {
                  title: "File 2 other.pdf, excerpts",
                  text: [{ source: { file: "other" }, text: "stays1" }],
                },
                { title: "File 1 notes.pdf, excerpts", text: [{ source: { file: id }, text: "gone2" }] },
              ],
            }),
            {
              role: "tool",
              parts: [
                {
                  type: "tool-result",
                  id: "call",
                  name: "read_file",
                  failed: false,
                  ...withPassages(
                    "File 1",
                    [
                      { source: { file: id }, text: "gone3" },
                      { source: { file: "other" }, text: "stays2" },
                    ],
                    3,
                  ),
                },
              ],
            },
            {
              role: "assistant",
              parts: [{ type: "text", text: "stays3", cited: [{ file: id, passages: [{ text: "gone4" }] }] }],
            },
          ],
        });
      await storeWithFiles(store, room, { turn: held(1, file.id), files: [file] });
      await store.turns.append(room, held(2, file.id));
      await put(3, [newFile(3, { number: 1 })]);
      await store.turns.append(
        room,
        storedTurn(4, { person: "terminal:bo", messages: held(1, turnId(3)).messages }),
      );
      const summary = { text: "", after: "", through: turnId(2), turns: 2, person: "", at: new Date(1) };
      await store.summaries.put(room, summary, { turns: [turnId(1), turnId(2)] });
      expect(await store.files.drop(room, file.id)).toBe(true);
      expect(await store.files.drop(room, file.id)).toBe(false);
      const turns = await store.turns.list(room);
      expect(JSON.stringify(turns.slice(0, 2))).not.toContain("gone");
      expect(passagesIn(turns[1]?.messages ?? []).map(({ text }) => text)).toEqual(["stays1", "stays2"]);
      expect(JSON.stringify(turns[1])).toMatch(/Own words.*stays3/u);
      expect(await store.summaries.find(room)).toBeUndefined();
      expect(await store.files.texts(room, file.id)).toEqual([]);
      // What a number stands for later is another file.
      expect(JSON.stringify(turns[3])).toMatch(/gone1.*gone2.*gone3.*gone4/u);
      await store.people.forget("terminal:ana");
      expect(JSON.stringify(await store.turns.list(room))).not.toContain("gone");
    });
  });
}
