import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "../../src/chat.ts";
import type { NewFact } from "../../src/memory/facts.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { beginJob } from "./begin-job.ts";
import { linkedTests } from "./linked-contract.ts";
import type { StorePlace } from "./store-contract.ts";
import { conversation as room, pictureBytes, pictureMessage, storedTurn, turnId } from "./turns.ts";

const ana = "terminal:ana";
const ben = "terminal:ben";
const anas = `${room}|${ana}` as ConversationKey;

/** What is promised of each person's data, and of its age, whichever database is behind it. */
export function describePeople(name: string, createPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    peopleTests(createPlace);
    linkedTests(createPlace);
  });
}

function peopleTests(createPlace: () => Promise<StorePlace>): void {
  let store: Store;
  let seq: number;

  beforeEach(async () => {
    store = await (await createPlace()).open();
    seq = 1_000;
  });
  afterEach(() => store.close());

  const message = (id: string, person: string): InboundMessage => ({
    type: "message",
    id,
    messageId: `m-${id}`,
    thread: room,
    place: "channel",
    channelName: "room",
    author: { id: person, name: person },
    text: id,
    attachments: [],
  });
  const put = (id: string, person: string, key = room) =>
    store.inbox.put(key, { id, seq: String(seq++), at: 5, inbound: message(id, person) });
  const begin = (job: string, event: string, key = room) =>
    beginJob(store.outbox, key, { id: job, events: [event], posts: { 0: `post-${job}` } });
  const waiting = async (key = room) => (await store.inbox.pending(key, 50)).map(({ id }) => id);
  const ids = async (key: ConversationKey) => (await store.turns.list(key)).map(({ id }) => id);
  const fact = (n: number, at = new Date(n)): NewFact => ({
    id: turnId(n),
    text: `fact ${n}`,
    at,
    persona: "tutor",
    place: "dm",
  });

  describe("a person", () => {
    it("is given their own turns in all conversations, oldest first, page by page, with pictures", async () => {
      const seen = storedTurn(2, { messages: [pictureMessage(pictureBytes(200))] });
      await store.turns.append(room, storedTurn(1));
      await store.turns.append(room, storedTurn(3, { person: ben }));
      await store.turns.append(anas, seen);
      await store.turns.append(room, storedTurn(4));
      const first = await store.people.turns(ana, { limit: 2 });
      expect(first).toStrictEqual([
        { conversation: room, ...storedTurn(1) },
        { conversation: anas, ...seen },
      ]);
      const rest = await store.people.turns(ana, { after: turnId(2), limit: 2 });
      expect(rest.map(({ id }) => id)).toEqual([turnId(4)]);
    });

    it("is told how much is kept, and since when", async () => {
      expect(await store.people.count(ana)).toEqual({
        questions: 0,
        pictures: 0,
        files: 0,
        facts: 0,
        instructions: 0,
        accounts: 0,
      });
      const messages = [pictureMessage(pictureBytes(200)), pictureMessage(pictureBytes(201))];
      await store.turns.append(room, storedTurn(1, { messages }));
      await store.turns.append(room, storedTurn(2, { person: ben }));
      await store.facts.add(ana, fact(5));
      expect(await store.people.count(ana)).toEqual({
        questions: 1,
        pictures: 2,
        files: 0,
        facts: 1,
        instructions: 0,
        accounts: 0,
        since: new Date(5),
      });
    });

    it("is given what their answers took, and what they may do", async () => {
      await store.ledger.settle("job", {
        turn: turnId(1),
        attempt: "job",
        at: new Date(7),
        person: ana,
        conversation: room,
        persona: "tutor",
        model: "openai/gpt",
        usage: storedTurn(1).usage,
        isEstimate: true,
        costNano: 2_500_000,
        tools: ["clock"],
      });
      expect(await store.people.accounts(ana)).toEqual([
        {
          turn: turnId(1),
          at: new Date(7),
          conversation: room,
          persona: "tutor",
          model: "openai/gpt",
          usage: storedTurn(1).usage,
          isEstimate: true,
          costUsd: 0.0025,
          tools: ["clock"],
        },
      ]);
      expect(await store.people.accounts(ben)).toEqual([]);
      await store.grants.request({ place: ana, name: "Ana", event: "e", code: "AAA-222" }, 9);
      expect(await store.people.grants(ana)).toEqual([{ kind: "asked", name: "Ana", at: new Date(9) }]);
      await store.grants.allow("AAA-222", ben, 10);
      expect(await store.people.grants(ana)).toEqual([{ kind: "allowed", name: "Ana", at: new Date(10) }]);
    });

    it("owns the conversations that were noted, and those that name them", async () => {
      const direct = "chat:D1" as ConversationKey;
      await store.people.own(ana, direct);
      await store.people.own(ana, direct);
      await store.people.own(ben, "chat:D2" as ConversationKey);
      await store.turns.append(anas, storedTurn(1));
      await store.turns.append(room, storedTurn(2));
      await store.turns.append(`${ana}:topic` as ConversationKey, storedTurn(3));
      expect((await store.people.conversations(ana)).toSorted()).toEqual(
        [direct, anas, `${ana}:topic`].toSorted(),
      );
    });
  });

  describe("a summary", () => {
    const summary = (through: number, more: object = {}) => ({
      text: "notes",
      after: "",
      through: turnId(through),
      turns: through,
      person: "",
      at: new Date(9),
      ...more,
    });
    /** Ana and Ben in turn, the first two of four summed up, but for what came before. */
    async function talk(after = ""): Promise<void> {
      for (const n of [1, 2, 3, 4])
        await store.turns.append(room, storedTurn(n, { person: n % 2 ? ana : ben, at: new Date(n) }));
      expect(await store.summaries.put(room, summary(2, { after }), { turns: [turnId(2)] })).toBe(true);
    }

    it("is found as it was stored, in place of the one before", async () => {
      await talk();
      expect(await store.summaries.find(room)).toStrictEqual(summary(2));
      expect(await store.summaries.find(anas)).toBeUndefined();
      const next = { turns: [turnId(3)], before: { through: turnId(2) } };
      expect(await store.summaries.put(room, summary(3), next)).toBe(true);
      expect(await store.summaries.find(room)).toStrictEqual(summary(3));
      expect(await store.summaries.remove(room)).toBe(true);
      expect(await store.summaries.remove(room)).toBe(false);
    });

    it("is not stored when what it was made of is gone", async () => {
      await talk();
      const gone = { turns: [turnId(3), turnId(9)], before: { through: turnId(2) } };
      expect(await store.summaries.put(room, summary(3), gone)).toBe(false);
      await store.summaries.remove(room);
      const next = { turns: [turnId(3)], before: { through: turnId(2) } };
      expect(await store.summaries.put(room, summary(3), next)).toBe(false);
      expect(await store.summaries.find(room)).toBeUndefined();
    });

    it.each<[string, () => Promise<unknown>]>([
      ["someone in it is forgotten", () => store.people.forget(ben)],
      ["something in it is past its time", () => store.turns.sweep(2, 9)],
      ["a question in it is asked anew", () => replace(1)],
    ])("is gone when %s", async (_, happen) => {
      await talk();
      await happen();
      expect(await store.summaries.find(room)).toBeUndefined();
    });

    it("stays when only what is not in it goes", async () => {
      await talk(turnId(1));
      await store.turns.sweep(2, 9);
      await replace(3);
      // What is not in the summary goes first.
      const [last, ...earlier] = (await store.turns.list(room)).map(({ id }) => id).toReversed();
      await store.turns.remove(room, last ?? "");
      await store.turns.remove(room, earlier[0] ?? "");
      expect(await store.summaries.find(room)).toBeDefined();
      await store.turns.remove(room, earlier[1] ?? "");
      expect(await store.summaries.find(room)).toBeUndefined();
    });

    async function replace(n: number): Promise<void> {
      await put(`again-${n}`, ana);
      const job = await begin(`j-${n}`, `again-${n}`);
      const turn = storedTurn(n);
      await store.outbox.conclude(room, job, { answer: {} as never, turn, replaces: true });
    }
  });

  describe("forgetting", () => {
    it("deletes turns, pictures, facts and choices of one person, and nobody else's", async () => {
      const shared = pictureMessage(pictureBytes(300));
      const bindings = store.documents<object>("binding");
      await store.turns.append(room, storedTurn(1, { messages: [shared] }));
      await store.turns.append(room, storedTurn(2, { person: ben, messages: [shared] }));
      await store.turns.append(anas, storedTurn(3));
      for (const person of [ana, ben]) await store.facts.add(person, fact(1));
      for (const key of [room, anas, "chat:D1"]) await bindings.set(key, { persona: "poet" });
      const summary = {
        text: "notes",
        after: "",
        through: turnId(3),
        turns: 1,
        person: ana,
        at: new Date(9),
      };
      await store.summaries.put(anas, summary, { turns: [turnId(3)] });
      await store.people.own(ana, "chat:D1" as ConversationKey);
      await store.people.forget(ana);
      expect(await store.turns.list(room)).toStrictEqual([
        storedTurn(2, { person: ben, messages: [shared] }),
      ]);
      expect(await ids(anas)).toEqual([]);
      expect(await store.summaries.find(anas)).toBeUndefined();
      expect(await store.facts.list(ana)).toEqual([]);
      expect(await store.facts.list(ben)).toHaveLength(1);
      expect(await bindings.get(room)).toEqual({ persona: "poet" });
      expect(await bindings.get(anas)).toBeUndefined();
      expect(await bindings.get("chat:D1")).toBeUndefined();
      expect(await store.people.conversations(ana)).toEqual([]);
      await store.people.scrub("file");
      expect(await ids(room)).toEqual([turnId(2)]);
    });

    it("cancels what they asked up to now, and says what that was", async () => {
      await put("done", ana);
      await store.inbox.end(["done"]);
      await put("runs", ana);
      await put("others", ben);
      await put("waits", ana, anas);
      await put("own", ana, anas);
      await put("later", ana, anas);
      const runs = await begin("j-runs", "runs");
      await begin("j-others", "others");
      const own = await begin("j-own", "own", anas);
      const cancelled = await store.people.cancel(ana, "j-own");
      expect(cancelled).toEqual([
        { conversation: room, inbound: message("runs", ana), isBegun: true, posts: { 0: "post-j-runs" } },
        { conversation: anas, inbound: message("waits", ana), isBegun: false, posts: {} },
      ]);
      expect(await waiting()).toEqual(["others"]);
      expect(await waiting(anas)).toEqual(["own", "later"]);
      // What is still being written comes to nothing.
      await expect(begin("j-runs", "runs")).rejects.toThrow("dealt with");
      await store.outbox.conclude(room, runs, { answer: {} as never, turn: storedTurn(9) });
      expect(await ids(room)).toEqual([]);
      expect(await put("done", ana)).toBe(false);
      expect(await put("runs", ana)).toBe(false);
      expect(await store.people.cancel(ana, "j-own")).toEqual([]);
      await store.outbox.close(anas, { ...own, events: ["own"], posts: {} });
      expect(await waiting(anas)).toEqual(["later"]);
    });

    it("makes what is settled after it nobody's", async () => {
      const held = { id: "job", attempt: "job", tokens: 1, costNano: 1, expiresAt: 99 };
      await store.ledger.reserve({ ...held, person: ana, persona: "tutor" }, [], 1);
      await store.ledger.forgetPerson(ana);
      await store.ledger.settle("job", {
        turn: turnId(1),
        attempt: "job",
        at: new Date(7),
        person: ana,
        conversation: anas,
        persona: "tutor",
        model: "openai/gpt",
        usage: storedTurn(1).usage,
        isEstimate: false,
        tools: [],
      });
      expect(await store.people.accounts(ana)).toEqual([]);
      expect(await store.people.accounts("")).toMatchObject([{ conversation: "", turn: turnId(1) }]);
    });
  });

  describe("by age", () => {
    it("deletes the oldest turns first, so many at a time, with their pictures", async () => {
      const picture = pictureMessage(pictureBytes(300));
      const at = (ms: number) => ({ at: new Date(ms), messages: [picture] });
      await store.turns.append(room, storedTurn(1, at(30)));
      await store.turns.append(anas, storedTurn(2, at(10)));
      await store.turns.append(room, storedTurn(3, at(20)));
      await store.turns.append(room, storedTurn(4, at(40)));
      expect(await store.turns.sweep(40, 2)).toBe(2);
      expect(await ids(room)).toEqual([turnId(1), turnId(4)]);
      expect(await ids(anas)).toEqual([]);
      expect(await store.turns.sweep(40, 2)).toBe(1);
      expect(await store.turns.sweep(40, 2)).toBe(0);
      expect(await store.turns.list(room)).toStrictEqual([storedTurn(4, at(40))]);
    });

    it("deletes facts from before a time, so many at a time", async () => {
      for (const n of [1, 2, 3, 4]) await store.facts.add(n % 2 ? ana : ben, fact(n));
      expect(await store.facts.sweep(4, 2)).toBe(2);
      expect(await store.facts.sweep(4, 2)).toBe(1);
      expect(await store.facts.list(ana)).toEqual([]);
      expect(await store.facts.list(ben)).toMatchObject([fact(4)]);
    });
  });
}
