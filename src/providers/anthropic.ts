import { createAnswer, stopReason } from "./anthropic-answer.ts";
import { createAnthropicClient } from "./anthropic-client.ts";
import type { AnthropicClient, MessageEvent, MessageParams, ModelInfo } from "./anthropic-client.ts";
import { promptParams, thoughtsComplete } from "./anthropic-request.ts";
import { thinkingParams } from "./anthropic-thinking.ts";
import { brokenOff, gaveUp } from "./errors.ts";
import { joined, tellSign } from "./joined.ts";
import { type ModelRequest, type Provider, ProviderError, type Sign } from "./provider.ts";
import { untilWhole } from "./until-whole.ts";

export interface AnthropicOptions {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Default: the id. */
  readonly vendor?: string;
  /** Whether models search the web on the vendor's side. Default: at the vendor's own address. */
  readonly ownSearch?: boolean | undefined;
}

/** How often an answer that paused is gone on with: each time is a whole call. */
const mostPauses = 5;

/** The API demands a limit; this is the answer's where the request has none, in tokens. */
const defaultAnswerTokens = 8_192;

/** Anthropic by its Messages API. Sends no temperature: current models refuse one. */
export async function createAnthropic(options: AnthropicOptions): Promise<Provider> {
  const { id, apiKey, baseUrl = "https://api.anthropic.com", vendor = id } = options;
  const { ownSearch = new URL(baseUrl).hostname === "api.anthropic.com" } = options;
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
      ...promptParams(request, ownSearch),
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
    tellsOfThinking: true,
    async *stream(request, signal, heard) {
      const answer = createAnswer(vendor);
      const params = await messageParams(request, signal);
      const messages = [...params.messages];
      for (let pauses = 0; ; pauses++) {
        const isWhole = (): boolean => answer.stopped !== null;
        const open = (until: AbortSignal) => client.stream({ ...params, messages }, until, heard);
        for await (const events of untilWhole(open, isWhole, signal)) {
          yield* joined(events, (event) => answer.read(event));
          tellSign(events, signOf, heard);
          if (events.some(({ type }) => type === "message_stop")) break;
        }
        const { stopped } = answer;
        if (stopped === null || gaveUp.has(stopped)) throw brokenOff(id);
        if (stopped !== "pause_turn" || pauses === mostPauses)
          return yield { type: "stop", reason: stopReason(stopped) };
        messages.push({ role: "assistant", content: [...answer.goOn()] });
      }
    },
    searches: () => ownSearch,
    body: messageParams,
    countTokens: (request, signal) => client.countTokens(promptParams(request, ownSearch), signal),
    listModels: (signal) => client.listModels(signal),
  };
}

/** While it thinks or searches there may be nothing but pings for minutes. */
function signOf(event: MessageEvent): Sign {
  if (event.type === "content_block_start")
    return event.content_block.type === "text" || event.content_block.type === "tool_use"
      ? "writes"
      : "thinks";
  if (event.type === "content_block_delta")
    return event.delta.type === "thinking_delta" ? "thinks" : "writes";
  return event.type === "content_block_stop" ? "writes" : "lives";
}

/** How long who failed to tell of a model is not asked again, in milliseconds: a gateway may let every question wait. */
const failureKeptMs = 60_000;

/** Asks the vendor once per model; a gateway that doesn't tell is asked once too. */
function rememberModels(client: AnthropicClient) {
  const known = new Map<string, ModelInfo | undefined>();
  const askAgainAt = new Map<string, number>();
  return async (model: string, signal: AbortSignal): Promise<ModelInfo | undefined> => {
    if (known.has(model) || performance.now() < (askAgainAt.get(model) ?? 0)) return known.get(model);
    try {
      const info = await client.describeModel(model, AbortSignal.any([signal, AbortSignal.timeout(5_000)]));
      known.set(model, info);
      return info;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ProviderError && error.kind === "no-model") known.set(model, undefined);
      askAgainAt.set(model, performance.now() + failureKeptMs);
      return undefined;
    }
  };
}
