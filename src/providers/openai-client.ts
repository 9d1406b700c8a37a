import type { EventSourceMessage } from "eventsource-parser";
import type OpenAI from "openai";
import { unreachable, vendorError } from "./errors.ts";
import { createEventReader } from "./event-stream.ts";
import { receive } from "./receive.ts";

/** The one place that names the `openai` package: its client, its errors, and the types the two providers need. */

export type ResponseParams = OpenAI.Responses.ResponseCreateParamsStreaming;
export type ResponseInputContent = OpenAI.Responses.ResponseInputContent;
export type ResponseInputItem = OpenAI.Responses.ResponseInputItem;
export type ResponseStreamEvent = OpenAI.Responses.ResponseStreamEvent;
export type ResponseUsage = OpenAI.Responses.ResponseUsage;
export type Response = OpenAI.Responses.Response;
export type ChatParams = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
export type ChatMessage = OpenAI.Chat.ChatCompletionMessageParam;
export type EmbeddingParams = OpenAI.EmbeddingCreateParams;
export type ChatChunk = OpenAI.Chat.ChatCompletionChunk;
export type ReasoningEffort = OpenAI.ReasoningEffort;

export interface OpenAiClientOptions {
  /** The provider's id, for errors. */
  readonly id: string;
  /** May be empty for a server that asks for none. */
  readonly apiKey: string;
  readonly baseUrl: string;
  /** Whether it is OpenAI itself, which may be told the account's organization and project from the environment. */
  readonly isOpenAi: boolean;
}

/** Its streams give at once what came at once. */
export interface OpenAiClient {
  streamResponse(
    params: ResponseParams,
    signal: AbortSignal,
    heard?: () => void,
  ): AsyncIterable<readonly ResponseStreamEvent[]>;
  streamChat(
    params: ChatParams,
    signal: AbortSignal,
    heard?: () => void,
  ): AsyncIterable<readonly ChatChunk[]>;
  listModels(signal: AbortSignal): Promise<readonly string[]>;
  embed(params: EmbeddingParams, signal: AbortSignal): Promise<OpenAI.CreateEmbeddingResponse>;
}

/** Loads the SDK and makes a client that never retries, never logs, and throws ProviderError. */
export async function createOpenAiClient(options: OpenAiClientOptions): Promise<OpenAiClient> {
  const { default: OpenAI, APIConnectionError, APIError } = await import("openai");
  const { id, apiKey } = options;
  const sdk = new OpenAI({
    apiKey: apiKey || "none",
    baseURL: options.baseUrl,
    maxRetries: 0,
    logLevel: "off",
    fetch: fetchWithReadableErrors,
    ...(!options.isOpenAi && { organization: null, project: null }),
  });
  const translate = (error: unknown): Error => {
    if (error instanceof APIConnectionError)
      return unreachable(id, `no connection to ${sdk.baseURL}`, error.cause);
    if (!(error instanceof APIError)) return unreachable(id, "the answer broke off", error);
    const { code, type, message, headers } = error;
    return vendorError(
      id,
      { status: error.status ?? statusIn(code), code: textOf(code), type: textOf(type), message, headers },
      apiKey,
    );
  };
  /** The SDK's own reading of a stream hands on each token by itself, however many came at once. */
  const stream = async <Event>(opened: { asResponse(): Promise<globalThis.Response> }) =>
    openEvents<Event>(
      await opened.asResponse(),
      (error, headers) => new APIError(undefined, error, undefined, headers),
    );
  return {
    streamResponse: (params, signal, heard) => {
      const open = () => stream<ResponseStreamEvent>(sdk.responses.create(params, { signal }));
      return receive({ open, translate, heard }, signal);
    },
    streamChat: (params, signal, heard) => {
      const open = () => stream<ChatChunk>(sdk.chat.completions.create(params, { signal }));
      return receive({ open, translate, heard }, signal);
    },
    async listModels(signal) {
      const names: string[] = [];
      const open = async () => sdk.models.list({ signal });
      for await (const model of receive({ open, translate }, signal)) names.push(model.id);
      return names;
    },
    async embed(params, signal) {
      try {
        return await sdk.embeddings.create(params, { signal });
      } catch (error) {
        signal.throwIfAborted();
        throw translate(error);
      }
    },
  };
}

/** What came of a stream at once; `fail` makes the error of what the vendor calls one in it. */
function openEvents<Event>(
  { body, headers }: globalThis.Response,
  fail: (error: object, headers: Headers) => Error,
): AsyncIterable<readonly Event[]> & { readonly controller: { abort(): void } } {
  if (!body) throw new Error("an answer without a body");
  const pieces = body.getReader();

  /** True when it was the last. Throws what the vendor calls an error, after what came before it. */
  function* read(sent: readonly EventSourceMessage[]): Generator<readonly Event[], boolean> {
    const events: Event[] = [];
    let isLast = false;
    try {
      for (const { event: name, data } of sent) {
        isLast = data === "[DONE]";
        if (isLast) break;
        const event = JSON.parse(data) as Event & { readonly error?: object | null };
        if (name === "error" || event.error) throw fail(event.error ?? event, headers);
        events.push(event);
      }
    } catch (error) {
      if (events.length > 0) yield events;
      throw error;
    }
    if (events.length > 0) yield events;
    return isLast;
  }

  return {
    controller: { abort: () => void pieces.cancel().catch(() => undefined) },
    async *[Symbol.asyncIterator]() {
      const reader = createEventReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read())
        if (yield* read(reader.push(piece.value))) return;
      yield* read(reader.end());
    },
  };
}

/** OpenRouter reports an error inside a stream with an HTTP status as its code. */
function statusIn(code: unknown): number | undefined {
  const status = Number(code);
  return status >= 400 && status < 600 ? status : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The SDK reads an error's body only at `error`; compatible vendors put it elsewhere. */
async function fetchWithReadableErrors(
  url: string | URL | Request,
  init?: RequestInit,
): Promise<globalThis.Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const { status, statusText, headers } = response;
  const body = await response.text();
  return new globalThis.Response(errorBody(body), { status, statusText, headers });
}

function errorBody(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return body;
  }
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  if (typeof first !== "object" || first === null) return body;
  if ("error" in first && first.error) {
    return JSON.stringify({
      error: typeof first.error === "string" ? { message: first.error } : first.error,
    });
  }
  return JSON.stringify({ error: { ...first, message: "message" in first ? first.message : body } });
}
