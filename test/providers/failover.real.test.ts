import { eventually } from "../support/eventually.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chunk, finish } from "./chat-wire.ts";
import {
  busy,
  chatSays,
  claudeBegins,
  claudeCall,
  claudeCalls,
  claudeSays,
  claudeText,
  cutShort,
  play,
  startVendors,
  takeovers,
} from "./vendors.ts";

/** Vendors that fail in every way, and what a turn makes of it. */

let vendors: Awaited<ReturnType<typeof startVendors>>;

beforeEach(async () => {
  vendors = await startVendors();
});
afterEach(async () => {
  // Whatever happened, nobody holds a connection to a vendor any more.
  await eventually(() => expect(vendors.open()).toBe(0));
  await vendors.stop();
});

describe("an answer that is cut in mid-word", () => {
  test("is finished by the same vendor", async () => {
    vendors.chat.enqueue(
      chatSays(["오늘 서울은 맑", "고 기온은 23도예"], "drop"),
      chatSays(["기온은 ", "23도예요."]),
    );
    const done = await play(vendors.openModels());
    expect(done.text).toBe("오늘 서울은 맑고 기온은 23도예요.");
    expect(done.result).toMatchObject({ outcome: "done", model: "chat/one" });
    expect(takeovers(done)).toEqual([]);
    expect(vendors.claude.requests()).toHaveLength(0);
  });

  test.each([
    ["goes on exactly there", "요. 바람은 약해요."],
    ["repeats one character", "예요. 바람은 약해요."],
    ["repeats the cut word", "23도예요. 바람은 약해요."],
    ["repeats its last words", "고 기온은 23도예요. 바람은 약해요."],
    ["begins afresh", "오늘 서울은 맑고 기온은 23도예요. 바람은 약해요."],
  ])("is finished by another kind of vendor, which %s", async (_how, rest) => {
    vendors.chat.enqueue(chatSays(["오늘 서울은 맑고 기온은 23도예"], "drop"), busy);
    vendors.claude.enqueue(claudeSays(rest));
    const done = await play(vendors.openModels());
    expect(done.text).toBe("오늘 서울은 맑고 기온은 23도예요. 바람은 약해요.");
    expect(done.result).toMatchObject({
      outcome: "done",
      model: "claude/two",
      messages: [{ role: "assistant", parts: [{ type: "text", text: done.text }] }],
      usage: { inputTokens: 20, outputTokens: 7 },
    });
    expect(takeovers(done)).toEqual(["chat/one overloaded -> claude/two"]);
    const [sent] = vendors.claude.requests();
    expect(sent?.body["messages"]).toMatchObject([
      { role: "user" },
      { role: "assistant", content: [{ type: "text", text: "오늘 서울은 맑고 기온은 23도예" }] },
      { role: "user" },
    ]);
  });

  test("is finished by Chat Completions when Anthropic reports an overload in its stream", async () => {
    const overload = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    vendors.claude.enqueue(
      { named: true, events: [claudeBegins, ...claudeText("It is "), overload] },
      { named: true, events: [overload] },
    );
    vendors.chat.enqueue(chatSays(["is sunny."]));
    const done = await play(vendors.openModels({ order: ["claude/two", "chat/one"] }));
    expect(done.text).toBe("It is sunny.");
    expect(takeovers(done)).toEqual(["claude/two overloaded -> chat/one"]);
    // What the first call had used is part of the sum.
    expect(done.result?.usage).toMatchObject({ inputTokens: 20, outputTokens: 1 });
  });

  test("stays when nobody is left, and that is the error", async () => {
    vendors.chat.enqueue(chatSays(["So far"], "drop"), busy);
    vendors.claude.enqueue(busy, busy, busy);
    const done = await play(vendors.openModels());
    expect(done.text).toBe("So far");
    expect(done.error).toMatchObject({ name: "ProviderError", kind: "unreachable" });
  });
});

test.each([
  ["says", "content"],
  ["thinks", "reasoning_content"],
])(
  "a server that %s without end is closed once it is far beyond what it was asked for",
  async (_what, field) => {
    const piece = chunk({ [field]: "These are words that never end. ".repeat(100) });
    vendors.chat.enqueue({ events: Array.from({ length: 150 }, () => piece), end: "hang" });
    const { result, events } = await play(vendors.openModels(), { seconds: 5 });
    expect(result?.outcome).toBe("length");
    const letters = events.reduce((sum, event) => sum + ("text" in event ? event.text.length : 0), 0);
    expect(letters).toBeLessThan(400_000);
    expect(vendors.claude.requests()).toHaveLength(0);
  },
);

describe("an answer that is whole when its connection is lost", () => {
  test.each(["drop", "hang"] as const)("is not asked for again (%s)", async (end) => {
    vendors.chat.enqueue(cutShort(chatSays(["맑아요."]), end));
    vendors.claude.enqueue(cutShort(claudeSays("맑아요."), end));
    const orders = [["chat/one"], ["claude/two"]];
    const all = await Promise.all(orders.map((order) => play(vendors.openModels({ order }))));
    expect(all.map(({ text, result }) => [text, result?.outcome])).toEqual([
      ["맑아요.", "done"],
      ["맑아요.", "done"],
    ]);
    expect([vendors.chat.requests().length, vendors.claude.requests().length]).toEqual([1, 1]);
  });

  test("nor are its tool calls", async () => {
    const call = { index: 0, id: "call_1", function: { name: "weather", arguments: '{"city":"Seoul"}' } };
    vendors.chat.enqueue(
      { events: [chunk({ tool_calls: [call] }), finish("tool_calls")], end: "drop" },
      chatSays(["Sunny."]),
    );
    expect((await play(vendors.openModels())).text).toBe("Sunny.");
    expect(vendors.chat.requests()).toHaveLength(2);
  });
});

describe("a half tool call", () => {
  const half = {
    tool_calls: [{ index: 0, id: "call_void", function: { name: "weather", arguments: '{"ci' } }],
  };
  const whole = {
    tool_calls: [{ index: 0, id: "call_1", function: { name: "weather", arguments: '{"city":"Seoul"}' } }],
  };

  test("is dropped, and its round is asked for again", async () => {
    vendors.chat.enqueue(
      { events: [chunk({ content: "I look." }), chunk(half)], end: "drop" },
      { events: [chunk(whole), finish("tool_calls"), "data: [DONE]\n\n"] },
      chatSays(["Sunny."]),
    );
    const done = await play(vendors.openModels());
    expect(done.text).toBe("I look.\n\nSunny.");
    expect(done.result?.tools).toEqual(["weather"]);
    expect(JSON.stringify(vendors.chat.requests().map(({ body }) => body))).not.toContain("call_void");
  });

  test("that another vendor had finished before it died is not run either", async () => {
    const finished = claudeCall("void", "weather", '{"city":"Busan"}');
    const half = claudeCall("v2", "weather", '{"c').slice(0, 2);
    vendors.claude.enqueue(
      {
        named: true,
        events: [claudeBegins, ...claudeText("I look."), ...finished, ...half],
        end: "drop",
      },
      busy,
    );
    vendors.chat.enqueue(
      { events: [chunk(whole), finish("tool_calls"), "data: [DONE]\n\n"] },
      chatSays(["Sunny."]),
    );
    // The next round is the first model's again, and it is still busy.
    vendors.claude.enqueue(busy, busy, busy);
    const done = await play(vendors.openModels({ order: ["claude/two", "chat/one"] }));
    expect(done.text).toBe("I look.\n\nSunny.");
    expect(done.result?.tools).toEqual(["weather"]);
    expect(JSON.stringify(vendors.chat.requests().map(({ body }) => body))).not.toContain("Busan");
  });
});

test("who stands in and calls no tools is offered none, and told what they found", async () => {
  vendors.claude.enqueue(claudeCalls("I look.", "weather", '{"city":"Seoul"}'), busy, busy, busy);
  vendors.chat.enqueue(chatSays(["Sunny."]));
  const models = vendors.openModels({ order: ["claude/two", "chat/one"], one: "tools: false" });
  expect((await play(models)).text).toBe("I look.\n\nSunny.");
  const [sent] = vendors.chat.requests();
  expect(sent?.body).not.toHaveProperty("tools");
  expect(sent?.body["messages"]).toMatchObject([
    { role: "system" },
    { role: "user" },
    { role: "assistant", content: "I look." },
    { role: "user", content: "[Result of weather]\nsunny in Seoul\n[end]" },
  ]);
});

describe("who stands in with a small window", () => {
  const order = ["claude/two", "chat/one"];

  test("is asked for an answer that it has room for", async () => {
    vendors.claude.enqueue(busy, busy, busy);
    vendors.chat.enqueue(chatSays(["Sunny."]));
    expect((await play(vendors.openModels({ order, one: "window: 1000" }))).text).toBe("Sunny.");
    expect(vendors.chat.requests()[0]?.body["max_tokens"]).toBeLessThan(1_000);
    expect(vendors.chat.requests()[0]?.body["max_tokens"]).toBeGreaterThan(900);
  });

  test("is left out where there is none, and the trouble of the first one is told", async () => {
    vendors.claude.enqueue(busy, busy, busy);
    const done = await play(vendors.openModels({ order, one: "window: 300" }));
    expect(done.error).toMatchObject({ kind: "overloaded" });
    expect(vendors.chat.requests()).toHaveLength(0);
    expect(vendors.lines.join()).toContain("left out: the prompt is too long for it");
  });
});

describe("a vendor that hangs", () => {
  test("before its first token is left for the next", async () => {
    vendors.chat.enqueue({ events: [], end: "hang" });
    vendors.claude.enqueue(claudeSays("맑아요."));
    const done = await play(vendors.openModels({ bounds: "firstTokenSeconds: 0.1" }));
    expect(done.text).toBe("맑아요.");
    expect(takeovers(done)).toEqual(["chat/one unreachable -> claude/two"]);
    expect(vendors.chat.requests()).toHaveLength(1);
  });

  test("is waited for while it thinks in silence, as long as it sends pings", async () => {
    const thought = {
      type: "content_block_start",
      index: 0,
      content_block: { type: "thinking", thinking: "" },
    };
    const ping = 'event: ping\ndata: {"type": "ping"}\n\n';
    const whole = claudeSays("맑아요.").events ?? [];
    const events = [thought, ...Array.from({ length: 6 }, () => [ping, 250]).flat(), ...whole];
    vendors.claude.enqueue({ named: true, events });
    const models = vendors.openModels({
      bounds: "firstTokenSeconds: 1, idleSeconds: 1",
      order: ["claude/two", "chat/one"],
    });
    expect((await play(models)).text).toBe("맑아요.");
  });

  test("gives each model its own time for the first token", async () => {
    vendors.chat.enqueue({ events: [], end: "hang" });
    vendors.claude.enqueue({ events: [], end: "hang" });
    const done = await play(vendors.openModels({ bounds: "firstTokenSeconds: 0.1" }));
    expect(done.error).toMatchObject({ kind: "unreachable" });
    expect([vendors.chat.requests().length, vendors.claude.requests().length]).toEqual([1, 1]);
  });

  test("in mid-answer is left for the next, which goes on", async () => {
    vendors.chat.enqueue(chatSays(["오늘은 맑"], "hang"));
    vendors.claude.enqueue(claudeSays("맑아요."));
    const done = await play(vendors.openModels({ bounds: "idleSeconds: 0.1" }));
    expect(done.text).toBe("오늘은 맑아요.");
    expect(takeovers(done)).toEqual(["chat/one unreachable -> claude/two"]);
  });

  test("ends with the whole turn's time", async () => {
    vendors.chat.enqueue(chatSays(["오늘은 맑"], "hang"));
    const done = await play(vendors.openModels(), { seconds: 0.3 });
    expect(done.result).toMatchObject({ outcome: "timeout", messages: [{ parts: [{ text: "오늘은 맑" }] }] });
  });
});

describe("a vendor that keeps failing", () => {
  test("is skipped after three failures, and answers again after a probe", async () => {
    const models = vendors.openModels();
    vendors.chat.enqueue(busy, busy, busy);
    vendors.claude.enqueue(claudeSays("One."), claudeSays("Two."));
    expect((await play(models)).text).toBe("One.");
    const second = await play(models);
    expect(second.text).toBe("Two.");
    expect(takeovers(second)).toEqual(["chat/one overloaded -> claude/two"]);
    expect(vendors.chat.requests()).toHaveLength(3);

    // Both down: who comes back soonest is asked all the same, is up again, and stays in use.
    vendors.claude.enqueue(busy, busy, busy);
    vendors.chat.enqueue(chatSays(["Three."]), chatSays(["Four."]));
    expect((await play(models)).text).toBe("Three.");
    expect((await play(models)).text).toBe("Four.");
    expect(vendors.chat.requests()).toHaveLength(5);
  });

  test("is logged at each call, and each change of its circuit once, never with a key", async () => {
    const models = vendors.openModels();
    vendors.chat.enqueue(busy, busy, busy, chatSays(["Three."]));
    vendors.claude.enqueue(claudeSays("One."), claudeSays("Two."), {
      status: 401,
      json: { error: { message: "Invalid key key-claude-12345678." } },
    });
    for (let n = 0; n < 3; n++) await play(models);
    const said = vendors.lines.map((line) => {
      const { model, msg, kind = "" } = JSON.parse(line) as Record<string, string>;
      return `${model} ${msg} ${kind}`.trim();
    });
    const pause = "left out for a while: it keeps failing";
    expect(said).toEqual([
      "chat/one model failed overloaded",
      "chat/one model failed overloaded",
      `chat/one model ${pause} overloaded`,
      "chat/one model failed overloaded",
      `claude/two model ${pause} auth`,
      "claude/two model failed auth",
      "chat/one model tried again",
      "chat/one model answers again",
    ]);
    expect(vendors.lines.join()).not.toContain("12345678");
  });

  test("for its key is skipped at once", async () => {
    const models = vendors.openModels();
    vendors.chat.enqueue({
      status: 401,
      json: { error: { message: "Incorrect API key provided: key-chat-12345678." } },
    });
    vendors.claude.enqueue(claudeSays("One."), claudeSays("Two."));
    await play(models);
    expect(takeovers(await play(models))).toEqual(["chat/one auth -> claude/two"]);
    expect(vendors.chat.requests()).toHaveLength(1);
  });
});
