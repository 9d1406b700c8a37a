import { hash } from "node:crypto";
import { brokenOff, vendorError } from "./errors.ts";
import { joined } from "./joined.ts";
import { createOpenAiClient } from "./openai-client.ts";
import type { Response, ResponseParams, ResponseStreamEvent, ResponseUsage } from "./openai-client.ts";
import { hasPhases, reasoningEffort, reasons } from "./openai-models.ts";
import type { ModelRequest, Provider, StopReason, StreamEvent, Usage } from "./provider.ts";
import { inputItems } from "./responses-input.ts";
import { thinkingRoom } from "./thinking.ts";

export interface OpenAiResponsesOptions {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Default: the id. */
  readonly vendor?: string;
}

/** OpenAI by its Responses API, keeping nothing at OpenAI: encrypted reasoning travels in the transcript instead. */
export async function createOpenAiResponses(options: OpenAiResponsesOptions): Promise<Provider> {
  const { id, apiKey, baseUrl = "https://api.openai.com/v1", vendor = id } = options;
  const client = await createOpenAiClient({ id, apiKey, baseUrl, isOpenAi: true });
  // Others that speak this API may refuse what they don't know.
  const isOpenAi = new URL(baseUrl).hostname === "api.openai.com";
  return {
    id,
    vendor,
    searches: () => isOpenAi,
    async *stream(request, signal, heard) {
      const state: State = { called: false, refused: false };
      const context = { id, vendor, state };
      for await (const events of client.streamResponse(responseParams(request, isOpenAi), signal, heard)) {
        yield* joined(events, (event) => translate(event, context));
        // What follows a response's end is of no use, and some servers then keep the socket open.
        if (state.ended) return;
      }
      throw brokenOff(id);
    },
    body: async (request) => responseParams(request, isOpenAi),
    listModels: (signal) => client.listModels(signal),
  };
}

function responseParams(request: ModelRequest, isOpenAi: boolean): ResponseParams {
  const { model, thinking, maxOutputTokens, temperature } = request;
  const thinks = reasons(model);
  return {
    model,
    stream: true,
    store: false,
    input: request.messages.flatMap((message) =>
      inputItems(message, { thinks, hasPhases: hasPhases(model) }),
    ),
    ...(isOpenAi && { prompt_cache_key: cacheKey(request) }),
    ...(request.instructions && { instructions: request.instructions }),
    ...toolParams(request, isOpenAi),
    ...(maxOutputTokens !== undefined && {
      max_output_tokens: maxOutputTokens + (thinks ? thinkingRoom(thinking) : 0),
    }),
    ...(temperature !== undefined && !thinks && { temperature }),
    ...(thinks && { include: ["reasoning.encrypted_content" as const] }),
    // A summary is asked for only with an effort: accounts that are not verified are refused one.
    ...(thinks &&
      thinking !== undefined && {
        reasoning: {
          effort: reasoningEffort(model, thinking),
          ...(thinking !== "off" && { summary: "auto" as const }),
        },
      }),
  };
}

/** OpenAI's own search is a tool beside ours, which it runs by itself. */
function toolParams({ tools, webSearch }: ModelRequest, isOpenAi: boolean): Pick<ResponseParams, "tools"> {
  const all: NonNullable<ResponseParams["tools"]> = tools.map(({ name, description, inputSchema }) => ({
    type: "function" as const,
    name,
    description,
    parameters: { ...inputSchema },
    strict: false,
  }));
  if (webSearch && isOpenAi) all.push({ type: "web_search" });
  return all.length > 0 ? { tools: all } : {};
}

/**
 * Sends the requests of one conversation to where its beginning is cached, also when many share the persona's. Made of
 * what the vendor gets anyway, so that it tells nothing about who asks or where.
 */
function cacheKey({ instructions, messages, stableMessages }: ModelRequest): string {
  const texts = messages[stableMessages]?.parts.map((part) => (part.type === "text" ? part.text : ""));
  return hash("sha256", JSON.stringify([instructions, texts]), "hex").slice(0, 32);
}

interface State {
  called: boolean;
  refused: boolean;
  ended?: true;
}

interface Context {
  readonly id: string;
  readonly vendor: string;
  readonly state: State;
}

function* translate(event: ResponseStreamEvent, context: Context): Generator<StreamEvent> {
  const { state } = context;
  if (state.ended) return;
  switch (event.type) {
    case "response.output_text.delta":
      yield { type: "text", text: event.delta };
      return;
    case "response.refusal.delta":
      state.refused = true;
      yield { type: "text", text: event.delta };
      return;
    case "response.reasoning_summary_part.added":
      if (event.summary_index > 0) yield { type: "thinking", text: "\n\n" };
      return;
    case "response.reasoning_summary_text.delta":
    case "response.reasoning_text.delta":
      yield { type: "thinking", text: event.delta };
      return;
    case "response.output_item.done":
      yield* finishedItem(event.item, context);
      return;
    case "response.output_text.annotation.added":
      yield* sourceIn(event.annotation);
      return;
    default:
      yield* ending(event, context);
  }
}

function* ending(event: ResponseStreamEvent, { id, state }: Context): Generator<StreamEvent> {
  switch (event.type) {
    case "response.completed":
    case "response.incomplete":
      state.ended = true;
      if (event.response.usage) yield { type: "usage", usage: usageOf(event.response.usage) };
      yield { type: "stop", reason: stopReason(event.response, state) };
      return;
    case "response.failed": {
      const { code, message = "the response failed" } = event.response.error ?? {};
      throw vendorError(id, { code, message });
    }
    case "error":
      throw vendorError(id, { code: event.code ?? undefined, message: event.message });
    default:
  }
}

type OutputItem = Response["output"][number];

function* finishedItem(item: OutputItem, { vendor, state }: Context): Generator<StreamEvent> {
  if (item.type === "function_call") {
    // A call that was cut off by the output limit can't be run.
    if (item.status === "incomplete") return;
    state.called = true;
    yield {
      type: "tool-call",
      call: { type: "tool-call", id: item.call_id, name: item.name, arguments: item.arguments },
    };
  }
  if (item.type === "reasoning") {
    const written = item.summary.length > 0 ? item.summary : (item.content ?? []);
    const text = written.map((part) => part.text).join("\n\n");
    const { type, id, summary, encrypted_content } = item;
    if (encrypted_content) {
      const replay = { vendor, data: { type, id, summary, encrypted_content } };
      yield { type: "thought", part: { type: "thinking", text, replay } };
    } else if (text) {
      yield { type: "thought", part: { type: "thinking", text } };
    }
  }
}

function* sourceIn(annotation: unknown): Generator<StreamEvent> {
  const { type, url, title } = annotation as { type?: unknown; url?: unknown; title?: unknown };
  if (type !== "url_citation" || typeof url !== "string") return;
  yield { type: "source", source: { url, ...(typeof title === "string" && { title }) } };
}

function stopReason(response: Response, state: State): StopReason {
  if (response.incomplete_details?.reason === "content_filter" || state.refused) return "refused";
  if (response.status === "incomplete") return "length";
  return state.called ? "tools" : "end";
}

/** Compatible servers leave details out. */
function usageOf(usage: Partial<ResponseUsage>): Usage {
  return {
    inputTokens: usage.input_tokens ?? 0,
    cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    cacheWriteTokens: usage.input_tokens_details?.cache_write_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
    thinkingTokens: usage.output_tokens_details?.reasoning_tokens ?? 0,
  };
}
