import { eventually } from "../support/eventually.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SlackMessage } from "../../adapters/slack/render.ts";
import type { Answer } from "../../src/chat.ts";
import { createDelivery } from "../../src/delivery.ts";
import { RateLimited } from "../../src/errors.ts";
import { createPostLog } from "../../src/post-log.ts";
import { Reply } from "../../src/reply.ts";
import { english } from "../../src/words/words.ts";
import { done, growing, type SlackHarness, startSlack } from "../support/slack/harness.ts";
import { toPlainText } from "../support/slack/plain.ts";

let chat: SlackHarness;

beforeEach(async () => {
  chat = await startSlack();
});
afterEach(async () => {
  await chat.stop();
  expect(chat.slack.complaints).toEqual([]);
});

function one(answer: Answer): SlackMessage {
  const [message] = chat.adapter.render(answer);
  if (!message) throw new Error("nothing was rendered");
  return message;
}

describe("what the bot says in Slack", () => {
  let dm: string;

  beforeEach(async () => {
    dm = `slack:D002:${await chat.slack.say({ text: "hello" })}`;
  });

  it("streams in a direct message, and ends with what stands under the answer", async () => {
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    await live?.update(one({ ...growing("Hel"), persona: { name: "Tutor" } }));
    expect(chat.slack.seen()[1]).toMatchObject({ author: "Tutor", text: "Hel" });
    await live?.update(one({ ...growing("Hello, **wor"), persona: { name: "Tutor" } }));
    const receipt = {
      model: "openai/gpt",
      usage: { inputTokens: 5, outputTokens: 2, cachedTokens: 0, cacheWriteTokens: 0, thinkingTokens: 0 },
      tools: [],
      elapsedMs: 900,
    };
    const id = await live?.finish(
      one({
        ...done("Hello, **world**."),
        persona: { name: "Tutor" },
        receipt,
        footer: "short",
        actions: [{ token: "t", label: "Again" }],
      }),
    );
    expect(chat.slack.seen()[1]).toMatchObject({
      id,
      author: "Tutor",
      text: "Hello, world.\nopenai/gpt · 5 in, 2 out",
      buttons: ["Again"],
    });
    expect(chat.slack.calls.filter(({ method }) => method === "chat.update")).toEqual([]);
  });

  it("goes on by edits when Slack ends the stream", async () => {
    chat.slack.streamLastsMs = 0;
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    await live?.update(one(growing("one")));
    await live?.update(one(growing("one two")));
    expect(chat.slack.seen()[1]?.text).toBe("one two");
    const id = await live?.finish(one(done("one two three")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ id, text: "one two three" }]);
  });

  it("ends a stream itself before Slack does", async () => {
    await chat.restart({ streamLastsMs: 0 });
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    await live?.update(one(growing("one")));
    await live?.update(one(growing("one two")));
    await live?.finish(one(done("one two three")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ text: "one two three" }]);
    expect(chat.slack.calls.filter(({ method }) => method === "chat.appendStream")).toEqual([]);
  });

  it("puts right by an edit what a stream can't take back", async () => {
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    await live?.update(one(growing("It is Tuesday")));
    await live?.finish(one(done("It was Monday")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ text: "It was Monday" }]);
  });

  it("shows a table by an edit, as a stream would show its bars and dashes", async () => {
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    const table = "| word | meaning |\n|---|---|\n| 물 | water |";
    await live?.update(one(growing(table)));
    const id = (await live?.finish(one(done(table)))) ?? "";
    expect(chat.slack.blocks(id)).toEqual([{ type: "markdown", text: table }]);
    expect(chat.slack.calls.filter(({ method }) => method === "chat.update")).not.toEqual([]);
  });

  it("has no stream in a channel, where others would not see it", () => {
    expect(chat.adapter.live?.("slack:C001:1.2", { cause: "e", key: "k" })).toBeUndefined();
  });

  it("posts instead when too many streams were started", async () => {
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    chat.slack.faults.limit(1, 2000);
    await live?.update(one(growing("one")));
    await live?.finish(one(done("one two")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ text: "one two" }]);
  });

  it("says for how long Slack asks to wait, and loses nothing by it", async () => {
    chat.slack.faults.limit(1, 2000);
    await expect(chat.say(dm, done("hi"))).rejects.toEqual(new RateLimited(2000));
    const live = chat.adapter.live?.(dm, { cause: "e", key: "k" });
    await live?.update(one(growing("one")));
    chat.slack.faults.limit(2, 1000);
    await expect(live?.update(one(growing("one two")))).rejects.toThrow(RateLimited);
    await expect(live?.finish(one(done("one two three")))).rejects.toThrow(RateLimited);
    await live?.finish(one(done("one two three")));
    expect(chat.slack.seen().slice(1)).toMatchObject([{ text: "one two three" }]);
  });

  it("asks to wait while Slack is in trouble", async () => {
    chat.slack.faults.downFor(500);
    await expect(chat.say(dm, done("hi"))).rejects.toThrow(RateLimited);
  });

  it("shows that it works, and stops to", async () => {
    await chat.adapter.status?.(dm, "reading the picture", { cause: "e", key: "k" });
    expect(chat.slack.statuses()).toEqual(["is reading the picture…"]);
    const session = dm.slice("slack:".length);
    await eventually(() => expect(chat.slack.sessions.get(session)).toBe("processing"));
    await chat.say(dm, done("hi"));
    const question = await chat.heardMessage();
    chat.adapter.settled?.({ ...question, id: "another" });
    chat.adapter.settled?.({ ...question, id: "e" });
    await eventually(() => expect(chat.slack.sessions.get(session)).toBe("active"));
  });

  it("folds thinking away, and shows it openly where Slack can't fold", async () => {
    const answer = { ...done("42"), thinking: "six times nine" };
    const [folded = ""] = await chat.say(dm, answer);
    expect(chat.slack.blocks(folded)).toMatchObject([
      { type: "markdown" },
      { type: "container", default_collapsed: true },
    ]);
    chat.slack.has.containers = false;
    const [open = ""] = await chat.say(dm, answer);
    expect(chat.slack.blocks(open)).toMatchObject([{ type: "markdown" }, { type: "markdown" }]);
    expect(chat.slack.seen().map(({ text }) => text)).toEqual([
      "hello",
      "42\nThinking\nsix times nine",
      "42\nThinking\n\nsix times nine",
    ]);
  });

  it("does without a persona's name where that was not allowed", async () => {
    chat.slack.has.customNames = false;
    await chat.say(dm, { ...done("hi"), persona: { name: "Tutor" } });
    expect(chat.slack.seen()[1]).toMatchObject({ author: "Parlance", text: "hi" });
  });

  it("tells a long answer whole and in order, whatever is in it", async () => {
    const text = longAnswer();
    await tell(dm, text, text.length);
    const seen = chat.slack.seen().slice(1);
    expect(seen.length).toBeGreaterThan(4);
    expect(wordsOf(seen.map((each) => each.text).join("\n"))).toEqual(wordsOf(toPlainText(text)));
  });

  it.each(["dm", "channel"] as const)("tells the same when it grows, in a %s", async (place) => {
    const text = longAnswer();
    const question = await chat.slack.say({ text: "all of it", place, mention: place === "channel" });
    await tell(`slack:${place === "dm" ? "D002" : "C001"}:${question}`, text, 4000);
    const seen = chat.slack.seen(place).filter(({ replyTo }) => replyTo === question);
    expect(wordsOf(seen.map((each) => each.text).join("\n"))).toEqual(wordsOf(toPlainText(text)));
    const streams = chat.slack.calls.filter(({ method }) => method === "chat.startStream").length;
    expect(streams > 0).toBe(place === "dm");
  });
});

/** Tells an answer as the bot does, a step at a time. */
async function tell(thread: string, text: string, step: number): Promise<void> {
  const adapter = { ...chat.adapter, editEveryMs: 0 };
  const missed: unknown[] = [];
  const onMissedFrame = (error: unknown): void => void missed.push(error);
  const reply = new Reply({
    words: english,
    adapter,
    delivery: createDelivery(),
    thread,
    cause: "e",
    job: "j",
    log: createPostLog({}, async () => {}),
    conclude: async () => {},
    known: async () => [],
    settleMs: 0,
    claim: new AbortController().signal,
    isConcluded: async () => false,
    ending: new AbortController().signal,
    restMs: 0,
    onNotStored: onMissedFrame,
    onMissedFrame,
  });
  for (let at = 0; at < text.length; at += step) {
    reply.append(text.slice(at, at + step));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await reply.finish("done");
  expect(missed.filter((error) => !(error instanceof RateLimited))).toEqual([]);
}

/** About 60,000 characters: nested fences, a table of forty rows, CJK. */
function longAnswer(): string {
  const parts: string[] = [];
  for (let part = 0; parts.join("\n\n").length < 60_000; part++) {
    parts.push(`## Part ${part}`);
    parts.push(
      `문장${part} 이것은 긴 답입니다. **굵게${part}** and [link${part}](https://example.org/${part}). `.repeat(
        6,
      ),
    );
    parts.push(
      `- item${part}\n\n  \`\`\`js\n${Array.from({ length: 30 }, (_, line) => `  const line${part}x${line} = ${line};`).join("\n")}\n  \`\`\`\n- next${part}`,
    );
    if (part === 2)
      parts.push(
        `| word | meaning |\n|---|---|\n${Array.from({ length: 40 }, (_, row) => `| 단어${row} | meaning${row} |`).join("\n")}`,
      );
  }
  return parts.join("\n\n");
}

/** What must arrive: every word once, but for what a part repeats of its table's head or its fence. */
function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => !/^(?:```\w*|\||word|meaning|)$/u.test(word));
}
