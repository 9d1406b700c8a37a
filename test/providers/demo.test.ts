import { describe, expect, test } from "vitest";
import { createDemoProvider } from "../../src/providers/demo.ts";
import type { ModelRequest, StreamEvent } from "../../src/providers/provider.ts";

const base: ModelRequest = {
  model: "stand-in",
  instructions: "You make vocabulary cards.",
  messages: [
    { role: "user", parts: [{ type: "text", text: "저는 학교에 가요" }] },
    { role: "assistant", parts: [{ type: "text", text: "학교;school\n가다;to go" }] },
    { role: "user", parts: [{ type: "text", text: "비가 와요" }] },
    { role: "assistant", parts: [{ type: "text", text: "비;rain\n오다;to come" }] },
    { role: "user", parts: [{ type: "text", text: "earlier" }] },
    { role: "assistant", parts: [{ type: "text", text: "then" }] },
    { role: "user", parts: [{ type: "text", text: "동생이 학교에 가요" }] },
  ],
  stableMessages: 4,
  tools: [],
};
const ocr = { name: "ocr", description: "Reads pictures.", inputSchema: {} };
const picture = { type: "image", mimeType: "image/png", data: new Uint8Array(1) } as const;

async function run(request: ModelRequest): Promise<StreamEvent[]> {
  return Array.fromAsync(createDemoProvider().stream(request, new AbortController().signal));
}

const textOf = (events: readonly StreamEvent[]): string =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

describe("the demo", () => {
  test("says that it is no model, what would be sent, and how to set a key", async () => {
    const text = textOf(await run(base));
    expect(text).toContain("This is the demo, not a model.");
    expect(text).toContain("- examples, ");
    expect(text).toContain("2 exchanges");
    expect(text).toContain("- earlier, ");
    expect(text).toMatch(/your message, \d+: 동생이 학교에 가요/u);
    expect(text).toContain("OPENAI_API_KEY");
    expect(await run(base)).toEqual(await run(base));
  });

  test("shows the closest example, marked as such", async () => {
    const text = textOf(await run(base));
    expect(text).toMatch(
      /closest example\*\* \(\d+ % alike\), not an answer to you\n저는 학교에 가요\n> 학교;school\n> 가다;to go/u,
    );
    expect(text).not.toContain("비;rain");
  });

  test("names a far example without telling it at length", async () => {
    const asked = { role: "user", parts: [{ type: "text", text: "Completely different" }] } as const;
    const text = textOf(await run({ ...base, messages: [...base.messages.slice(0, 4), asked] }));
    expect(text).toMatch(/closest example\*\* \(0 % alike\), not an answer to you\n저는 학교에 가요\n\n/u);
    expect(text).not.toContain("학교;school");
  });

  test("reads a picture with the persona's tool, then shows its text", async () => {
    const asked = { role: "user", parts: [picture, { type: "text", text: "?" }] } as const;
    const first = await run({ ...base, messages: [asked], stableMessages: 0, tools: [ocr] });
    expect(first.map(({ type }) => type)).toEqual(["tool-call", "usage", "stop"]);
    const result = {
      type: "tool-result",
      id: "call_1",
      name: "ocr",
      text: "line 1\nline 2",
      failed: false,
    } as const;
    const call = { type: "tool-call", id: "call_1", name: "ocr", arguments: "{}" } as const;
    const second = await run({
      ...base,
      messages: [asked, { role: "assistant", parts: [call] }, { role: "tool", parts: [result] }],
      stableMessages: 0,
      tools: [ocr],
    });
    expect(textOf(second)).toContain("**Read in the picture**\n> line 1\n> line 2");
  });

  test("calls no tool that the persona does not have", async () => {
    const asked = { role: "user", parts: [picture] } as const;
    expect(textOf(await run({ ...base, messages: [asked], stableMessages: 0 }))).toContain("(picture)");
  });
});
