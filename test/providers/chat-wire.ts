import { createOpenAiChat } from "../../src/providers/openai-chat.ts";
import { presets } from "../../src/providers/presets.ts";
import type { ModelRequest } from "../../src/providers/provider.ts";
import { ask, collect } from "../support/provider-contract.ts";
import { startSseServer } from "../support/sse-server.ts";

export const chunk = (delta: object, more: object = {}) => ({
  id: "c",
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});

export const finish = (reason = "stop", more: object = {}) => ({
  id: "c",
  choices: [{ index: 0, delta: {}, finish_reason: reason }],
  ...more,
});

/** A raw server, and Chat Completions vendors by their presets that talk to it. */
export async function startChatWire() {
  const server = await startSseServer();
  const never = new AbortController().signal;

  function vendor(id: string) {
    const quirks = presets[id]?.quirks;
    return createOpenAiChat({ id, apiKey: "key-12345678", baseUrl: server.url, ...(quirks && { quirks }) });
  }

  /** What the vendor's provider makes of these chunks. */
  async function stream(id: string, events: readonly object[], request: ModelRequest = ask("m", "Hi")) {
    server.enqueue({ events: [...events, "data: [DONE]\n\n"] });
    return collect((await vendor(id)).stream(request, never));
  }

  /** The body that the vendor's provider sends. */
  async function sentBody(id: string, request: ModelRequest): Promise<Readonly<Record<string, unknown>>> {
    await stream(id, [chunk({ content: "ok" }), finish()], request);
    return server.requests().at(-1)?.body ?? {};
  }

  return { server, vendor, stream, sentBody, never };
}
