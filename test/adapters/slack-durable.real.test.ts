import { eventually } from "../support/eventually.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSlackAdapter } from "../../adapters/slack/index.ts";
import type { SlackMessage } from "../../adapters/slack/render.ts";
import type { Adapter, Answer, Inbound, PostOptions, SoughtMessage } from "../../src/chat.ts";
import { MessageGone, RateLimited } from "../../src/errors.ts";
import { freePort } from "../support/slack/free-port.ts";
import { done, growing, type SlackHarness, slackOptions, startSlack } from "../support/slack/harness.ts";

let chat: SlackHarness;

afterEach(() => chat.stop());

/** As another process would answer: never started. */
const elsewhere = (): Adapter<SlackMessage> => createSlackAdapter(slackOptions(chat.slack));

function one(answer: Answer): SlackMessage {
  const [message] = chat.adapter.render(answer);
  if (!message) throw new Error("nothing was rendered");
  // Rendered messages are plain data too.
  return JSON.parse(JSON.stringify(message)) as SlackMessage;
}

const options = (key: string, more: Partial<PostOptions> = {}): PostOptions => ({ cause: "e", key, ...more });

describe.each(["socket", "http"] as const)("an event by %s", (type) => {
  beforeEach(async () => {
    if (type === "socket") chat = await startSlack();
    else {
      const port = await freePort();
      const eventsUrl = `http://127.0.0.1:${port}/slack/events`;
      chat = await startSlack(({ signingSecret }) => ({ connection: { type, signingSecret, port } }), {
        eventsUrl,
      });
    }
  });

  /** The database is away for so long. */
  function takeDatabaseAway(ms: number): void {
    const until = performance.now() + ms;
    chat.onStore(async () => {
      if (performance.now() < until) throw new Error("the database is away");
    });
  }

  const textsOf = (heard: readonly Inbound[]) =>
    heard.map((inbound) => inbound.type === "message" && inbound.text);

  it("that can't be stored for a moment is kept, and acknowledged when it is stored", async () => {
    takeDatabaseAway(600);
    await Promise.all([chat.slack.say({ text: "one" }), chat.slack.say({ text: "two" })]);
    expect(textsOf(await chat.heard(2))).toEqual(["one", "two"]);
    expect(chat.slack.complaints).toEqual([]);
  });

  it("that can't be stored in time is brought again, and stored before what comes later all the same", async () => {
    chat.slack.acknowledgeWithinMs = 3_000;
    takeDatabaseAway(3_500);
    const said = chat.slack.say({ text: "one" });
    await sleep(3_600);
    await Promise.all([said, chat.slack.say({ text: "two" })]);
    expect(textsOf(await chat.heard(2))).toEqual(["one", "two"]);
    expect(chat.slack.complaints).toHaveLength(1);
  });

  it("is acknowledged only once it is stored", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    chat.onStore(() => promise);
    let isAcknowledged = false;
    const said = chat.slack.say({ text: "one" }).then(() => (isAcknowledged = true));
    await new Promise((settle) => setTimeout(settle, 100));
    expect(isAcknowledged).toBe(false);
    resolve();
    await said;
    expect(chat.slack.complaints).toEqual([]);
    expect(chat.inbounds).toHaveLength(1);
  });

  it.each(["limited", "silent"] as const)("is acknowledged in time while lookups are %s", async (trouble) => {
    for (const method of ["users.info", "conversations.info", "conversations.replies"])
      chat.slack.troubled.set(method, trouble);
    await chat.slack.say({ text: "what does <@U001> mean?", place: "thread", mention: true });
    expect(await chat.heardMessage()).toMatchObject({
      text: "what does @U001 mean?",
      author: { id: "slack:U002", name: "U002" },
      channelName: "C001",
    });
    expect(chat.slack.complaints).toEqual([]);
  });
});

describe("an answer from another process", () => {
  let dm: string;

  beforeEach(async () => {
    chat = await startSlack();
    dm = `slack:D002:${await chat.slack.say({ text: "hello" })}`;
    await chat.heardMessage();
  });
  afterEach(() => expect(chat.slack.complaints).toEqual([]));

  it("is posted, edited and found without a connection, also after stopping", async () => {
    const opened = chat.slack.opened;
    const adapter = elsewhere();
    const id = await adapter.post(dm, one(done("one")), options("j-0"));
    await adapter.edit(dm, id, one(done("two")));
    await chat.adapter.stop();
    await chat.adapter.edit(dm, id, one(done("three")));
    expect(await chat.adapter.find?.(dm, { ...options("j-0"), known: [] })).toBe(id);
    expect(chat.slack.seen().slice(1)).toMatchObject([{ id, text: "three" }]);
    expect(chat.slack.opened).toBe(opened);
  });

  it("to a command in a channel is seen by the one who gave it alone", async () => {
    await chat.slack.command("help", "", { place: "channel" });
    const [, command] = await chat.heard(2);
    const { id: cause, context, thread } = JSON.parse(JSON.stringify(command)) as Inbound;
    const how = options("j-0", { cause, ...(context !== undefined && { context }) });
    await elsewhere().post(`${thread}:1.2`, one(done("Here is help.")), how);
    await elsewhere().upload?.(
      thread,
      { name: "all.txt", mimeType: "text/plain", data: Buffer.from("all") },
      how,
    );
    expect(chat.slack.seen("channel").map(({ text }) => text)).toEqual(["Here is help."]);
    expect(chat.slack.seen("channel", "Ari")).toEqual([]);
    expect(chat.slack.seen("dm").at(-1)?.files).toEqual([{ name: "all.txt", data: Buffer.from("all") }]);
  });

  it("says so when the message to be edited was deleted", async () => {
    const id = await chat.adapter.post(dm, one(done("one")), options("j-0"));
    await chat.slack.remove(id);
    await expect(elsewhere().edit(dm, id, one(done("two")))).rejects.toThrow(MessageGone);
  });

  it("goes on in the message that a stream was left open in", async () => {
    const live = chat.adapter.live?.(dm, options("j-0"));
    await live?.update(one(growing("The beginn")));
    const id = live?.id ?? "";
    expect(chat.slack.seen().at(-1)).toMatchObject({ id, text: "The beginn" });
    await elsewhere().edit(dm, id, one(done("The beginning and the end.")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ id, text: "The beginning and the end." }]);
  });
});

describe("a message that may have been posted", () => {
  let question: string;
  let dm: string;

  beforeEach(async () => {
    chat = await startSlack();
    question = await chat.slack.say({ text: "hello" });
    dm = `slack:D002:${question}`;
  });
  afterEach(() => expect(chat.slack.complaints).toEqual([]));

  const sought = (key: string, known: readonly string[] = []): SoughtMessage => ({
    ...options(key, { replyTo: question }),
    known,
  });

  it("is found by its key, whatever else stands there", async () => {
    await chat.adapter.post(dm, one(done("one")), options("j-0"));
    const id = await chat.adapter.post(
      dm,
      one({ ...done("two"), persona: { name: "Tutor" } }),
      options("j-1"),
    );
    await chat.slack.say({ text: "and?", replyTo: question });
    expect(await elsewhere().find?.(dm, sought("j-1"))).toBe(id);
    expect(await elsewhere().find?.(dm, sought("j-2"))).toBeUndefined();
    expect(await elsewhere().find?.(dm, sought("j-1", [id]))).toBeUndefined();
  });

  it("is found in a channel, with a thread and without", async () => {
    const asked = await chat.slack.say({ text: "you?", place: "channel", mention: true });
    for (const thread of [`slack:C001:${asked}`, "slack:C001"]) {
      const id = await chat.adapter.post(thread, one(done("yes")), options(`in-${thread.length}`));
      const wanted = { ...options(`in-${thread.length}`), known: [] };
      expect(await elsewhere().find?.(thread, wanted)).toBe(id);
      expect(await elsewhere().find?.(thread, { ...wanted, key: "another" })).toBeUndefined();
    }
  });

  it("is the stream that was begun, when it has no key yet", async () => {
    const earlier = chat.adapter.live?.(dm, options("j-0"));
    await earlier?.update(one(growing("one")));
    const known = await earlier?.finish(one(done("one.")));
    const left = chat.adapter.live?.(dm, options("j-1"));
    await left?.update(one(growing("two")));
    expect(await elsewhere().find?.(dm, sought("j-1", [known ?? ""]))).toBe(left?.id);
    expect(await elsewhere().find?.(dm, sought("j-0"))).toBe(known);
    expect(await elsewhere().find?.(dm, { ...options("j-1"), known: [] })).toBeUndefined();
    expect(await elsewhere().find?.(dm, sought("j-1", [known ?? "", left?.id ?? ""]))).toBeUndefined();
  });

  it.each(["chat.startStream", "chat.postMessage"])(
    "is gone on with when nobody heard what %s made",
    async (method) => {
      const live = chat.adapter.live?.(dm, { ...options("j-0"), replyTo: question });
      if (method === "chat.postMessage") chat.slack.troubled.set("chat.startStream", "limited");
      chat.slack.troubled.set(method, "broken");
      await expect(live?.update(one(growing("one")))).rejects.toThrow();
      chat.slack.troubled.clear();
      await live?.update(one(growing("one two")));
      expect(chat.slack.seen().slice(1)).toMatchObject([{ id: live?.id, text: "one two" }]);
      const id = await live?.finish(one(done("one two three")));
      expect(chat.slack.seen().slice(1)).toMatchObject([{ id, text: "one two three" }]);
    },
  );

  it("is gone on with when it could not be begun, and then nobody heard of the whole", async () => {
    const live = chat.adapter.live?.(dm, { ...options("j-0"), replyTo: question });
    chat.slack.troubled.set("chat.postMessage", "broken");
    await expect(live?.finish(one(done("one")))).rejects.toThrow();
    chat.slack.troubled.clear();
    await live?.finish(one(done("one")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ text: "one" }]);
  });

  it("can't be told where the app may not read, and later when Slack asks to wait", async () => {
    await chat.adapter.post(dm, one(done("one")), options("j-0"));
    chat.slack.troubled.set("conversations.replies", "limited");
    await expect(elsewhere().find?.(dm, sought("j-0"))).rejects.toEqual(new RateLimited(30_000));
    chat.slack.troubled.clear();
    chat.slack.has.history = false;
    expect(await elsewhere().find?.(dm, sought("j-0"))).toBeUndefined();
  });
});

describe("who may change what holds for everyone", () => {
  it("is whoever runs the workspace, and in a direct message anyone", async () => {
    chat = await startSlack();
    chat.slack.has.admins = ["Ari"];
    await chat.slack.say({ text: "hi", as: "Kim" });
    await chat.slack.say({ text: "hi", as: "Kim", place: "thread", mention: true });
    await chat.slack.say({ text: "hi", as: "Ari", place: "thread", mention: true });
    const heard = await chat.heard(5);
    const may = await Promise.all(heard.map(async (inbound) => chat.adapter.manages?.(inbound)));
    expect(heard.map(({ place, author }, index) => [place, author.name, may[index]])).toEqual([
      ["dm", "Kim", true],
      ["thread", "Kim", false],
      ["thread", "Kim", false],
      ["thread", "Ari", true],
      ["thread", "Ari", true],
    ]);
    const [, , , stranger] = heard;
    expect(stranger && (await chat.adapter.manages?.({ ...stranger, server: "slack:T002" }))).toBe(false);
  });
});

describe("where questions get no thread", () => {
  it("answers stand in the channel itself, without stream or status", async () => {
    chat = await startSlack(() => ({
      opensThread: (channel) => channel !== "slack:C001" && channel !== "slack:D002",
    }));
    const first = await chat.slack.say({ text: "you?", place: "channel", mention: true });
    await chat.heard(2);
    await chat.slack.say({ text: "and here?", place: "thread", mention: true });
    await chat.heard(4);
    await chat.slack.command("stop", "", { place: "channel" });
    await chat.slack.say({ text: "hi" });
    const heard = await chat.heard(6);
    expect(heard.map(({ thread, place }) => [thread, place])).toEqual([
      ["slack:C001", "channel"],
      ["slack:C001", "channel"],
      [expect.stringMatching(/^slack:C001:/u), "thread"],
      [expect.stringMatching(/^slack:C001:/u), "thread"],
      [expect.stringMatching(/^slack:C001:/u), "thread"],
      ["slack:D002", "dm"],
    ]);
    const [answer = ""] = await chat.say("slack:C001", {
      ...done("yes"),
      actions: [{ token: "t", label: "Again" }],
    });
    expect(chat.slack.seen("channel").at(-1)).toMatchObject({ id: answer, text: "yes" });
    await chat.slack.say({ text: "why?", place: "channel", mention: true, replyTo: answer });
    expect((await chat.heard(8))[6]).toMatchObject({ quoted: { author: "Parlance", text: "yes" } });
    await chat.slack.press(answer, "Again");
    expect((await chat.heard(9))[8]).toMatchObject({
      type: "press",
      thread: "slack:C001",
      messageId: answer,
    });
    expect(chat.adapter.live?.("slack:D002", options("j-0"))).toBeUndefined();
    await chat.adapter.status?.("slack:C001", "thinking", options("j-0"));
    expect(chat.slack.statuses("channel")).toEqual([]);
    expect(first).not.toBe(answer);
    expect(chat.slack.complaints).toEqual([]);
  });
});

describe("a persona", () => {
  it("answers under its name and picture, posted or streamed", async () => {
    chat = await startSlack();
    const dm = `slack:D002:${await chat.slack.say({ text: "hello" })}`;
    const persona = { name: "Tutor", picture: "https://example.org/tutor.png" };
    const [posted = ""] = await chat.say(dm, { ...done("posted"), persona });
    const live = chat.adapter.live?.(dm, options("j-0"));
    await live?.update(one({ ...growing("stream"), persona }));
    const streamed = (await live?.finish(one({ ...done("streamed"), persona }))) ?? "";
    for (const id of [posted, streamed]) expect(chat.slack.picture(id)).toBe(persona.picture);
    expect(chat.slack.seen().slice(1)).toMatchObject([{ author: "Tutor" }, { author: "Tutor" }]);
    await eventually(() => expect(chat.slack.complaints).toEqual([]));
  });
});
