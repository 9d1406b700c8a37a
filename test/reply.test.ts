import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createDelivery } from "../src/delivery.ts";
import { DatabaseAway, UserError } from "../src/errors.ts";
import { createPosted, type Posted } from "../src/posted.ts";
import { createPostLog } from "../src/post-log.ts";
import { Reply } from "../src/reply.ts";
import { english } from "../src/words/words.ts";
import { type FakeAdapter, fakeAdapter, type FakeOptions } from "./support/fake-adapter.ts";

interface SetUp extends FakeOptions {
  readonly replyTo?: string;
  /** What is stored of its messages: `null` is one whose post was begun. */
  readonly replaces?: readonly (string | null)[];
  /** What another attempt in this process left. */
  readonly after?: { readonly adapter: FakeAdapter; readonly posted: Posted };
  readonly conclude?: () => Promise<void>;
  /** The process begins nothing more. */
  readonly ending?: AbortSignal;
  readonly isConcluded?: boolean;
}

function setUp(options: SetUp = {}) {
  const { adapter, posted } = options.after ?? { adapter: fakeAdapter(options), posted: createPosted() };
  const missed: unknown[] = [];
  const log = createPostLog(Object.fromEntries((options.replaces ?? []).entries()), async () => {});
  const reply = new Reply({
    words: english,
    adapter,
    delivery: createDelivery(),
    thread: "fake:1",
    job: "job",
    cause: "event-1",
    ...(options.replyTo !== undefined && { replyTo: options.replyTo }),
    log,
    conclude: options.conclude ?? (async () => {}),
    posted,
    known: async () => [],
    settleMs: 0,
    claim: new AbortController().signal,
    ending: options.ending ?? new AbortController().signal,
    isConcluded: async () => options.isConcluded ?? false,
    restMs: 1,
    onNotStored: () => {},
    onMissedFrame: (error) => missed.push(error),
  });
  return { adapter, posted, reply, missed, log };
}

describe("a reply", () => {
  test("posts once and then edits the same message", async () => {
    const { adapter, reply } = setUp();
    for (const word of ["One", " two", " three"]) {
      reply.append(word);
      await sleep(1);
    }
    await reply.finish("done");
    expect(adapter.posts).toHaveLength(1);
    expect(adapter.posts[0]?.answer).toMatchObject({ text: "One two three", state: "done" });
    expect(adapter.posts[0]?.versions.map(({ text }) => text)).toEqual([
      "One",
      "One two",
      "One two three",
      "One two three",
    ]);
  });

  test("joins what arrives between two edits, and the latest text wins", async () => {
    const { adapter, reply } = setUp({ editEveryMs: 200 });
    for (let word = 0; word < 50; word++) {
      reply.append(`${word} `);
      await sleep(1);
    }
    await reply.finish("done");
    const versions = adapter.posts[0]?.versions ?? [];
    expect(versions.length).toBeLessThan(25);
    expect(versions.at(-1)?.text).toMatch(/^0 1 .* 49 $/u);
  });

  test("leaves the process to others where a frame is hard to make", async () => {
    const { adapter, reply } = setUp({ renderMs: 40 });
    for (let word = 0; word < 50; word++) {
      reply.append(`${word} `);
      await sleep(10);
    }
    await reply.finish("done");
    // One after the other, each word would have its own.
    expect(adapter.posts[0]?.versions.length).toBeLessThan(25);
  });

  test("shows nothing of its final form before the disk has it", async () => {
    const { promise: concluded, resolve: conclude } = Promise.withResolvers<void>();
    const { adapter, reply } = setUp({ conclude: () => concluded });
    reply.append("Hello");
    const finished = reply.finish("done");
    await sleep(20);
    expect(adapter.posts.filter(({ answer }) => answer.state === "done")).toEqual([]);
    conclude();
    await finished;
    expect(adapter.posts[0]?.answer).toMatchObject({ text: "Hello", state: "done" });
  });

  test("is not shown when the disk does not take it", async () => {
    const ending = new AbortController();
    const { adapter, reply } = setUp({
      conclude: () => Promise.reject(new DatabaseAway("no space left", { isUndone: true })),
      ending: ending.signal,
    });
    const finished = reply.finish("done");
    const failed = expect(finished).rejects.toThrow("could not be stored");
    await sleep(20);
    ending.abort();
    await failed;
    expect(adapter.posts).toEqual([]);
  });

  test("is shown when it was stored after all, though nobody said so", async () => {
    let tries = 0;
    const { adapter, reply } = setUp({
      conclude: async () => {
        tries += 1;
        throw new DatabaseAway("the connection broke");
      },
      isConcluded: true,
    });
    reply.append("Hello");
    await reply.finish("done");
    expect(adapter.posts.map(({ answer }) => [answer.state, answer.text])).toEqual([["done", "Hello"]]);
    expect(tries).toBe(1);
  });

  test("is stored and shown once the disk has room again, and says meanwhile why it is not finished", async () => {
    let tries = 0;
    const { adapter, reply } = setUp({
      conclude: async () => {
        if (tries++ < 3) throw new DatabaseAway("no space left", { isUndone: true });
      },
    });
    reply.append("Hello");
    while (adapter.posts.length === 0) await sleep(1);
    await reply.finish("done");
    expect(adapter.posts.map(({ versions }) => versions.map(({ state, text }) => [state, text]))).toEqual([
      [
        ["growing", "Hello"],
        ["growing", "Hello\n\n*I can't save this answer yet; I keep trying.*"],
        ["done", "Hello"],
      ],
    ]);
  });

  test("does not wait out the pause between edits to finish", async () => {
    const { adapter, reply } = setUp({ editEveryMs: 600_000 });
    reply.append("Hello");
    await sleep(1);
    reply.append(" there");
    await reply.finish("done");
    expect(adapter.posts[0]?.answer.text).toBe("Hello there");
  });

  test("shows nothing while there is only white space, and posts a finished answer without text", async () => {
    const { adapter, reply } = setUp();
    reply.append("\n\n");
    await sleep(1);
    expect(adapter.posts).toHaveLength(0);
    reply.notice("The model gave no answer.");
    await reply.finish("done");
    expect(adapter.posts[0]?.answer.notices).toEqual(["The model gave no answer."]);
  });

  test("a failed frame is reported and made up for by the next", async () => {
    const { adapter, reply, missed } = setUp();
    adapter.failures.push(new Error("busy"));
    reply.append("One");
    await sleep(1);
    reply.append(" two");
    await reply.finish("done");
    expect(missed).toMatchObject([{ message: "busy" }]);
    expect(adapter.posts.map(({ answer }) => answer.text)).toEqual(["One two"]);
  });

  test("rejects when the final form can't be delivered", async () => {
    const { adapter, reply } = setUp();
    reply.append("One");
    await sleep(1);
    adapter.failures.push(new UserError("gone"));
    await expect(reply.finish("done")).rejects.toMatchObject({ cause: { message: "gone" } });
  });

  test("carries notices and sources once each", async () => {
    const { adapter, reply } = setUp();
    reply.notice("A");
    reply.notice("A");
    reply.addSource({ url: "https://example.com" });
    reply.addSource({ url: "https://example.com", title: "Example" });
    reply.append("x");
    await reply.finish("failed");
    expect(adapter.posts[0]?.answer).toMatchObject({
      state: "failed",
      notices: ["A"],
      sources: [{ url: "https://example.com", title: "Example" }],
    });
  });

  test("goes on in further messages, of which only the first stands as a reply", async () => {
    const { adapter, reply, log } = setUp({ most: 5, replyTo: "question" });
    reply.append("One two three");
    await reply.finish("done");
    expect(adapter.posts.map(({ answer }) => answer.text)).toEqual(["One t", "wo th", "ree"]);
    expect(adapter.posts.map(({ replyTo }) => replyTo)).toEqual(["question", undefined, undefined]);
    expect(log.standing).toEqual({ 0: "0", 1: "1", 2: "2" });
  });

  test("takes the place of an earlier answer, and removes the messages it no longer needs", async () => {
    const earlier = setUp({ most: 5 });
    earlier.reply.append("One two three");
    await earlier.reply.finish("done");
    const reply = new Reply({
      words: english,
      adapter: earlier.adapter,
      delivery: createDelivery(),
      thread: "fake:1",
      job: "job",
      cause: "event-2",
      log: createPostLog(earlier.log.standing, async () => {}),
      conclude: async () => {},
      known: async () => [],
      settleMs: 0,
      claim: new AbortController().signal,
      isConcluded: async () => false,
      ending: new AbortController().signal,
      restMs: 1,
      onNotStored: () => {},
      onMissedFrame: () => {},
    });
    reply.append("New");
    await reply.finish("done");
    expect(
      earlier.adapter.posts.map(({ answer, isRemoved }) => (isRemoved ? "removed" : answer.text)),
    ).toEqual(["New", "removed", "removed"]);
  });

  test("finds what an attempt before it posted in this process, though its receipt was not stored", async () => {
    const before = setUp();
    before.reply.append("All");
    while (before.adapter.posts.length === 0) await sleep(1);
    await before.reply.leave();
    const { reply } = setUp({ after: before, replaces: [null] });
    reply.append("All of it");
    await reply.finish("done");
    expect(before.adapter.posts.map(({ answer }) => answer.text)).toEqual(["All of it"]);
  });

  test("stands in a new message when the one it edits is gone", async () => {
    const { adapter, reply } = setUp({ replaces: ["7"] });
    reply.append("Answer");
    await reply.finish("done");
    expect(adapter.posts.map(({ answer }) => answer.text)).toEqual(["Answer"]);
  });

  test("repeats its status before it fades, and never after the answer", async () => {
    const { adapter, reply } = setUp({ statusLastsMs: 10 });
    reply.status("thinking");
    while (adapter.statuses.length < 2) await sleep(1);
    await reply.finish("done");
    const shown = adapter.statuses.length;
    reply.status("late");
    await sleep(30);
    expect(adapter.statuses).toHaveLength(shown);
  });

  test("gives no sign where the answer comes at once", async () => {
    const { adapter, reply } = setUp({ statusLastsMs: 10 });
    reply.status("thinking");
    reply.append("Answer");
    await reply.finish("done");
    await sleep(150);
    expect(adapter.statuses).toEqual([]);
  });

  test("ends once: a second ending posts nothing", async () => {
    const { adapter, reply } = setUp();
    reply.append("One");
    await reply.finish("done");
    await reply.finish("failed");
    expect(adapter.posts[0]?.answer.state).toBe("done");
  });
});
