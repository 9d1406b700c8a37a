import type Anthropic from "@anthropic-ai/sdk";
import type { APIError } from "@anthropic-ai/sdk";
import { type Complaint, stayHere, unreachable, vendorError } from "./errors.ts";
import { readEvents } from "./event-stream.ts";
import { receive } from "./receive.ts";

/** The one place that names the `@anthropic-ai/sdk` package: its client, its errors, and the types the provider needs. */

export type MessageParams = Anthropic.MessageCreateParamsStreaming;
export type CountParams = Anthropic.MessageCountTokensParams;
export type MessageParam = Anthropic.MessageParam;
export type ContentBlock = Anthropic.ContentBlockParam;
export type TextCitation = Anthropic.TextCitation;
export type Tool = Anthropic.Tool;
export type SearchTool = Anthropic.WebSearchTool20250305;
export type MessageEvent = Anthropic.RawMessageStreamEvent;
export type ModelInfo = Anthropic.ModelInfo;
export type VendorStopReason = Anthropic.StopReason;

export interface AnthropicClient {
  /** Gives at once what came at once; `heard` is called for whatever comes, pings as well. */
  stream(
    params: MessageParams,
    signal: AbortSignal,
    heard?: (sign: "lives") => void,
  ): AsyncIterable<readonly MessageEvent[]>;
  countTokens(params: CountParams, signal: AbortSignal): Promise<number>;
  listModels(signal: AbortSignal): Promise<readonly string[]>;
  /** What the vendor says of a model; throws ProviderError, `no-model` when it doesn't know it or doesn't tell. */
  describeModel(model: string, signal: AbortSignal): Promise<ModelInfo>;
}

/** Loads the SDK and makes a client that never retries, never logs, and throws ProviderError. */
export async function createAnthropicClient(options: {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl: string;
}): Promise<AnthropicClient> {
  const { default: Anthropic, APIConnectionError, APIError } = await import("@anthropic-ai/sdk");
  const { id, apiKey, baseUrl } = options;
  const sdk = new Anthropic({
    apiKey: apiKey || "none",
    // A token in the environment is for another program.
    authToken: null,
    baseURL: baseUrl,
    maxRetries: 0,
    fetchOptions: stayHere,
    logLevel: "off",
  });
  const translate = (error: unknown): Error => {
    if (error instanceof APIConnectionError)
      return unreachable(id, `no connection to ${sdk.baseURL}`, error.cause, apiKey);
    if (!(error instanceof APIError)) return unreachable(id, "the answer broke off", error, apiKey);
    return vendorError(id, complaintOf(error), apiKey);
  };
  async function call<Result>(open: () => PromiseLike<Result>, signal: AbortSignal): Promise<Result> {
    try {
      return await open();
    } catch (error) {
      signal.throwIfAborted();
      throw translate(error);
    }
  }
  return {
    stream(params, signal, heard) {
      // The SDK's own reading of a stream keeps pings to itself: while a model thinks, nothing else comes.
      const open = async () => {
        const response = await sdk.messages.create(params, { signal }).asResponse();
        return readEvents<MessageEvent>(response, {
          fail: (event) => new APIError(undefined, event, undefined, response.headers, typeOf(event)),
          heard,
        });
      };
      return receive({ open, translate }, signal);
    },
    countTokens: async (params, signal) =>
      (await call(() => sdk.messages.countTokens(params, { signal }), signal)).input_tokens,
    describeModel: (model, signal) => call(() => sdk.models.retrieve(model, {}, { signal }), signal),
    async listModels(signal) {
      const names: string[] = [];
      const open = async () => sdk.models.list({}, { signal });
      for await (const model of receive({ open, translate }, signal)) names.push(model.id);
      return names;
    },
  };
}

function complaintOf({ status, type, errorCode, apiMessage, message, error, headers }: APIError): Complaint {
  return {
    status,
    type: type ?? undefined,
    code: errorCode ?? undefined,
    message: apiMessage ? `${status ?? ""} ${apiMessage}`.trim() : message,
    isPage: typeof error !== "object",
    headers,
  };
}

/** What kind of error the vendor says that it is. */
function typeOf({ error }: { readonly error?: unknown }): Anthropic.ErrorType | undefined {
  return typeof error === "object" && error && "type" in error
    ? (error.type as Anthropic.ErrorType)
    : undefined;
}
