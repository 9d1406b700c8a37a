import type { AssistantMessage, ImagePart, Message, TextPart, ToolCallPart } from "../message.ts";
import type { ContentBlock, CountParams, MessageParam, SearchTool, Tool } from "./anthropic-client.ts";
import { base64 } from "./images.ts";
import type { ModelRequest, ToolSpec } from "./provider.ts";

/** What a request for an answer and one for a count have in common. */
export type PromptParams = Pick<CountParams, "model" | "messages" | "system" | "tools">;

const cached = { cache_control: { type: "ephemeral" } } as const;

/**
 * The request's prompt, with the four marks up to which the vendor caches: after tools and instructions, after the
 * examples, after the history (what the next turn begins with), after the last message (what the next round begins
 * with, and where nothing but history stands in it the next turn too).
 */
export function promptParams(request: ModelRequest, ownSearch: boolean): PromptParams {
  const { model, instructions, messages, stableMessages, lastingMessages = stableMessages, tools } = request;
  const webSearch = ownSearch && Boolean(request.webSearch);
  const marked = new Set([stableMessages - 1, lastingMessages - 1, messages.length - 1]);
  const lastTool = instructions === "" ? tools.at(-1) : undefined;
  return {
    model,
    messages: messages.map((message, index) => messageParam(message, marked.has(index))),
    ...(instructions && { system: [{ type: "text", text: instructions, ...cached }] }),
    ...((tools.length > 0 || webSearch) && {
      tools: [...tools.map((tool) => toolParam(tool, tool === lastTool)), ...(webSearch ? [searchTool] : [])],
    }),
  };
}

/** The vendor's own, which it runs by itself, and charges for each time. */
const searchTool: SearchTool = { type: "web_search_20250305", name: "web_search", max_uses: 4 };

function toolParam({ name, description, inputSchema }: ToolSpec, isMarked: boolean): Tool {
  return {
    name,
    description,
    input_schema: { ...inputSchema, type: "object" },
    ...(isMarked && cached),
  };
}

/** Whether each tool call since the last user message stands behind its thinking. */
export function thoughtsComplete(messages: readonly Message[]): boolean {
  const turn = messages.slice(messages.findLastIndex((message) => message.role === "user") + 1);
  return turn.every((message) => message.role !== "assistant" || isThought(message.parts[0]));
}

/** What the vendor's own tools did comes back as its thoughts do, and is none. */
function isThought(part: AssistantMessage["parts"][number] | undefined): boolean {
  if (part?.type !== "thinking") return false;
  const { type } = (part.replay?.data ?? {}) as { readonly type?: unknown };
  return type !== "server_tool_use" && type !== "web_search_tool_result";
}

function messageParam(message: Message, isMarked: boolean): MessageParam {
  const content = contentBlocks(message);
  const last = content.at(-1);
  // Thinking can't be marked; it is never last in a message that has anything else.
  if (isMarked && last && last.type !== "thinking" && last.type !== "redacted_thinking") {
    content[content.length - 1] = { ...last, ...cached };
  }
  return { role: message.role === "assistant" ? "assistant" : "user", content };
}

function contentBlocks(message: Message): ContentBlock[] {
  if (message.role === "user") return message.parts.map(userBlock);
  if (message.role === "assistant") return message.parts.flatMap(assistantBlock);
  return message.parts.map(({ id, text, failed }) => ({
    type: "tool_result",
    tool_use_id: id,
    content: text,
    ...(failed && { is_error: true }),
  }));
}

function userBlock(part: TextPart | ImagePart): ContentBlock {
  if (part.type === "text") return { type: "text", text: part.text };
  return { type: "image", source: { type: "base64", media_type: part.mimeType, data: base64(part) } };
}

function assistantBlock(part: AssistantMessage["parts"][number]): ContentBlock[] {
  if (part.type === "text") return [{ type: "text", text: part.text }];
  if (part.type === "tool-call")
    return [{ type: "tool_use", id: part.id, name: part.name, input: toolInput(part) }];
  // Ours, and unchanged: handover lets nobody else's replay through.
  return part.replay ? [part.replay.data as ContentBlock] : [];
}

/** The API takes objects only; what a model wrote amiss is still shown to it. */
function toolInput(call: ToolCallPart): Record<string, unknown> {
  try {
    const input: unknown = JSON.parse(call.arguments || "{}");
    if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ...input };
  } catch {
    // Not JSON.
  }
  return { invalid: call.arguments };
}
