import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/chat.ts";
import { ClaimLost } from "../../src/errors.ts";
import { editOf } from "../../src/platform/inbound.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { beginJob } from "./begin-job.ts";
import { kim, message, mina } from "./questions.ts";
import { entry } from "./ledger-entries.ts";
import { pictureBytes, pictureMessage, storedTurn, turnId } from "./turns.ts";
import type { StorePlace } from "./store-contract.ts";

const final: Answer = {
  state: "done",
  text: "한 answer",
  thinking: "",
  sources: [{ url: "https://a.b" }],
  notices: [],
  footer: "short",
  actions: [{ token: "t", label: "Again" }],
};

/** What inbox and outbox promise, whatever is behind them. */
export function describeQueue(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    let place: StorePlace;
    let store: Store;
    let count: number;

    beforeEach(async () => {
      place = await createPlace();
      store = await place.open();
      count = 0;
    });
    afterEach(() => store.close());

    const put = (id: string, key = kim, text = id) =>
      store.inbox.put(key, { id, seq: String(1000 + count++), at: 5, inbound: message(id, text) });
    const edit = (id: string) =>
      ({ id, seq: id, at: 5, inbound: editOf(message("a", id), { id, messageId: "m-a" }) }) as const;
    const change = (text: string) => store.inbox.change(kim, edit(text));
    const waiting = async (key = kim) => (await store.inbox.pending(key, 50)).map(({ id }) => id);

    describe("the inbox", () => {
      it("stores what comes at once, in order and each once, and lets what can't be stored keep nobody out", async () => {
        const ids = Array.from({ length: 150 }, (_, index) => `e${index}`);
        const bad = () =>
          store.inbox.put(kim, { id: "bad", seq: "5000", at: Number.NaN, inbound: message("bad") });
        const puts = [...ids.flatMap((id) => [put(id), put(id)]), bad(), put("last")];
        const results = await Promise.allSettled(puts);
        const isFresh = results.map((result) => result.status === "fulfilled" && result.value);
        expect(isFresh).toEqual([...ids.flatMap(() => [true, false]), false, true]);
        expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
        const all = (await store.inbox.pending(kim, 500)).map(({ id }) => id);
        expect(all).toEqual([...ids, "last"]);
      });

      it("gives back what was put, in order, also after it was opened anew", async () => {
        for (const id of ["a", "b", "c"]) expect(await put(id)).toBe(true);
        await put("other", mina);
        await store.close();
        store = await place.open();
        expect(await store.inbox.pending(kim, 2)).toStrictEqual([
          { id: "a", at: 5, attempts: 0, inbound: message("a") },
          { id: "b", at: 5, attempts: 0, inbound: message("b") },
        ]);
        expect(await waiting(mina)).toEqual(["other"]);
      });

      it("takes the same event once, also long after it was dealt with and at the same time", async () => {
        const puts = await Promise.all(Array.from({ length: 8 }, () => put("a")));
        expect(puts.filter(Boolean)).toHaveLength(1);
        await store.inbox.end(["a"]);
        expect(await put("a")).toBe(false);
        expect(await waiting()).toEqual([]);
      });

      it("names the conversations of a platform that wait, the longest waiting first", async () => {
        await put("b", mina);
        await put("a");
        await put("c", mina);
        expect(await store.inbox.conversations(["fake"], 9)).toEqual([mina, kim]);
        expect(await store.inbox.conversations(["other"], 9)).toEqual([]);
        await store.inbox.end(["b", "c"]);
        expect(await store.inbox.conversations(["fake", "other"], 9)).toEqual([kim]);
      });

      it("changes what waits, but not what is being worked on", async () => {
        await put("a");
        expect(await change("changed")).toBe(true);
        expect(await change("changed twice")).toBe(true);
        expect(await change("changed")).toBe(false);
        expect(await store.inbox.put(kim, edit("changed"))).toBe(false);
        expect((await store.inbox.pending(kim, 1))[0]?.inbound).toMatchObject({ text: "changed twice" });
        await store.outbox.begin(kim, { id: "j", events: ["a"], posts: {} });
        expect(await change("again")).toBe(false);
      });

      it("forgets what was dealt with after its time, and nothing else", async () => {
        await put("a");
        await put("b");
        await store.inbox.end(["a"]);
        expect(await store.inbox.sweep(5)).toBe(0);
        expect(await store.inbox.sweep(6)).toBe(1);
        expect(await waiting()).toEqual(["b"]);
        expect(await store.inbox.knows(kim)).toBe(true);
        expect(await store.inbox.knows(mina)).toBe(false);
      });
    });

    describe("the outbox", () => {
      const gone = { id: "gone", attempt: "ended" };

      it("leaves a job to the attempt that began it last, also where one process makes both", async () => {
        await put("a");
        const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: {} });
        const first = await begin();
        await store.outbox.posts(first, { 0: null });
        const next = await begin();
        expect(next.posts).toEqual({ 0: null });
        await store.outbox.posts(next, { 0: "p" });
        const rounds = { messages: [], spent: [], model: "m", tools: [] };
        const late = [
          () => store.outbox.posts(first, { 0: null, 1: null }),
          () => store.outbox.posts(first, { 0: "late" }, { isReceipt: true }),
          () => store.outbox.rounds(first, rounds),
          () => store.outbox.council(first, {} as never),
          () => store.outbox.commence(first),
          () => store.outbox.conclude(kim, first, { answer: final, turn: storedTurn(1) }),
          () => store.outbox.close(kim, { ...first, events: ["a"], posts: { 0: "late" } }),
        ];
        for (const write of late) await expect(write(), String(write)).rejects.toThrow(ClaimLost);
        expect(await store.turns.list(kim)).toEqual([]);
        const { inbounds, ...job } = await begin();
        expect(inbounds.size).toBe(1);
        expect(job).toStrictEqual({ ...job, id: "j", posts: { 0: "p" }, isBegun: false, isStopped: false });
        expect(Object.keys(job)).toHaveLength(5);
      });

      it("keeps what was closed as it is, whatever an earlier attempt still stores", async () => {
        await put("a");
        const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: {} });
        const first = await begin();
        await store.outbox.conclude(kim, first, { answer: final, turn: storedTurn(1, { posts: {} }) });
        const closed = { ...(await begin()), events: ["a"], turn: turnId(1), posts: { 0: "p", 1: "q" } };
        await store.outbox.close(kim, closed);
        const late = [
          () => store.outbox.posts(first, { 0: "p", 1: null }),
          () => store.outbox.conclude(kim, first, { answer: final, turn: storedTurn(2) }),
          () => store.outbox.close(kim, { ...closed, ...first, posts: { 0: "late" } }),
        ];
        for (const write of late) await expect(write(), String(write)).rejects.toThrow(ClaimLost);
        expect(await store.turns.list(kim)).toHaveLength(1);
        expect((await store.turns.list(kim))[0]?.posts).toEqual({ 0: "p", 1: "q" });
        expect((await store.outbox.known("fake:kim")).toSorted()).toEqual(["p", "p", "q", "q"]);
      });

      it("does not count an attempt that was handed back, but knows that work was begun", async () => {
        for (const id of ["a", "b"]) await put(id);
        const attempts = async () => (await store.inbox.pending(kim, 2)).map((event) => event.attempts);
        const begin = () => store.outbox.begin(kim, { id: "j", events: ["a"], posts: {} });
        await begin();
        await begin();
        await store.inbox.handBack(["a"]);
        expect(await attempts()).toEqual([1, 0]);
        await store.inbox.handBack(["a", "b"]);
        expect(await attempts()).toEqual([1, 0]);
      });

      it("keeps a job's posts and rounds, and counts how often it was begun", async () => {
        await put("a");
        const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: { 0: "old" } });
        const inbounds = new Map([["a", message("a")]]);
        const first = await begin();
        expect(first).toStrictEqual({
          id: "j",
          attempt: first.attempt,
          posts: { 0: "old" },
          isBegun: false,
          isStopped: false,
          inbounds,
        });
        await store.outbox.posts(first, { 0: "new", 1: null });
        const { messages, usage } = storedTurn(1);
        const spent = [{ model: "m", usage }];
        const whole = { messages: messages.slice(1, 3), spent, model: "m", tools: ["t"] };
        const result = { type: "tool-result", id: "1", name: "t", text: "한", failed: false } as const;
        const rounds = { ...whole, open: { parts: [], usage, results: [null, result] }, question: "a" };
        await store.outbox.rounds(first, whole);
        await store.outbox.rounds(first, rounds);
        await store.outbox.commence(first);
        await store.close();
        store = await place.open();
        const second = await begin();
        expect(second).toStrictEqual({
          id: "j",
          attempt: second.attempt,
          posts: { 0: "new", 1: null },
          rounds,
          isBegun: true,
          isStopped: false,
          inbounds,
        });
        expect(await store.inbox.pending(kim, 1)).toMatchObject([{ attempts: 2, job: "j" }]);
      });

      it("stores the final form and the turn at once, and then that all of it stands", async () => {
        await put("a");
        const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: {} });
        const turn = storedTurn(1, { messages: [pictureMessage(pictureBytes(100))], posts: {} });
        await store.outbox.conclude(kim, await begin(), { answer: final, turn });
        const again = await begin();
        expect(again).toMatchObject({ answer: final, turn: turnId(1) });
        await store.outbox.close(kim, { ...again, events: ["a"], turn: turn.id, posts: { 0: "p", f0: "q" } });
        expect(await waiting()).toEqual([]);
        expect(await store.turns.list(kim)).toStrictEqual([{ ...turn, posts: { 0: "p", f0: "q" } }]);
      });

      it("writes down what an answer took, once, together with it or, where its job is gone, alone", async () => {
        await put("a");
        const job = await beginJob(store.outbox, kim, { id: "job-1", events: ["a"], posts: {} });
        const turn = storedTurn(1);
        await store.outbox.conclude(kim, job, { answer: final, turn, account: entry(1) });
        await store.outbox.conclude(kim, gone, { answer: final, turn: storedTurn(2), account: entry(2) });
        await store.ledger.settle("job-1", entry(1));
        expect(await store.turns.list(kim)).toStrictEqual([turn]);
        // What another attempt makes anew was taken all the same.
        await beginJob(store.outbox, kim, { id: "job-1", events: ["a"], posts: {} });
        const late = { answer: final, turn: storedTurn(3), account: entry(3) };
        await expect(store.outbox.conclude(kim, job, late)).rejects.toThrow(ClaimLost);
        expect(await store.turns.list(kim)).toStrictEqual([turn]);
        const accounts = await store.people.accounts("fake:kim");
        expect(accounts.map(({ turn }) => turn)).toEqual([turnId(1), turnId(2), turnId(3)]);
      });

      it("replaces a turn where it stands, and never brings back one that is gone", async () => {
        for (let n = 1; n <= 3; n++) await store.turns.append(kim, storedTurn(n));
        await put("a");
        const job = await beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: {} });
        const changed = storedTurn(2, { messages: [pictureMessage(pictureBytes(9))] });
        await store.outbox.conclude(kim, job, { answer: final, turn: changed, replaces: true });
        expect(await store.turns.list(kim)).toStrictEqual([storedTurn(1), changed, storedTurn(3)]);
        await store.outbox.conclude(kim, job, { answer: final, turn: storedTurn(9), replaces: true });
        expect(await store.turns.list(kim)).toHaveLength(3);
      });

      it("begins nothing that was dealt with meanwhile, and stores no answer of a job that is gone", async () => {
        await put("a");
        await store.inbox.withdraw(kim, "m-a");
        for (const isHeld of [false, true])
          expect(
            await store.outbox.begin(kim, { id: "j", events: ["a"], posts: {}, isHeld }),
          ).toBeUndefined();
        expect(await waiting()).toEqual([]);
        await store.outbox.conclude(kim, gone, { answer: final, turn: storedTurn(1) });
        expect(await store.turns.list(kim)).toEqual([]);
      });

      it("knows the bot's messages of a chat and its threads, of jobs and turns alike, and of no other chat", async () => {
        const at = async (key: string, id: string, posts: object) => {
          await put(id, key as ConversationKey);
          await store.outbox.begin(key as ConversationKey, { id, events: [id], posts: posts as never });
        };
        await at("fake:1", "a", { 0: "p1" });
        await at("fake:1:t", "b", { 0: "p2", 1: null });
        await at("fake:1|fake:kim", "c", { f0: "p3" });
        await at("fake:10", "d", { 0: "other" });
        await store.turns.append("fake:1:t" as ConversationKey, storedTurn(1, { posts: { 0: "p4" } }));
        expect((await store.outbox.known("fake:1")).toSorted()).toEqual(["p1", "p2", "p3", "p4"]);
      });

      it("knows also the messages of what left no turn, until its person is forgotten", async () => {
        for (const id of ["a", "b"]) {
          await put(id);
          const job = await beginJob(store.outbox, kim, { id: `j-${id}`, events: [id], posts: {} });
          await store.outbox.close(kim, { ...job, events: [id], posts: { 0: `p-${id}` } });
        }
        expect(await store.outbox.known("fake:kim")).toEqual(["p-b", "p-a"]);
        await store.people.cancel("fake:kim", "none");
        expect(await store.outbox.known("fake:kim")).toEqual([]);
      });
    });
  });
}
