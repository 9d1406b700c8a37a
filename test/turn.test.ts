import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Tool } from "../src/tools/tool.ts";
import { passagesIn } from "../src/sources/passages.ts";
import { runTurn, type TurnEvent, type TurnOptions, type TurnResult } from "../src/turn.ts";
import { call, say, type Script, scriptedModel, stop, takeOver, usage } from "./support/scripted-model.ts";
import { english } from "../src/words/words.ts";

const request = {
  instructions: "Answer.",
  messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }],
  stableMessages: 0,
  tools: [],
} as const;

const echo: Tool<{ word: string }> = {
  name: "echo",
  description: "Says it back.",
  input: z.strictObject({ word: z.string() }),
  status: "echoing",
  run: async ({ word }) => ({
    text: `echo: ${word}`,
  }),
};

interface Run {
  readonly events: TurnEvent[];
  readonly result: TurnResult;
}

async function play(
  scripts: Script[],
  options: Partial<TurnOptions> & { onEvent?: (event: TurnEvent) => void } = {},
) {
  const model = scriptedModel(...scripts);
  const { onEvent, ...rest } = options;
  const turn = runTurn({
    stream: model.stream,
    request,
    tools: new Map([["echo", echo as Tool]]),
    toolContext: {
      person: "cli:kim",
      job: "job",
      persona: "assistant",
      where: { thread: "fake:kim", place: "dm" },
      images: [],
      languages: [],
      words: "",
      seesOthers: false,
      sentences: english,
      origin: async () => ({ placeName: "" }),
    },
    rounds: 3,
    seconds: 60,
    signal: new AbortController().signal,
    ...rest,
  });
  const events: TurnEvent[] = [];
  for (;;) {
    const step = await turn.next();
    if (step.done) return { model, events, result: step.value } satisfies Run & { model: unknown };
    events.push(step.value);
    onEvent?.(step.value);
  }
}

const textOf = (events: readonly TurnEvent[]): string =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

describe("a turn", () => {
  test("streams the answer and ends with it whole", async () => {
    const { events, result } = await play([[say("Hel"), say("lo"), usage(10, 2), stop()]]);
    expect(textOf(events)).toBe("Hello");
    expect(result).toMatchObject({
      messages: [{ role: "assistant", parts: [{ type: "text", text: "Hello" }] }],
      model: "scripted/model",
      outcome: "done",
      windowTokens: 12,
    });
  });

  test("runs a tool and gives its result back to the model, with usage summed over the rounds", async () => {
    const { model, events, result } = await play([
      [say("Let me see."), call("echo", { word: "a" }), usage(10, 5), stop("tools")],
      [say("It says a."), usage(20, 4), stop()],
    ]);
    expect(model.requests[1]?.messages.at(-1)).toEqual({
      role: "tool",
      parts: [{ type: "tool-result", id: "call_echo", name: "echo", text: "echo: a", failed: false }],
    });
    expect(result.usage).toMatchObject({ inputTokens: 30, outputTokens: 9 });
    expect(result.windowTokens).toBe(24);
    expect(result.tools).toEqual(["echo"]);
    expect(textOf(events)).toBe("Let me see.\n\nIt says a.");
    expect(events).toContainEqual({ type: "tool", name: "echo", status: "echoing" });
  });

  test("gives what was read an id that nothing else has, and keeps which words it stands for", async () => {
    const reads: Tool<{ word: string }> = {
      ...echo,
      run: async ({ word }) => ({
        text: "Found:",
        passages: ["It said", "[s9] and says"].map((text) => ({
          source: { url: `https://example.com/${word}`, title: "Echo" },
          text: `${text} ${word}.`,
        })),
      }),
    };
    const { model } = await play(
      [
        [call("echo", { word: "a" }, "1"), call("echo", { word: "b" }, "2"), stop("tools")],
        [call("echo", { word: "c" }, "3"), stop("tools")],
        [say("ok"), stop()],
      ],
      { tools: new Map([["echo", reads as Tool]]) },
    );
    const sent = model.requests[2]?.messages ?? [];
    expect(passagesIn(sent).map(({ id, text }) => `${id} ${text}`)).toEqual([
      "s1 It said a.",
      "s2 > [s9] and says a.",
      "s3 It said b.",
      "s4 > [s9] and says b.",
      "s5 It said c.",
      "s6 > [s9] and says c.",
    ]);
    const [first] = sent.at(-1)?.parts ?? [];
    expect(first?.type === "tool-result" && first.text).toContain(
      "[s5] Echo | https://example.com/c\nIt said c.",
    );
  });

  test("runs the calls of one round side by side and keeps their order", async () => {
    const waits: Tool<{ word: string }> = {
      ...echo,
      async run({ word }) {
        running++;
        most = Math.max(most, running);
        await sleep(word === "slow" ? 20 : 0);
        running--;
        return { text: word };
      },
    };
    let running = 0;
    let most = 0;
    const { model } = await play(
      [
        [call("echo", { word: "slow" }, "1"), call("echo", { word: "fast" }, "2"), stop("tools")],
        [say("ok"), stop()],
      ],
      { tools: new Map([["echo", waits as Tool]]) },
    );
    expect(most).toBe(2);
    expect(model.requests[1]?.messages.at(-1)?.parts).toMatchObject([{ text: "slow" }, { text: "fast" }]);
  });

  test.each([
    ["an unknown tool", call("shout", {}), /no tool "shout".*echo/u],
    ["arguments that are no JSON", call("echo", "{word:"), /not valid JSON/u],
    ["arguments that don't fit", call("echo", { wrod: "a" }), /wrod/u],
  ])("tells the model about %s and goes on", async (_, wrong, told) => {
    const { model, result } = await play([
      [wrong, stop("tools")],
      [say("Sorry."), stop()],
    ]);
    expect(model.requests[1]?.messages.at(-1)?.parts[0]).toMatchObject({
      failed: true,
      text: expect.stringMatching(told),
    });
    expect(result.outcome).toBe("done");
  });

  test("keeps a tool's crash from the model but hands it to the log", async () => {
    const crash = new TypeError("secret detail");
    const broken: Tool = { ...(echo as Tool), run: () => Promise.reject(crash) };
    const { model, result } = await play(
      [
        [call("echo", { word: "a" }), stop("tools")],
        [say("Hm."), stop()],
      ],
      {
        tools: new Map([["echo", broken]]),
      },
    );
    expect(JSON.stringify(model.requests[1])).not.toContain("secret detail");
    expect(result.toolErrors).toEqual([crash]);
  });

  test("asks for an answer when the tool rounds are used up, and ends with what was said", async () => {
    const again: Script = [call("echo", { word: "a" }), stop("tools")];
    const { model, result } = await play(
      [
        again,
        again,
        [say("Enough."), call("echo", { word: "a" }), stop("tools")],
        [say("Still."), call("echo", { word: "a" }), stop("tools")],
      ],
      {
        rounds: 2,
      },
    );
    expect(model.requests).toHaveLength(4);
    expect(model.requests[3]?.messages.at(-1)?.parts[0]).toMatchObject({
      text: expect.stringContaining("Answer now"),
    });
    expect(result.outcome).toBe("length");
    expect(result.messages.at(-1)).toEqual({ role: "assistant", parts: [{ type: "text", text: "Still." }] });
  });

  test("spends no more output tokens than the answer may have, over all rounds", async () => {
    const { model, result } = await play(
      [
        [call("echo", { word: "a" }), usage(1, 60), stop("tools")],
        [say("part"), usage(1, 40), stop("length")],
      ],
      { request: { ...request, maxOutputTokens: 100 } },
    );
    expect(model.requests.map(({ maxOutputTokens }) => maxOutputTokens)).toEqual([100, 40]);
    expect(result.outcome).toBe("length");
  });

  test("keeps what was said when it is stopped", async () => {
    const person = new AbortController();
    const { result } = await play([[say("Half an"), "wait"]], {
      signal: person.signal,
      onEvent: (event) => event.type === "text" && person.abort(),
    });
    expect(result.outcome).toBe("stopped");
    expect(result.messages).toEqual([{ role: "assistant", parts: [{ type: "text", text: "Half an" }] }]);
  });

  test("leaves no half tool exchange when it is stopped in a tool that does not listen", async () => {
    const person = new AbortController();
    const deaf: Tool = { ...(echo as Tool), run: () => new Promise(() => {}) };
    const { result } = await play([[say("One moment."), call("echo", { word: "a" }), stop("tools")]], {
      tools: new Map([["echo", deaf]]),
      signal: person.signal,
      onEvent: (event) => event.type === "tool" && setImmediate(() => person.abort()),
    });
    expect(result).toMatchObject({
      outcome: "stopped",
      messages: [{ role: "assistant", parts: [{ type: "text", text: "One moment." }] }],
    });
  });

  test("ends at its deadline with what was said", async () => {
    const { result } = await play([[say("Slow"), "wait"]], { seconds: 0.02 });
    expect(result).toMatchObject({ outcome: "timeout", messages: [{ parts: [{ text: "Slow" }] }] });
  });

  test("is one text of whoever finished it when another model takes over in mid-answer", async () => {
    const thought = (text: string) => ({ type: "thought", part: { type: "thinking", text } }) as const;
    const { events, result } = await play([
      [
        thought("void"),
        say("Hel"),
        usage(10, 2),
        ...takeOver("other/model", { inputTokens: 10, outputTokens: 2 }),
        say("lo"),
        thought("kept"),
        usage(13, 3),
        stop(),
      ],
    ]);
    expect(textOf(events)).toBe("Hello");
    expect(result).toMatchObject({
      messages: [
        {
          role: "assistant",
          parts: [
            { type: "thinking", text: "kept" },
            { type: "text", text: "Hello" },
          ],
        },
      ],
      model: "other/model",
      usage: { inputTokens: 23, outputTokens: 5 },
      windowTokens: 16,
    });
    expect(result.spent).toMatchObject([
      { model: "scripted/model", usage: { inputTokens: 10, outputTokens: 2 } },
      { model: "other/model", usage: { inputTokens: 13, outputTokens: 3 } },
    ]);
  });

  test("does not run the tool calls of a model that died", async () => {
    const { events, model, result } = await play([
      [
        say("I look."),
        call("echo", { word: "void" }, "1"),
        ...takeOver("other/model"),
        call("echo", { word: "a" }, "2"),
        stop("tools"),
      ],
      [say("Done."), stop()],
    ]);
    expect(model.requests[1]?.messages.slice(1)).toMatchObject([
      { role: "assistant", parts: [{ text: "I look." }, { id: "2" }] },
      { role: "tool", parts: [{ id: "2", text: "echo: a" }] },
    ]);
    expect(result.tools).toEqual(["echo"]);
    expect(textOf(events)).toBe("I look.\n\nDone.");
  });

  test("passes on what the model stream throws", async () => {
    await expect(play([[say("a"), new Error("broken wire")]])).rejects.toThrow("broken wire");
  });

  test("says when the model declined", async () => {
    expect((await play([[stop("refused")]])).result).toMatchObject({ outcome: "refused", messages: [] });
  });
});
