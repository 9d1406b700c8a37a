import type { ContentBlock, MessageEvent, TextCitation } from "./anthropic-client.ts";
import type { StreamEvent } from "./provider.ts";

type Opened = Extract<MessageEvent, { type: "content_block_start" }>["content_block"];
type Delta = Extract<MessageEvent, { type: "content_block_delta" }>["delta"];

/** A block of the vendor's while it grows. */
export type GrowingBlock =
  | { readonly type: "text"; text: string; readonly citations: TextCitation[] }
  | { readonly type: "thinking"; thinking: string; signature: string }
  | { readonly type: "tool_use"; readonly id: string; readonly name: string; json: string }
  | {
      readonly type: "server_tool_use";
      readonly begun: Extract<Opened, { type: "server_tool_use" }>;
      json: string;
    }
  | {
      readonly type: "whole";
      readonly block: Extract<Opened, { type: "redacted_thinking" | "web_search_tool_result" }>;
    };

/** Undefined for what nothing is made of. */
export function openBlock(opened: Opened): GrowingBlock | undefined {
  switch (opened.type) {
    case "text":
      return { type: "text", text: "", citations: [] };
    case "thinking":
      return { type: "thinking", thinking: "", signature: "" };
    case "tool_use":
      return { type: "tool_use", id: opened.id, name: opened.name, json: "" };
    case "server_tool_use":
      return { type: "server_tool_use", begun: opened, json: "" };
    case "redacted_thinking":
    case "web_search_tool_result":
      return { type: "whole", block: opened };
    default:
      return undefined;
  }
}

/** Adds what came; gives what can be shown of it at once. */
export function growBlock(block: GrowingBlock, delta: Delta): readonly StreamEvent[] {
  switch (block.type) {
    case "text":
      if (delta.type === "citations_delta") block.citations.push(delta.citation);
      if (delta.type !== "text_delta") return [];
      block.text += delta.text;
      return [{ type: "text", text: delta.text }];
    case "thinking":
      if (delta.type === "signature_delta") block.signature += delta.signature;
      if (delta.type !== "thinking_delta") return [];
      block.thinking += delta.thinking;
      return delta.thinking ? [{ type: "thinking", text: delta.thinking }] : [];
    case "tool_use":
    case "server_tool_use":
      if (delta.type === "input_json_delta") block.json += delta.partial_json;
      return [];
    default:
      return [];
  }
}

/** A block that is whole. */
export interface ClosedBlock {
  /** As the vendor wants it back; left out for what comes back otherwise. */
  readonly content?: ContentBlock;
  readonly events: readonly StreamEvent[];
}

/** What the vendor wants back in this turn and nobody else can read goes as a thought. */
export function closeBlock(block: GrowingBlock, vendor: string): ClosedBlock {
  const kept = (content: ContentBlock, text = ""): ClosedBlock => ({
    content,
    events: [{ type: "thought", part: { type: "thinking", text, replay: { vendor, data: content } } }],
  });
  switch (block.type) {
    case "text": {
      const { type, text, citations } = block;
      const events = citations.flatMap(foundIn);
      // The vendor refuses to take back a text of nothing.
      if (text === "") return { events };
      return { content: { type, text, ...(citations.length > 0 && { citations }) }, events };
    }
    case "thinking": {
      const { type, thinking, signature } = block;
      return kept({ type, thinking, signature }, thinking);
    }
    case "server_tool_use":
      return kept({ ...block.begun, input: parsed(block.json) ?? {} });
    case "tool_use": {
      const { id, name, json } = block;
      // A call whose arguments were cut off by the output limit can't be run.
      if (parsed(json) === undefined) return { events: [] };
      return {
        events: [{ type: "tool-call", call: { type: "tool-call", id, name, arguments: json || "{}" } }],
      };
    }
    case "whole":
      return kept(
        block.block.type === "redacted_thinking"
          ? { type: block.block.type, data: block.block.data }
          : block.block,
      );
    default:
      throw block satisfies never;
  }
}

/** The words are the vendor's own excerpt of the page: no model wrote them. */
function foundIn(citation: TextCitation): StreamEvent[] {
  if (citation.type !== "web_search_result_location") return [];
  const { url, title, cited_text: quote } = citation;
  const source = { url, ...(title && { title }), by: "Anthropic" };
  return [{ type: "source", found: { source, ...(quote && { quote }) }, endsHere: true }];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json || "{}");
  } catch {
    return undefined;
  }
}
