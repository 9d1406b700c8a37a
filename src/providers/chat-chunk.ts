import type { ChatChunk } from "./openai-client.ts";
import type { FoundSource } from "../message.ts";
import type { Sign, Usage } from "./provider.ts";
import type { Spoken } from "./think-tags.ts";

/**
 * Where compatible vendors put what Chat Completions has no place for. Read wherever it arrives,
 * whoever the vendor is: servers that pass other models on pass their habits on too.
 */

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function count(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}

/** Thinking that arrives beside the text: `reasoning_content` (DeepSeek and most), `reasoning` (OpenRouter, Groq, Ollama). */
export function thinkingIn(delta: unknown): string {
  const { reasoning_content, reasoning } = fields(delta);
  return text(reasoning_content) || text(reasoning);
}

/** What a chunk tells the model to be at. Some vendors think in chunks of which nothing can be shown. */
export function signIn(chunk: ChatChunk): Sign {
  const delta = fields(chunk.choices?.[0]?.delta);
  if (delta["content"] || list(delta["tool_calls"]).length > 0) return "writes";
  return thinkingIn(delta) || list(delta["reasoning_details"]).length > 0 ? "thinks" : "lives";
}

/** The text of a delta; Mistral's thinking models send a list of text and thinking instead of a string. */
export function contentIn(delta: unknown): Spoken {
  const { content } = fields(delta);
  if (!Array.isArray(content)) return { thinking: "", text: text(content) };
  let thinking = "";
  let said = "";
  for (const piece of content.map(fields)) {
    if (piece["type"] === "thinking")
      thinking += list(piece["thinking"])
        .map((part) => text(fields(part)["text"]))
        .join("");
    else said += text(piece["text"]);
  }
  return { thinking, text: said };
}

/** Sources: `search_results` and `citations`, which a text names by their places (xAI), `annotations`, which it links to (OpenRouter). */
export function sourcesIn(chunk: ChatChunk, by: string): readonly FoundSource[] {
  const { search_results, citations } = fields(chunk);
  const { annotations } = fields(chunk.choices?.[0]?.delta);
  const cited = list(annotations).map((annotation) => fields(annotation)["url_citation"]);
  return [
    ...list(search_results).flatMap((found, index) => foundIn(found, by, index + 1)),
    ...list(citations).flatMap((found, index) => foundIn(found, by, index + 1)),
    ...cited.flatMap((found) => foundIn(found, by)),
  ];
}

function foundIn(found: unknown, by: string, number?: number): readonly FoundSource[] {
  const { url, title, snippet, content } = fields(found);
  const address = text(found) || text(url);
  const [name, quote] = [text(title), text(snippet) || text(content)];
  if (!address) return [];
  const source = { url: address, ...(name && { title: name }), by };
  return [{ source, ...(quote && { quote }), ...(number !== undefined && { number }) }];
}

/** The usage a chunk carries; Groq sends its own under `x_groq`. */
export function usageIn(chunk: ChatChunk): Usage | undefined {
  const usage = chunk.usage ?? fields(fields(chunk)["x_groq"])["usage"];
  if (!usage) return undefined;
  const { prompt_tokens, completion_tokens, total_tokens, prompt_tokens_details, ...rest } = fields(usage);
  const prompt = fields(prompt_tokens_details);
  const input = count(prompt_tokens);
  const completion = count(completion_tokens);
  // xAI and Gemini leave thinking out of the completion, and only their total tells.
  const output = Math.max(completion, count(total_tokens) - input);
  const told = count(fields(rest["completion_tokens_details"])["reasoning_tokens"]);
  return {
    inputTokens: input,
    cachedTokens: count(prompt["cached_tokens"]) || count(rest["prompt_cache_hit_tokens"]),
    cacheWriteTokens: count(prompt["cache_write_tokens"]),
    outputTokens: output,
    thinkingTokens: told || output - completion,
    // OpenRouter's, searches included.
    ...(typeof rest["cost"] === "number" && { costUsd: rest["cost"] }),
  };
}

/**
 * OpenRouter's `reasoning_details` arrive in pieces of the same `index`; they go back in one, in order.
 * Texts grow, everything else (a signature) is taken from the latest piece that has it.
 */
export function joinDetails(details: readonly unknown[]): readonly Fields[] {
  const joined: Record<string, unknown>[] = [];
  for (const piece of details.map(fields)) {
    const last = joined.at(-1);
    if (!last || last["type"] !== piece["type"] || last["index"] !== piece["index"]) {
      joined.push({ ...piece });
      continue;
    }
    for (const [name, value] of Object.entries(piece)) {
      const grows = name === "text" || name === "summary" || name === "data";
      if (grows) last[name] = text(last[name]) + text(value);
      else if (value !== null && value !== undefined) last[name] = value;
    }
  }
  return joined;
}
