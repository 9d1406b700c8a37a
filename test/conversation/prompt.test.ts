import { beforeAll, describe, expect, test } from "vitest";
import { buildPrompt, type PromptInput } from "../../src/conversation/prompt.ts";
import { composeQuestion } from "../../src/conversation/question.ts";
import { loadTokenCounter, type CountTokens } from "../../src/conversation/tokens.ts";
import type { FileAtHand } from "../../src/files/at-hand.ts";
import { readToolFor } from "../../src/files/read-tool.ts";
import type { ToolSpec } from "../../src/providers/provider.ts";
import { toolSpec } from "../../src/tools/call.ts";
import type { Message } from "../../src/message.ts";
import type { StoredTurn } from "../../src/store/store.ts";
import { noUsage } from "../../src/turn-progress.ts";
import { testPersona } from "../support/test-core.ts";

let count: CountTokens;
beforeAll(async () => {
  count = await loadTokenCounter();
});

const bounds = { window: 100_000, maxOutputTokens: 1_000, historyTokens: 10_000 };
const question = composeQuestion({ text: "Hi", images: [], materials: [] });
const user = (text: string): Message => ({ role: "user", parts: [{ type: "text", text }] });
const assistant = (text: string): Message => ({ role: "assistant", parts: [{ type: "text", text }] });
const tea = { lasting: "[What you know about this person]\n1. Likes tea.", passing: "" };
const nuts = { lasting: "[What you know about Kim]\n1. Is allergic to nuts.", passing: "" };
/** The one tool that a persona does not name. */
const [[, readTool] = []] = readToolFor([{ isWhole: false } as FileAtHand], async () => []);
const reading: ToolSpec | undefined = readTool && toolSpec(readTool);
const turn = (id: string, ...messages: Message[]): StoredTurn => ({
  id,
  at: new Date(0),
  person: "fake:kim",
  persona: "assistant",
  model: "x/y",
  messages,
  usage: noUsage,
  outcome: "done",
  posts: {},
});

function input(change: Partial<PromptInput> = {}): PromptInput {
  const persona = testPersona("assistant");
  return {
    persona,
    instructions: persona.instructions,
    examples: [],
    tools: [],
    turns: [],
    question,
    group: false,
    ...change,
  };
}

describe("a prompt", () => {
  test("holds its parts in the order that vendors cache: what changes is last", () => {
    const { request, parts } = buildPrompt(
      input({
        examples: [user("e?"), assistant("e!")],
        memory: tea,
        turns: [turn("1", user("before"), assistant("then"))],
        tools: [{ name: "ocr", description: "Reads.", inputSchema: {} }],
      }),
      bounds,
      count,
    );
    expect(parts.map(({ name }) => name)).toEqual([
      "instructions",
      "tools",
      "examples",
      "memory",
      "history",
      "message",
    ]);
    expect(request.messages.map(({ parts: [first] }) => first && "text" in first && first.text)).toEqual([
      "e?",
      "e!",
      "[What you know about this person]\n1. Likes tea.",
      "then",
      "Hi",
    ]);
    expect(request.stableMessages).toBe(2);
    expect(request.lastingMessages).toBe(4);
  });

  test("among several, puts a person's memory with their own question, by name", () => {
    const turns = [turn("1", user("Mina: What shall I eat?"), assistant("Soup."))];
    const { request } = buildPrompt(input({ group: true, memory: nuts, turns }), bounds, count);
    expect(JSON.stringify(request.messages[0])).not.toContain("nuts");
    expect(request.messages.at(-1)?.parts[0]).toEqual({
      type: "text",
      text: "[What you know about Kim]\n1. Is allergic to nuts.",
    });
  });

  test("stays the same before the last message over twenty turns", () => {
    const turns: StoredTurn[] = [];
    let before = "";
    for (let index = 0; index < 20; index++) {
      const ask = composeQuestion({ text: `question ${index}`, images: [], materials: [] });
      const { request } = buildPrompt(input({ turns, question: ask, memory: tea }), bounds, count);
      const sent = JSON.stringify([request.instructions, ...request.messages]);
      expect(sent.startsWith(before)).toBe(true);
      before = sent.slice(0, -1);
      turns.push(turn(String(index).padStart(2, "0"), ask, assistant(`answer ${index}`)));
    }
  });

  test("puts what is for this message alone with it, and before history what stays", () => {
    const turns = [turn("1", user("before"), assistant("then"))];
    const memory = { lasting: "[lasting]", passing: "[passing]" };
    const { request } = buildPrompt(input({ memory, turns }), bounds, count);
    expect(request.messages.map(({ parts }) => parts.map((part) => "text" in part && part.text))).toEqual([
      ["[lasting]", "before"],
      ["then"],
      ["[passing]", "Hi"],
    ]);
  });

  test("adds at most 300 tokens of its own to a persona's", () => {
    const persona = testPersona("assistant");
    const named = composeQuestion({
      text: "Hi",
      images: [],
      materials: [{ title: "File a.md", text: "x" }],
      note: "[Reading] File 1 together, up to ch. 3. Nothing after that may be used, told or hinted at, even if you know it.",
    });
    const memory = {
      lasting:
        "[How Kim wants to be answered]\nThe form your instructions set stands, whatever is said here.\n- x\n\n[What you know about Kim]\n1. x",
      passing:
        "[How Kim wants to be answered]\nThe form your instructions set stands, whatever is said here.\n- x",
    };
    const { tokens } = buildPrompt(
      input({ group: true, memory, question: named, tools: reading ? [reading] : [] }),
      bounds,
      count,
    );
    const own = count(persona.instructions) + count("Hi") + count("x") * 2;
    expect(tokens - own).toBeGreaterThan(0);
    expect(tokens - own).toBeLessThanOrEqual(300);
  });

  test("drops whole turns, never the half of a tool exchange, and never an example", () => {
    const exchange = (index: number): StoredTurn =>
      turn(
        String(index),
        user(`question ${index} ${"word ".repeat(100)}`),
        { role: "assistant", parts: [{ type: "tool-call", id: `c${index}`, name: "ocr", arguments: "{}" }] },
        {
          role: "tool",
          parts: [{ type: "tool-result", id: `c${index}`, name: "ocr", text: "read", failed: false }],
        },
        assistant("done"),
      );
    const turns = Array.from({ length: 9 }, (_, index) => exchange(index));
    const examples = [user("e? ".repeat(200)), assistant("e!")];
    const tight = { ...bounds, historyTokens: 500 };
    const { request, dropped, cutAfter } = buildPrompt(input({ turns, examples }), tight, count);
    const kept = turns.slice(dropped);
    expect(dropped).toBeGreaterThan(0);
    expect(cutAfter).toBe(turns[dropped - 1]?.id);
    expect(request.messages.slice(0, 2)).toEqual(examples);
    expect(request.messages.slice(2, -1)).toEqual(kept.flatMap(({ messages }) => messages));
    const ids = (type: "tool-call" | "tool-result") =>
      request.messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === type ? [part.id] : [])));
    expect(ids("tool-call")).toEqual(ids("tool-result"));
    expect(kept.length).toBeGreaterThan(0);
  });

  test("leaves room for the answer and says when what must be sent does not fit", () => {
    const small = { window: 3_000, maxOutputTokens: 1_000, historyTokens: 10_000 };
    const turns = Array.from({ length: 30 }, (_, index) =>
      turn(String(index), user("word ".repeat(100)), assistant("ok")),
    );
    const { tokens, fits } = buildPrompt(input({ turns }), small, count);
    expect(fits).toBe(true);
    expect(tokens).toBeLessThanOrEqual(2_000);
    const long = composeQuestion({ text: "word ".repeat(2_500), images: [], materials: [] });
    expect(buildPrompt(input({ question: long }), small, count).fits).toBe(false);
  });
});
