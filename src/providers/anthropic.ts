import { createAnthropicClient } from "./anthropic-client.ts";
import type {
  AnthropicClient,
  MessageEvent,
  MessageParams,
  ModelInfo,
  VendorStopReason,
} from "./anthropic-client.ts";
import { promptParams, thoughtsComplete } from "./anthropic-request.ts";
import { thinkingParams } from "./anthropic-thinking.ts";
import { brokenOff } from "./errors.ts";
import {
  type ModelRequest,
  type Provider,
  ProviderError,
  type StopReason,
  type StreamEvent,
  type Usage,
} from "./provider.ts";

export interface AnthropicOptions {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Default: the id. */
  readonly vendor?: string;
}

/** The API demands a limit; this is the answer's where the request has none, in tokens. */
const defaultAnswerTokens = 8_192;

/** Anthropic by its Messages API. Sends no temperature: current models refuse one. */
export async function createAnthropic(options: AnthropicOptions): Promise<Provider> {
  const { id, apiKey, baseUrl = "https://api.anthropic.com", vendor = id } = options;
  const client = await createAnthropicClient({ id, apiKey, baseUrl });
  const describe = rememberModels(client);

  async function messageParams(request: ModelRequest, signal: AbortSignal): Promise<MessageParams> {
    const {
      model,
      messages,
      thinking: effort,
      maxOutputTokens: answerTokens = defaultAnswerTokens,
    } = request;
    return {
      ...promptParams(request),
      ...thinkingParams({
        effort,
        answerTokens,
        model: effort && (await describe(model, signal)),
        thoughtsComplete: thoughtsComplete(messages),
      }),
      stream: true,
    };
  }

  return {
    id,
    vendor,
    async *stream(request, signal, heard) {
      const answer = createAnswer(vendor);
      for await (const event of client.stream(await messageParams(request, signal), signal, heard)) {
        yield* answer.read(event);
        if (event.type === "message_stop") return;
      }
      throw brokenOff(id);
    },
    searches: () => true,
    body: messageParams,
    countTokens: (request, signal) => client.countTokens(promptParams(request), signal),
    listModels: (signal) => client.listModels(signal),
  };
}

/** Asks the vendor once per model; a gateway that doesn't tell is asked once too. */
function rememberModels(client: AnthropicClient) {
  const known = new Map<string, ModelInfo | undefined>();
  return async (model: string, signal: AbortSignal): Promise<ModelInfo | undefined> => {
    if (known.has(model)) return known.get(model);
    try {
      const info = await client.describeModel(model, AbortSignal.any([signal, AbortSignal.timeout(5_000)]));
      known.set(model, info);
      return info;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderError && error.kind === "no-model") known.set(model, undefined);
      return undefined;
    }
  };
}

type GrowingBlock =
  | { readonly type: "thinking"; thinking: string; signature: string }
  | { readonly type: "tool"; readonly id: string; readonly name: string; json: string };

/** Turns the events of one answer into ours. Blocks follow each other, so that one at a time is kept. */
function createAnswer(vendor: string) {
  let block: GrowingBlock | undefined;
  let usage: Usage = {
    inputTokens: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    thinkingTokens: 0,
  };
  let stopped: VendorStopReason | null = null;

  function* start(event: Extract<MessageEvent, { type: "content_block_start" }>): Generator<StreamEvent> {
    const { content_block: opened } = event;
    if (opened.type === "thinking") block = { type: "thinking", thinking: "", signature: "" };
    if (opened.type === "tool_use") block = { type: "tool", id: opened.id, name: opened.name, json: "" };
    if (opened.type === "redacted_thinking") {
      const data = { type: opened.type, data: opened.data };
      yield { type: "thought", part: { type: "thinking", text: "", replay: { vendor, data } } };
    }
  }

  function* grow({ delta }: Extract<MessageEvent, { type: "content_block_delta" }>): Generator<StreamEvent> {
    if (delta.type === "text_delta") yield { type: "text", text: delta.text };
    if (delta.type === "citations_delta" && delta.citation.type === "web_search_result_location") {
      const { url, title } = delta.citation;
      yield { type: "source", source: { url, ...(title && { title }) } };
    }
    if (block?.type === "tool" && delta.type === "input_json_delta") block.json += delta.partial_json;
    if (block?.type === "thinking" && delta.type === "signature_delta") block.signature += delta.signature;
    if (block?.type === "thinking" && delta.type === "thinking_delta") {
      block.thinking += delta.thinking;
      if (delta.thinking) yield { type: "thinking", text: delta.thinking };
    }
  }

  function* finish(): Generator<StreamEvent> {
    if (block?.type === "thinking") {
      const { type, thinking, signature } = block;
      const data = { type, thinking, signature };
      yield { type: "thought", part: { type, text: thinking, replay: { vendor, data } } };
    }
    // A call whose arguments were cut off by the output limit can't be run.
    if (block?.type === "tool" && isWhole(block.json)) {
      const { id, name, json } = block;
      yield { type: "tool-call", call: { type: "tool-call", id, name, arguments: json || "{}" } };
    }
    block = undefined;
  }

  return {
    *read(event: MessageEvent): Generator<StreamEvent> {
      if (event.type === "content_block_start") yield* start(event);
      if (event.type === "content_block_delta") yield* grow(event);
      if (event.type === "content_block_stop") yield* finish();
      if (event.type === "message_start" || event.type === "message_delta") {
        usage = usageOf(event.type === "message_start" ? event.message.usage : event.usage, usage);
        yield { type: "usage", usage };
      }
      if (event.type === "message_delta") stopped = event.delta.stop_reason;
      if (event.type === "message_stop") yield { type: "stop", reason: stopReason(stopped) };
    },
  };
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json || "{}");
    return true;
  } catch {
    return false;
  }
}

function stopReason(reason: VendorStopReason | null): StopReason {
  if (reason === "tool_use") return "tools";
  if (reason === "refusal") return "refused";
  return reason === "max_tokens" || reason === "model_context_window_exceeded" ? "length" : "end";
}

interface VendorUsage {
  readonly input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
  readonly cache_creation: { readonly ephemeral_1h_input_tokens: number } | null;
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly thinking_tokens: number } | null;
}

/** The vendor's `input_tokens` leave the cached ones out; later counts are cumulative, and may leave parts out. */
function usageOf(counted: Partial<VendorUsage>, before: Usage): Usage {
  const cachedTokens = counted.cache_read_input_tokens ?? before.cachedTokens;
  const cacheWriteTokens = counted.cache_creation_input_tokens ?? before.cacheWriteTokens;
  const hour = counted.cache_creation?.ephemeral_1h_input_tokens ?? before.cacheWriteHourTokens ?? 0;
  const plain = counted.input_tokens ?? before.inputTokens - before.cachedTokens - before.cacheWriteTokens;
  return {
    inputTokens: plain + cachedTokens + cacheWriteTokens,
    cachedTokens,
    cacheWriteTokens,
    ...(hour > 0 && { cacheWriteHourTokens: hour }),
    outputTokens: counted.output_tokens ?? before.outputTokens,
    thinkingTokens: counted.output_tokens_details?.thinking_tokens ?? before.thinkingTokens,
  };
}
