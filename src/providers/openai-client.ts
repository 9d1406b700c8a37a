import type OpenAI from "openai";
import type { APIError } from "openai";
import { type Complaint, stayHere, unreachable, vendorError } from "./errors.ts";
import { readEvents } from "./event-stream.ts";
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

type Heard = (sign: "lives") => void;

/** Its streams give at once what came at once. */
export interface OpenAiClient {
  streamResponse(
    params: ResponseParams,
    signal: AbortSignal,
    heard?: Heard,
  ): AsyncIterable<readonly ResponseStreamEvent[]>;
  streamChat(params: ChatParams, signal: AbortSignal, heard?: Heard): AsyncIterable<readonly ChatChunk[]>;
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
    fetchOptions: stayHere,
    ...(!options.isOpenAi && { organization: null, project: null }),
  });
  const translate = (error: unknown): Error => {
    if (error instanceof APIConnectionError)
      return unreachable(id, `no connection to ${sdk.baseURL}`, error.cause, apiKey);
    if (!(error instanceof APIError)) return unreachable(id, "the answer broke off", error, apiKey);
    return vendorError(id, complaintOf(error), apiKey);
  };
  /** The SDK's own reading of a stream hands on each token by itself, however many came at once. */
  const stream = async <Event>(opened: { asResponse(): Promise<globalThis.Response> }, heard?: Heard) => {
    const response = await opened.asResponse();
    return readEvents<Event>(response, {
      fail: (event) => new APIError(undefined, failureIn(event), undefined, response.headers),
      heard,
    });
  };
  return {
    streamResponse: (params, signal, heard) => {
      const open = () => stream<ResponseStreamEvent>(sdk.responses.create(params, { signal }), heard);
      return receive({ open, translate }, signal);
    },
    streamChat: (params, signal, heard) => {
      const open = () => stream<ChatChunk>(sdk.chat.completions.create(params, { signal }), heard);
      return receive({ open, translate }, signal);
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

function complaintOf({ status, code, type, message, error, headers }: APIError): Complaint {
  return {
    status: status ?? statusIn(code),
    code: textOf(code),
    type: textOf(type),
    message,
    isPage: error === undefined,
    headers,
  };
}

/** Some have a text for it, or nothing around it. */
function failureIn(event: { readonly error?: unknown }): object {
  const { error = event } = event;
  return typeof error === "object" && error !== null ? error : { message: String(error) };
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
