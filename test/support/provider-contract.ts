import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ImagePart, Message } from "../../src/message.ts";
import { createBreakers } from "../../src/providers/breaker.ts";
import { streamWithFailover } from "../../src/providers/failover.ts";
import {
  ProviderError,
  type ModelRequest,
  type Provider,
  type StreamEvent,
  type ToolSpec,
} from "../../src/providers/provider.ts";
import { startModelServer, type ModelServer } from "./model-server.ts";

export interface ProviderContract {
  readonly name: string;
  readonly model: string;
  /** The provider under test, talking to the server. */
  create(server: ModelServer, apiKey: string): Promise<Provider>;
  /** Usage in the vendor's own names: 120 tokens in, 34 out. */
  readonly usage: Readonly<Record<string, number>>;
}

const goodKey = "sk-test-0123456789abcdef";
const weather: ToolSpec = {
  name: "weather",
  description: "Tells the weather of a city.",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const pixel: ImagePart = {
  type: "image",
  mimeType: "image/png",
  data: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
};

/** A request with one question. */
export function ask(model: string, text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  const messages: Message[] = [{ role: "user", parts: [{ type: "text", text }] }];
  return { model, instructions: "Be brief.", messages, stableMessages: 0, tools: [], ...more };
}

/** All events of a stream, or what it threw with what came before. */
export async function collect(
  stream: AsyncIterable<StreamEvent>,
): Promise<{ readonly events: StreamEvent[]; readonly error?: unknown }> {
  const events: StreamEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    return { events, error };
  }
  return { events };
}

export function textOf(events: readonly StreamEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}

export function callsOf(events: readonly StreamEvent[]) {
  return events.flatMap((event) => (event.type === "tool-call" ? [event.call] : []));
}

/** Runs a call that must fail with a ProviderError, and gives it. */
export async function failureOf(stream: AsyncIterable<StreamEvent>): Promise<ProviderError> {
  const { error } = await collect(stream);
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
}

/** What every provider does, over real sockets with its real SDK. */
export function testProvider(contract: ProviderContract): void {
  const { name, model } = contract;
  const never = new AbortController().signal;

  describe(`${name} keeps the provider contract`, () => {
    let server: ModelServer;
    let provider: Provider;
    beforeAll(async () => {
      server = await startModelServer({ apiKeys: [goodKey], chunkSize: 5 });
      provider = await contract.create(server, goodKey);
    });
    beforeEach(() => server.mock.clearRequests());
    afterAll(() => server.stop());

    test("text arrives in pieces, whole and in order, and ends with one stop", async () => {
      const response = { content: "안녕하세요, this is a longer answer. 👋🏽" };
      server.mock.prependFixture({ match: { userMessage: "in pieces" }, response, latency: 5 });
      const { events, error } = await collect(provider.stream(ask(model, "in pieces"), never));
      expect(error).toBeUndefined();
      expect(textOf(events)).toBe("안녕하세요, this is a longer answer. 👋🏽");
      expect(events.filter(({ type }) => type === "text").length).toBeGreaterThan(2);
      expect(events.at(-1)).toEqual({ type: "stop", reason: "end" });
      expect(events.filter(({ type }) => type === "stop")).toHaveLength(1);
    });

    test("instructions, history and the question reach the model in order", async () => {
      const messages: Message[] = [
        { role: "user", parts: [{ type: "text", text: "one" }] },
        { role: "assistant", parts: [{ type: "text", text: "two" }] },
        { role: "user", parts: [{ type: "text", text: "three" }] },
      ];
      await collect(provider.stream(ask(model, "", { messages }), never));
      const sent = server.requests()[0]?.chat;
      expect(sent?.model).toBe(model);
      expect(sent?.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
      expect(JSON.stringify(sent?.messages)).toMatch(/Be brief\..*one.*two.*three/u);
    });

    test("a picture reaches the model as its bytes", async () => {
      const messages: Message[] = [{ role: "user", parts: [{ type: "text", text: "What is it?" }, pixel] }];
      const { error } = await collect(provider.stream(ask(model, "", { messages }), never));
      expect(error).toBeUndefined();
      expect(JSON.stringify(server.requests()[0]?.body)).toContain(
        Buffer.from(pixel.data).toString("base64"),
      );
    });

    test("a tool is offered, its call comes whole, and its result goes back", async () => {
      server.enqueue({ toolCalls: [{ name: "weather", arguments: '{"city":"Seoul"}' }] });
      const request = ask(model, "Weather?", { tools: [weather] });
      const { events } = await collect(provider.stream(request, never));
      expect(server.requests()[0]?.chat.tools?.[0]?.function).toMatchObject({
        name: "weather",
        parameters: weather.inputSchema,
      });
      const [call] = callsOf(events);
      expect(call).toMatchObject({ name: "weather", arguments: '{"city":"Seoul"}' });
      expect(events.at(-1)).toEqual({ type: "stop", reason: "tools" });

      const id = call?.id ?? "";
      const messages: Message[] = [
        ...request.messages,
        { role: "assistant", parts: call ? [call] : [] },
        { role: "tool", parts: [{ type: "tool-result", id, name: "weather", text: "sunny", failed: false }] },
      ];
      server.enqueue({ content: "It is sunny." });
      const second = await collect(provider.stream({ ...request, messages }, never));
      expect(textOf(second.events)).toBe("It is sunny.");
      const sent = server.requests()[1]?.chat.messages ?? [];
      expect(sent.at(-2)?.tool_calls?.[0]).toMatchObject({ id, function: { name: "weather" } });
      expect(sent.at(-1)).toMatchObject({ role: "tool", tool_call_id: id, content: "sunny" });
    });

    test("parallel calls keep their order and have different ids", async () => {
      server.enqueue({
        content: "Let me look.",
        toolCalls: [
          { name: "weather", arguments: '{"city":"Seoul"}' },
          { name: "weather", arguments: '{"city":"Busan"}' },
        ],
      });
      const { events } = await collect(provider.stream(ask(model, "Both?", { tools: [weather] }), never));
      const calls = callsOf(events);
      expect(calls.map((call) => call.arguments)).toEqual(['{"city":"Seoul"}', '{"city":"Busan"}']);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
      expect(textOf(events)).toBe("Let me look.");
      expect(events.at(-1)).toEqual({ type: "stop", reason: "tools" });
    });

    test("thinking is shown apart from the text and finished as one block", async () => {
      server.enqueue({ content: "42", reasoning: "Six times seven." });
      const { events } = await collect(provider.stream(ask(model, "6*7?", { thinking: "high" }), never));
      const shown = events.map((event) => (event.type === "thinking" ? event.text : "")).join("");
      const thoughts = events.flatMap((event) => (event.type === "thought" ? [event.part.text] : []));
      expect(shown).toBe("Six times seven.");
      expect(thoughts).toEqual(["Six times seven."]);
      expect(textOf(events)).toBe("42");
    });

    test("usage is counted in and out", async () => {
      server.enqueue({ content: "Yes.", usage: contract.usage });
      const { events } = await collect(provider.stream(ask(model, "Count"), never));
      const usage = events.findLast((event) => event.type === "usage")?.usage;
      expect(usage).toMatchObject({ inputTokens: 120, outputTokens: 34, cachedTokens: 0 });
    });

    test("running out of output tokens is told", async () => {
      server.enqueue({ content: "This is cut", finishReason: "length" });
      const { events } = await collect(provider.stream(ask(model, "Long", { maxOutputTokens: 3 }), never));
      expect(events.at(-1)).toEqual({ type: "stop", reason: "length" });
    });

    test("an abort in mid-stream rejects with its reason", async () => {
      server.mock.prependFixture({
        match: { userMessage: "slow" },
        response: { content: "word ".repeat(200) },
        latency: 20,
      });
      const stop = new AbortController();
      const reason = new Error("stopped by the person");
      const seen: string[] = [];
      const run = async () => {
        for await (const event of provider.stream(ask(model, "slow"), stop.signal)) {
          if (event.type === "text") seen.push(event.text);
          if (seen.length === 3) stop.abort(reason);
        }
      };
      await expect(run()).rejects.toBe(reason);
      expect(seen).toHaveLength(3);
    });

    test("an abort while the vendor still thinks rejects with its reason", async () => {
      const late = {
        match: { userMessage: "late" },
        response: { content: "Hi" },
        chaos: { latencyMs: 30_000 },
      };
      server.mock.prependFixture(late);
      const stop = new AbortController();
      const reason = new Error("stopped by the person");
      const run = collect(provider.stream(ask(model, "late"), stop.signal));
      setTimeout(() => stop.abort(reason), 100);
      expect((await run).error).toBe(reason);
    });

    test("an aborted signal asks nobody", async () => {
      const reason = new Error("too late");
      await expect(
        collect(provider.stream(ask(model, "Hi"), AbortSignal.abort(reason))),
      ).resolves.toMatchObject({ error: reason });
      expect(server.requests()).toHaveLength(0);
    });

    test("a rate limit says how long to wait, and is not retried", async () => {
      server.enqueue({
        error: { message: "Slow down.", type: "rate_limit_error" },
        status: 429,
        retryAfter: 7,
      });
      const error = await failureOf(provider.stream(ask(model, "Hi"), never));
      expect(error).toMatchObject({
        kind: "rate-limit",
        status: 429,
        retryAfterMs: 7000,
        provider: provider.id,
      });
      expect(error.message).toContain("Slow down.");
      expect(server.requests()).toHaveLength(1);
    });

    test.each([500, 503, 529])("status %i is the vendor's trouble, and is not retried", async (status) => {
      server.enqueue({ error: { message: "Trouble.", type: "api_error" }, status });
      expect(await failureOf(provider.stream(ask(model, "Hi"), never))).toMatchObject({
        kind: "overloaded",
        status,
      });
      expect(server.requests()).toHaveLength(1);
    });

    test("a request beyond the window is too long", async () => {
      server.enqueue({
        error: {
          message: "prompt is too long: 210000 tokens > 200000 maximum",
          type: "invalid_request_error",
        },
        status: 400,
      });
      expect(await failureOf(provider.stream(ask(model, "Hi"), never))).toMatchObject({
        kind: "too-long",
        status: 400,
      });
    });

    test("an unknown model is told apart", async () => {
      server.enqueue({
        error: { message: "model: nope-1", type: "not_found_error", code: "model_not_found" },
        status: 404,
      });
      expect(await failureOf(provider.stream(ask(model, "Hi"), never))).toMatchObject({ kind: "no-model" });
    });

    test("a wrong key is an auth failure that never shows the key", async () => {
      const badKey = "sk-wrong-fedcba9876543210";
      const stranger = await contract.create(server, badKey);
      const error = await failureOf(stranger.stream(ask(model, "Hi"), never));
      expect(error.kind).toBe("auth");
      server.enqueue({ error: { message: `Incorrect API key provided: ${goodKey}.` }, status: 401 });
      const quoted = await failureOf(provider.stream(ask(model, "Hi"), never));
      expect(quoted.kind).toBe("auth");
      for (const failure of [error, quoted]) {
        expect(JSON.stringify([failure.message, failure.stack, failure.cause])).not.toMatch(
          /0123456789abcdef|fedcba9876543210/u,
        );
      }
    });

    test("a stream that breaks off is unreachable, never a quiet end", async () => {
      server.mock.prependFixture({
        match: { userMessage: "break off" },
        response: { content: "word ".repeat(50) },
        truncateAfterChunks: 6,
        latency: 2,
      });
      const { events, error } = await collect(provider.stream(ask(model, "break off"), never));
      expect(error).toMatchObject({ name: "ProviderError", kind: "unreachable" });
      expect(events.some(({ type }) => type === "stop")).toBe(false);
    });

    test("an answer that breaks off is finished by asking again", async () => {
      server.mock.prependFixture({
        match: { userMessage: "finish it" },
        response: { content: "한국어 단어 ".repeat(50) },
        truncateAfterChunks: 15,
        latency: 2,
      });
      const said = (messages: readonly { role: string; content?: unknown }[]): string =>
        String(messages.findLast(({ role }) => role === "assistant")?.content);
      server.onMessage("The connection broke", ({ messages }) => ({
        content: `${said(messages).slice(-9)}끝.`,
      }));
      const options = { firstTokenMs: 5_000, idleMs: 5_000, breakers: createBreakers({ onChange() {} }) };
      const stream = streamWithFailover([{ provider, model }], ask("", "finish it"), options, never);
      const texts: string[] = [];
      for await (const event of stream) if (event.type === "text") texts.push(event.text);
      const sent = server.requests()[1]?.chat.messages ?? [];
      expect(sent.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
      expect(said(sent)).toMatch(/^한국어 /u);
      expect(texts.join("")).toBe(`${said(sent)}끝.`);
    });

    test("a server that isn't there is unreachable", async () => {
      const gone = await startModelServer();
      await gone.stop();
      const nowhere = await contract.create(gone, goodKey);
      expect(await failureOf(nowhere.stream(ask(model, "Hi"), never))).toMatchObject({ kind: "unreachable" });
    });

    test("its models can be listed", async () => {
      expect((await provider.listModels?.(never))?.length).toBeGreaterThan(0);
    });
  });
}
