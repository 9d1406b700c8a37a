import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { decodeLine } from "../../adapters/terminal/decode.ts";
import { createTerminalAdapter } from "../../adapters/terminal/index.ts";
import { english } from "../../src/words/words.ts";
import { renderAnswer } from "../../adapters/terminal/render.ts";
import { createPrinter } from "../../adapters/terminal/stream.ts";
import { commands } from "../../src/commands/all.ts";
import type { Answer, Inbound, Receipt } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { call, say, stop, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

const seat = {
  author: { id: "terminal:kim", name: "kim" },
  thread: "terminal:kim:chat",
  commands: commands.map(({ name }) => name),
};
const answer = (change: Partial<Answer>): Answer => ({
  state: "growing",
  text: "",
  thinking: "",
  sources: [],
  notices: [],
  footer: "short",
  actions: [],
  ...change,
});
const receipt: Receipt = {
  model: "openai/gpt-6-luna",
  usage: { inputTokens: 120, cachedTokens: 100, cacheWriteTokens: 0, outputTokens: 30, thinkingTokens: 12 },
  costUsd: 0.000123,
  windowShare: 0.123,
  tools: ["ocr"],
  elapsedMs: 1_234,
};

describe("what is typed", () => {
  const decode = (line: string) => decodeLine(line, seat, [], "1");

  test.each([
    ["hello", { type: "inbound", inbound: { type: "message", text: "hello" } }],
    ["/persona tutor", { type: "inbound", inbound: { type: "command", name: "persona", argument: "tutor" } }],
    ["/new", { type: "inbound", inbound: { type: "command", name: "new", argument: "" } }],
    ["/undoo", { type: "inbound", inbound: { type: "command", name: "undoo", argument: "" } }],
    ["/tmp is full", { type: "inbound", inbound: { type: "message", text: "/tmp is full" } }],
    ["/etc/hosts is a file", { type: "inbound", inbound: { type: "message", text: "/etc/hosts is a file" } }],
    ["/image 'my pictures/a b.png'", { type: "attach", path: "my pictures/a b.png" }],
    [String.raw`/file my\ notes.md`, { type: "attach", path: "my notes.md" }],
    ["/quit", { type: "quit" }],
    ["  ", { type: "nothing" }],
  ])("%j", (line, expected) => {
    expect(decode(line)).toMatchObject(expected);
  });
});

describe("what is shown", () => {
  test("a receipt, short and full", () => {
    const tail = (footer: Answer["footer"]) => renderAnswer(answer({ state: "done", footer, receipt })).tail;
    expect(tail("off")).toEqual([]);
    expect(tail("short")).toEqual(["openai/gpt-6-luna · 120 in, 30 out · $0.00012"]);
    expect(tail("full")).toEqual([
      "openai/gpt-6-luna · 120 in, 30 out · $0.00012 · 83 % cached · 12 thinking · 12 % of the window · tools: ocr · 1.2 s",
    ]);
  });

  test("sources and notices stand under a finished answer", () => {
    const shown = renderAnswer(
      answer({
        state: "done",
        text: "x",
        sources: [{ url: "https://e.org", title: "E" }],
        notices: ["Trimmed."],
      }),
    );
    expect(shown.tail).toEqual(["[1] E: https://e.org", "Trimmed."]);
  });

  test("only new letters are printed, and a pipe gets the answer alone", () => {
    const written: string[] = [];
    const printer = createPrinter({ write: (each) => void written.push(each), interactive: false });
    printer.status("thinking");
    printer.begin(renderAnswer(answer({ text: "Hel", persona: { name: "Assistant" } })));
    printer.grow(renderAnswer(answer({ text: "Hello" })));
    printer.grow(renderAnswer(answer({ text: "Hello", state: "done" })));
    expect(written).toEqual(["Hel", "lo", "\n"]);
  });

  test("a progress line disappears when the answer begins", () => {
    const written: string[] = [];
    const printer = createPrinter({ write: (each) => void written.push(each), interactive: true });
    printer.status("reading the picture");
    printer.begin(renderAnswer(answer({ text: "Hi" })));
    expect(stripVTControlCharacters(written.join(""))).toBe("\rreading the picture…\rHi");
  });

  test("control characters of an answer are shown, not obeyed", () => {
    const written: string[] = [];
    const printer = createPrinter({ write: (each) => void written.push(each), interactive: false });
    printer.begin(renderAnswer(answer({ text: "a\u001B]0;owned\u0007b\tc", state: "done" })));
    expect(written.join("")).toBe("a\\x1b]0;owned\\x07b\tc\n");
  });
});

describe("the terminal", () => {
  async function talk(lines: string, scripts: Parameters<typeof testBot>[0]) {
    const { bot, model } = await testBot(scripts);
    const input = new PassThrough();
    const output = new PassThrough();
    const adapter = createTerminalAdapter({
      words: english,
      seat,
      input,
      output,
      interactive: false,
      attach: async (path) => {
        if (path === "none.png") throw new UserError("There is no file none.png.");
        return { name: path, mimeType: "text/plain", ref: path };
      },
      download: async () => Buffer.from("notes"),
    });
    const shown = text(output);
    await adapter.start((inbound: Inbound) => bot.receive(adapter, inbound));
    input.end(lines);
    await adapter.left;
    output.end();
    return { shown: await shown, model };
  }

  test("answers line after line and leaves at the end of the input", async () => {
    const { shown } = await talk("one\ntwo\n", {
      scripts: [
        [say("1"), usage(3, 1), stop()],
        [say("2"), usage(3, 1), stop()],
      ],
    });
    expect(shown).toBe(
      "1\nscripted/model · 3 in, 1 out · $0.0010\n2\nscripted/model · 3 in, 1 out · $0.0010\n",
    );
  });

  test("joins lines that end with a backslash", async () => {
    const { model } = await talk("one\\\ntwo\n", { scripts: [[say("ok"), stop()]] });
    expect(model.requests[0]?.messages.at(-1)?.parts).toEqual([{ type: "text", text: "one\ntwo" }]);
  });

  test("attaches files to the next message alone, and says when there is none", async () => {
    const { shown, model } = await talk("/file none.png\n/file a.md\nread\nagain\n/quit\n", {
      scripts: [
        [say("ok"), stop()],
        [say("ok"), stop()],
      ],
    });
    expect(shown).toContain("There is no file none.png.\na.md goes with your next message.\n");
    expect(JSON.stringify(model.requests[0]?.messages.at(-1))).toContain("[File 1 a.md]");
    expect(JSON.stringify(model.requests[1]?.messages.at(-1))).not.toContain("[File 1 a.md]");
  });

  test("carries out commands", async () => {
    const { shown } = await talk("/persona\n", {});
    expect(shown).toContain("- **assistant** (`assistant`), in use: The assistant.");
  });

  test("shows what a tool says through the model", async () => {
    const { shown } = await talk("hi\n", {
      scripts: [
        [say("Wait."), call("nothing", {}), stop("tools")],
        [say("Done."), stop()],
      ],
    });
    expect(shown).toContain("Wait.\n\nDone.\n");
  });
});
