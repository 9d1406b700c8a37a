import { afterAll, beforeAll, expect, test } from "vitest";
import { createAnthropic } from "../../src/providers/anthropic.ts";
import { createOpenAiChat } from "../../src/providers/openai-chat.ts";
import { createOpenAiResponses } from "../../src/providers/openai-responses.ts";
import { ask, collect, textOf } from "../support/provider-contract.ts";
import { startSseServer, type SseServer } from "../support/sse-server.ts";
import { chunk, finish } from "./chat-wire.ts";
import { claudeBegins, claudeSays } from "./vendors.ts";

/** What can be told of a model that thinks in silence: by what vendors really send meanwhile. */

let server: SseServer;
beforeAll(async () => {
  server = await startSseServer();
});
afterAll(() => server.stop());

const apiKey = "key-12345678";
const beat = { type: "keepalive", sequence_number: 3 };
const item = { type: "reasoning", id: "rs_1", summary: [] };

test.each([
  {
    who: "Anthropic",
    open: () => createAnthropic({ id: "a", apiKey, baseUrl: server.url }),
    before: [claudeBegins, 50, { type: "ping" }],
    thinking: { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
    meanwhile: { type: "ping" },
    after: (claudeSays("Hi.").events ?? []).slice(1),
  },
  {
    who: "OpenAI",
    open: () => createOpenAiResponses({ id: "o", apiKey, baseUrl: server.url }),
    before: [{ type: "response.created" }, { type: "response.in_progress" }, 50, beat],
    thinking: { type: "response.output_item.added", output_index: 0, item },
    meanwhile: beat,
    after: [
      { type: "response.output_text.delta", delta: "Hi." },
      { type: "response.completed", response: { status: "completed", output: [] } },
    ],
  },
  {
    who: "a gateway that passes on what is encrypted",
    open: () => createOpenAiChat({ id: "c", apiKey, baseUrl: server.url }),
    before: [": PROCESSING\n\n"],
    thinking: chunk({ reasoning_details: [{ type: "reasoning.encrypted", data: "c2VjcmV0", index: 0 }] }),
    meanwhile: ": PROCESSING\n\n",
    after: [chunk({ content: "Hi." }), finish()],
  },
])("$who: a heartbeat says no more than that it lives, a thought that it thinks", async (vendor) => {
  const { open, before, thinking, meanwhile, after } = vendor;
  server.enqueue({ named: true, events: [...before, 50, thinking, 50, meanwhile, 50, ...after] });
  const heard: string[] = [];
  const answered = (await open()).stream(ask("m", "Hi"), new AbortController().signal, (sign) =>
    heard.push(sign),
  );
  expect(textOf((await collect(answered)).events)).toBe("Hi.");
  expect(heard.join(" ")).toMatch(/^(?:lives )+thinks (?:lives )+writes/u);
});
