import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/chat.ts";
import { baseOf, editOf } from "../../src/platform/inbound.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { beginJob } from "./begin-job.ts";
import { kim, message, mina } from "./questions.ts";
import type { StorePlace } from "./store-contract.ts";

const final: Answer = {
  state: "done",
  text: "An answer",
  thinking: "",
  sources: [],
  notices: [],
  footer: "off",
  actions: [],
};

/** What the store promises of questions that are taken back, and of stops, whatever is behind it. */
export function describeWithdrawals(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    let store: Store;
    let count: number;

    beforeEach(async () => {
      store = await (await createPlace()).open();
      count = 0;
    });
    afterEach(() => store.close());

    const put = (id: string, key = kim) =>
      store.inbox.put(key, { id, seq: String(1000 + count++), at: 5, inbound: message(id) });
    const putEdit = (id: string, messageId: string) => {
      const inbound = { ...message(id), type: "edited", messageId, message: message(id) } as const;
      return store.inbox.put(kim, { id, seq: String(1000 + count++), at: 5, inbound });
    };
    const waiting = async (key = kim) => (await store.inbox.pending(key, 50)).map(({ id }) => id);
    const stop = (who: string, id: string, { under = "", isManager = false } = {}) => {
      const from = { ...baseOf(message(id)), author: { id: `fake:${who}`, name: who } };
      const inbound = under
        ? ({ ...from, type: "press", token: "stop", messageId: under } as const)
        : ({ ...from, type: "command", name: "stop", argument: "" } as const);
      return store.inbox.stop(kim, { id, seq: String(1000 + count++), at: 5, inbound }, { isManager });
    };

    it("takes back a question of whoever asked it, also where each person has a conversation of their own, and no other", async () => {
      const own = "fake:kim|fake:kim" as ConversationKey;
      const elsewhere = "fake:kim:thread" as ConversationKey;
      await put("a", own);
      await put("b", own);
      await put("c", elsewhere);
      const withdraw = (id: string, ...person: string[]) =>
        store.inbox.withdraw("fake:kim", `m-${id}`, ...person);
      expect(await withdraw("a", "fake:mina")).toEqual([]);
      expect(await withdraw("c")).toEqual([]);
      expect(await store.inbox.withdraw("fake:ki", "m-a")).toEqual([]);
      expect(await withdraw("a", "fake:kim")).toEqual([{ conversation: own, was: "waiting" }]);
      expect(await withdraw("a")).toEqual([]);
      expect(await withdraw("b")).toEqual([{ conversation: own, was: "waiting" }]);
      expect([...(await waiting(own)), ...(await waiting(elsewhere))]).toEqual(["c"]);
    });

    it("takes back one of several messages that are being answered, and stops the answer with the last, edits and all", async () => {
      for (const id of ["a", "b"]) await put(id);
      await putEdit("e", "m-a");
      const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a", "b", "e"], posts: {} });
      await begin();
      await putEdit("later", "m-a");
      expect(await store.inbox.withdraw(kim, "m-a")).toEqual([{ conversation: kim, was: "part" }]);
      expect(await waiting()).toEqual(["b"]);
      expect((await begin()).isStopped).toBe(false);
      await putEdit("f", "m-b");
      await store.outbox.begin(kim, { id: "j", events: ["b", "f"], posts: {} });
      expect(await store.inbox.withdraw(kim, "m-b")).toEqual([{ conversation: kim, was: "all" }]);
      expect(await waiting()).toEqual(["b", "f"]);
      const stopped = await begin();
      expect(stopped).toMatchObject({ isStopped: true, isWithdrawn: true });
      await store.outbox.conclude(kim, stopped, { answer: final });
      expect(await store.inbox.withdraw(kim, "m-b")).toEqual([]);
    });

    it("leaves both parts to nobody when they are taken back at once", async () => {
      for (const id of ["a", "b"]) await put(id);
      await store.outbox.begin(kim, { id: "j", events: ["a", "b"], posts: {} });
      const both = await Promise.all(["m-a", "m-b"].map((id) => store.inbox.withdraw(kim, id)));
      expect(both.flat().map(({ was }) => was)).toEqual(expect.arrayContaining(["part", "all"]));
    });

    it("changes no edit in the place of its question", async () => {
      await putEdit("e", "m-a");
      const inbound = editOf(message("a", "changed"), { id: "later", messageId: "m-a" });
      expect(await store.inbox.change(kim, { id: "later", seq: "9000", at: 5, inbound })).toBe(false);
    });

    it("knows what tells of a wait that is over, until it is discarded; not what is worked on", async () => {
      for (const id of ["a", "b", "c"]) await put(id);
      const hold = (id: string, events: string[]) =>
        beginJob(store.outbox, kim, { id, events, posts: { 0: id }, isHeld: true });
      await hold("h1", ["a", "b"]);
      await hold("h2", ["c"]);
      await store.inbox.withdraw(kim, "m-a");
      expect(await store.outbox.abandoned(kim)).toEqual([]);
      await store.inbox.withdraw(kim, "m-b");
      expect(await store.outbox.abandoned(kim)).toEqual([{ id: "h1", posts: { 0: "h1" } }]);
      expect(await store.outbox.abandoned(mina)).toEqual([]);
      await store.outbox.begin(kim, { id: "h2", events: ["c"], posts: {} });
      for (const id of ["h1", "h2"]) await store.outbox.discard(id);
      expect(await store.outbox.abandoned(kim)).toEqual([]);
      expect(await store.outbox.known("fake:kim")).toEqual(["h2"]);
    });

    it("stops the answer being written for a person, once, and nothing that is finished", async () => {
      await put("a");
      const begin = () => beginJob(store.outbox, kim, { id: "j", events: ["a"], posts: { 0: "p" } });
      await begin();
      expect(await stop("kim", "s1")).toEqual({ type: "answer", person: "fake:kim" });
      expect(await stop("kim", "s1")).toEqual({ type: "known" });
      const stopped = await begin();
      expect(stopped.isStopped).toBe(true);
      await store.outbox.conclude(kim, stopped, { answer: final });
      expect(await stop("kim", "s2")).toEqual({ type: "nothing" });
      expect(await waiting()).toEqual(["a"]);
    });

    it("stops another's answer for a manager alone, and by a button only the one that it stands under", async () => {
      await put("a");
      await store.outbox.begin(kim, { id: "j", events: ["a"], posts: { 0: "p" } });
      expect(await stop("mina", "s1")).toEqual({ type: "others" });
      expect(await stop("mina", "s2", { under: "other", isManager: true })).toEqual({ type: "nothing" });
      expect(await stop("mina", "s2", { under: "other" })).toEqual({ type: "known" });
      const asManager = { under: "p", isManager: true };
      expect(await stop("mina", "s3", asManager)).toEqual({ type: "answer", person: "fake:kim" });
      // What came to nothing, or is refused, is still to be put.
      expect(await stop("mina", "s1")).toEqual({ type: "others" });
    });

    it("stops what a person has waiting before work on it begins, and nothing that comes after", async () => {
      await put("a");
      await store.outbox.begin(kim, { id: "held", events: ["a"], posts: {}, isHeld: true });
      expect(await stop("mina", "s1")).toEqual({ type: "nothing" });
      expect(await stop("kim", "s2")).toEqual({ type: "waiting" });
      await put("b");
      expect(await stop("kim", "s2")).toEqual({ type: "known" });
      const marks = (await store.inbox.pending(kim, 9)).map(({ isStopped }) => isStopped);
      expect(marks).toEqual([true, undefined]);
      const job = (id: string) => ({ id: `j-${id}`, events: [id], posts: {} });
      expect((await beginJob(store.outbox, kim, { ...job("a"), id: "held" })).isStopped).toBe(true);
      expect((await beginJob(store.outbox, kim, job("b"))).isStopped).toBe(false);
    });
  });
}
