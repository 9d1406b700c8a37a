import type { FoundSource, Message, ThinkingPart, ToolCallPart } from "../message.ts";

/** How hard a model should think before it answers; each provider maps it to its vendor's own control. */
export type ThinkingEffort = "off" | "low" | "medium" | "high" | "max";

/** What a model is told about a tool. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** One call of a model, in the vendor-neutral form. */
export interface ModelRequest {
  /** The vendor's own name of the model. */
  readonly model: string;
  readonly instructions: string;
  /** Examples first, then history, then the new message; alternating as a conversation does. */
  readonly messages: readonly Message[];
  /** How many of the first `messages` never change between turns (the examples); vendors cache up to there. */
  readonly stableMessages: number;
  /** How many of the first `messages` the next turn begins with as well: examples, then history. Default: `stableMessages`. */
  readonly lastingMessages?: number;
  readonly tools: readonly ToolSpec[];
  /** Whether it may, or must, search the web by the vendor's own search; who has none leaves it out. */
  readonly webSearch?: boolean | "required";
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly thinking?: ThinkingEffort;
}

/** Tokens as the vendor counted them. */
export interface Usage {
  /** All input, cached or not. */
  readonly inputTokens: number;
  /** The part of the input read from the vendor's cache. */
  readonly cachedTokens: number;
  /** The part of the input written to the vendor's cache. */
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` that is kept for an hour rather than minutes, which costs more. */
  readonly cacheWriteHourTokens?: number;
  /** All output, thinking included. */
  readonly outputTokens: number;
  readonly thinkingTokens: number;
  /** How often the vendor's own search was used, as far as it is paid for. */
  readonly searches?: number;
  /** What the vendor says that the call cost in all, in US dollars, where it says so. */
  readonly costUsd?: number;
}

/** Why a model stopped: it was done, wants its tool calls answered, ran out of output tokens, or declined. */
export type StopReason = "end" | "tools" | "length" | "refused";

/** What happens while a model answers, in order; `stop` comes last and exactly once. */
export type StreamEvent =
  | { readonly type: "text"; readonly text: string }
  /** A piece of reasoning to show; the finished block follows as `thought`. */
  | { readonly type: "thinking"; readonly text: string }
  | { readonly type: "thought"; readonly part: ThinkingPart }
  | { readonly type: "tool-call"; readonly call: ToolCallPart }
  /** `endsHere`: what was said just before rests on it. */
  | { readonly type: "source"; readonly found: Omit<FoundSource, "at">; readonly endsHere?: true }
  /** The call's usage so far; a later one replaces it. */
  | { readonly type: "usage"; readonly usage: Usage }
  | { readonly type: "stop"; readonly reason: StopReason };

/**
 * What is heard of a model beside its events: it is at something that may take long and show nothing (a thought, a
 * search); it writes what comes whole at the end (a tool call); or no more than that the connection lives.
 */
export type Sign = "thinks" | "writes" | "lives";

/** One model vendor. */
export interface Provider {
  /** The id of its entry in the configuration, e.g. `openai`: the part before the slash of `openai/gpt-6.1-sol`. */
  readonly id: string;
  /** Who may read this provider's `ThinkingPart.replay`; providers of one vendor and API share it. */
  readonly vendor: string;
  /**
   * Calls the model once. Ends after `stop`, or throws: ProviderError for what the vendor or the network did,
   * the signal's reason when aborted. Never retries: that is failover's decision. Calls `heard` for signs of life that are
   * no events.
   */
  stream(
    request: ModelRequest,
    signal: AbortSignal,
    heard?: (sign: Sign) => void,
  ): AsyncIterable<StreamEvent>;
  /** Whether its signs tell that a model thinks, however little of it is shown. */
  readonly tellsOfThinking?: boolean;
  /** What `stream` would send for this request, without keys: the very body that the vendor's API gets. */
  body(request: ModelRequest, signal: AbortSignal): Promise<object>;
  /** Whether a model can search the web by a search of the vendor's own; `always` where that is what it is for. */
  searches?(model: string): boolean | "always";
  /** The vendor's own count of the request's input tokens, where asking is free of charge. */
  countTokens?(request: ModelRequest, signal: AbortSignal): Promise<number>;
  /** Names of the models the vendor offers; the cheapest call that proves address and key. Throws ProviderError. */
  listModels?(signal: AbortSignal): Promise<readonly string[]>;
}

/** Sorted by what one can do: wait, try elsewhere, fix the key, fix the name, shorten, rephrase, ask another, check the network, report. */
export type ProviderFailure =
  | "rate-limit"
  | "overloaded"
  | "auth"
  | "no-model"
  | "too-long"
  | "refused"
  /** Something in this very request is not let through, or nobody behind the address can deal with it. */
  | "unfit"
  | "unreachable"
  | "unknown";

/** What went wrong at a vendor. The message is for the log; it never holds a key. */
export class ProviderError extends Error {
  readonly kind: ProviderFailure;
  readonly provider: string;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;

  constructor(
    kind: ProviderFailure,
    details: { provider: string; message: string; cause?: unknown; retryAfterMs?: number; status?: number },
  ) {
    super(`[${details.provider}] ${details.message}`, { cause: details.cause });
    this.name = "ProviderError";
    this.kind = kind;
    this.provider = details.provider;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
  }
}
