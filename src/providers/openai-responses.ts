import { brokenOff, vendorError } from "./errors.ts";
import { joined, tellSign } from "./joined.ts";
import { createOpenAiClient } from "./openai-client.ts";
import type { Response, ResponseStreamEvent } from "./openai-client.ts";
import type { Provider, Sign, StopReason, StreamEvent } from "./provider.ts";
import { responseParams } from "./responses-params.ts";
import { foundInAnnotation, foundInResults } from "./responses-sources.ts";
import { usageOf } from "./responses-usage.ts";

export interface OpenAiResponsesOptions {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Default: the id. */
  readonly vendor?: string;
  /** Whether models search the web on the vendor's side. Default: at the addresses of OpenAI and Perplexity. */
  readonly ownSearch?: boolean | undefined;
}

/** OpenAI, and who speaks as it does, by the Responses API, keeping nothing at OpenAI: encrypted reasoning travels in the transcript instead. */
export async function createOpenAiResponses(options: OpenAiResponsesOptions): Promise<Provider> {
  const { id, apiKey, baseUrl = "https://api.openai.com/v1", vendor = id } = options;
  const client = await createOpenAiClient({ id, apiKey, baseUrl, isOpenAi: true });
  const isOpenAi = new URL(baseUrl).hostname === "api.openai.com";
  const isPerplexity = vendor === "perplexity";
  const { ownSearch = isOpenAi || isPerplexity } = options;
  const dialect = { isOpenAi, isPerplexity, ownSearch };
  const by = isPerplexity ? "Perplexity" : "OpenAI";
  return {
    id,
    vendor,
    tellsOfThinking: true,
    searches: () => (ownSearch && isPerplexity ? "always" : ownSearch),
    async *stream(request, signal, heard) {
      const state: State = { called: false, refused: false, spoke: false, searches: 0 };
      const context = { id, vendor, by, state };
      for await (const events of client.streamResponse(responseParams(request, dialect), signal, heard)) {
        yield* joined(events, (event) => translate(event, context));
        tellSign(events, signOf, heard);
        // What follows a response's end is of no use, and some servers then keep the socket open.
        if (state.ended) return;
      }
      throw brokenOff(id);
    },
    body: async (request) => responseParams(request, dialect),
    listModels: (signal) => client.listModels(signal),
  };
}

/**
 * While it thinks or searches nothing but `keepalive` comes, for minutes where no summary is shown. Before that, they tell
 * only that it waits for its turn.
 */
function signOf(event: ResponseStreamEvent): Sign {
  const { type } = event;
  if (type === "response.output_item.added")
    return event.item.type === "message" || event.item.type === "function_call" ? "writes" : "thinks";
  if (type.startsWith("response.reasoning") || type.startsWith("response.web_search_call")) return "thinks";
  return type.endsWith(".delta") || type === "response.output_item.done" ? "writes" : "lives";
}

interface State {
  called: boolean;
  refused: boolean;
  /** Whether it said something. */
  spoke: boolean;
  /** Of the vendor's own searches, those that are charged. */
  searches: number;
  ended?: true;
}

interface Context {
  readonly id: string;
  readonly vendor: string;
  /** Whose search it is, for people. */
  readonly by: string;
  readonly state: State;
}

function* translate(event: ResponseStreamEvent, context: Context): Generator<StreamEvent> {
  const { state } = context;
  if (state.ended) return;
  switch (event.type) {
    case "response.output_item.added":
      // A remark before a search and the answer after it.
      if (event.item.type === "message" && state.spoke) yield { type: "text", text: "\n\n" };
      return;
    case "response.output_text.delta":
      state.spoke = true;
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
      yield* foundInAnnotation(event.annotation, context.by);
      return;
    default:
      yield* ending(event, context);
  }
}

function* ending(event: ResponseStreamEvent, { id, state }: Context): Generator<StreamEvent> {
  switch (event.type) {
    case "response.completed":
    case "response.incomplete":
      throwIfFailed(event.response, id);
      state.ended = true;
      if (event.response.usage) yield { type: "usage", usage: usageOf(event.response, state.searches) };
      yield { type: "stop", reason: stopReason(event.response, state) };
      return;
    case "response.failed":
      throwIfFailed({ ...event.response, status: "failed" }, id);
      return;
    case "error":
      throw vendorError(id, { code: event.code ?? undefined, message: event.message });
    default:
  }
}

/** Gateways may call one completed that is not. */
function throwIfFailed({ status, error }: Pick<Response, "status" | "error">, id: string): void {
  if (status === "cancelled") throw brokenOff(id);
  if (status !== "failed") return;
  const { code, message = "the response failed" } = error ?? {};
  throw vendorError(id, { code, message });
}

type OutputItem = Response["output"][number];

function* finishedItem(item: OutputItem, { vendor, by, state }: Context): Generator<StreamEvent> {
  // Perplexity's own, which the SDK's types don't know.
  yield* foundInResults(item, by);
  if (item.type === "web_search_call") {
    if (item.action.type === "search" && item.status === "completed") state.searches++;
    // What was thought before it is refused without it.
    const { type, id, status, action } = item;
    const replay = { vendor, data: { type, id, status, action } };
    yield { type: "thought", part: { type: "thinking", text: "", replay } };
  }
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

function stopReason(response: Response, state: State): StopReason {
  if (response.incomplete_details?.reason === "content_filter" || state.refused) return "refused";
  if (response.status === "incomplete") return "length";
  return state.called ? "tools" : "end";
}
