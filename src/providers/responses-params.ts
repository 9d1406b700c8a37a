import { hash } from "node:crypto";
import type { ResponseParams } from "./openai-client.ts";
import { hasPhases, reasoningEffort, reasons } from "./openai-models.ts";
import type { ModelRequest } from "./provider.ts";
import { inputItems } from "./responses-input.ts";
import { thinkingRoom } from "./thinking.ts";

/** What a server that speaks the Responses API takes. */
export interface ResponsesDialect {
  /** It is OpenAI itself: others may refuse what they don't know. */
  readonly isOpenAi: boolean;
  /** It has a search of its own. */
  readonly ownSearch: boolean;
  /** It is Perplexity's Agent API: models by their own names, and a search that its presets always bring. */
  readonly isPerplexity: boolean;
}

/** Searches cost money each: a question that needs more is another question. */
const mostSearches = 8;

export function responseParams(request: ModelRequest, dialect: ResponsesDialect): ResponseParams {
  const { model, thinking, maxOutputTokens, temperature } = request;
  const { isOpenAi, isPerplexity } = dialect;
  const thinks = reasons(model);
  const rules = { thinks, hasPhases: hasPhases(model), isOpenAi };
  return {
    ...(isPerplexity ? perplexityModel(model) : { model }),
    stream: true,
    store: false,
    input: request.messages.flatMap((message) => inputItems(message, rules)),
    ...(isOpenAi && { prompt_cache_key: cacheKey(request) }),
    ...(request.instructions && { instructions: request.instructions }),
    ...toolParams(request, dialect),
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

/** The vendor's own search is a tool beside ours, which it runs by itself. */
function toolParams(
  { tools, webSearch }: ModelRequest,
  { ownSearch, isPerplexity }: ResponsesDialect,
): Pick<ResponseParams, "tools" | "tool_choice" | "max_tool_calls"> {
  const all: NonNullable<ResponseParams["tools"]> = tools.map(({ name, description, inputSchema }) => ({
    type: "function" as const,
    name,
    description,
    parameters: { ...inputSchema },
    strict: false,
  }));
  const searches = ownSearch && Boolean(webSearch);
  if (searches) all.push({ type: "web_search" });
  return {
    ...(all.length > 0 && { tools: all }),
    ...(searches && { max_tool_calls: mostSearches }),
    // A preset brings tools that nothing else turns off.
    ...(isPerplexity && !searches && { max_tool_calls: 0 }),
    // The SDK's types know the tool under its earlier name alone.
    ...(searches &&
      webSearch === "required" && { tool_choice: { type: "web_search" } as unknown as "required" }),
  };
}

/**
 * The models that Perplexity had before its Agent API go on under their names, as what it says they have become, but on its
 * own model: a preset alone may stand for another vendor's.
 */
function perplexityModel(model: string): Pick<ResponseParams, "model"> {
  if (model.includes("/")) return { model };
  const preset = perplexityPresets[model];
  return { model: "perplexity/sonar", ...(preset !== undefined && { preset }) };
}

const perplexityPresets: Readonly<Record<string, string>> = {
  "sonar-pro": "low",
  "sonar-reasoning": "low",
  "sonar-reasoning-pro": "low",
  "sonar-deep-research": "medium",
};

/**
 * Sends the requests of one conversation to where its beginning is cached, also when many share the persona's. Made of
 * what the vendor gets anyway, so that it tells nothing about who asks or where.
 */
function cacheKey({ instructions, messages, stableMessages }: ModelRequest): string {
  const texts = messages[stableMessages]?.parts.map((part) => (part.type === "text" ? part.text : ""));
  return hash("sha256", JSON.stringify([instructions, texts]), "hex").slice(0, 32);
}
