import type { AssistantMessage, Message, ThinkingPart } from "../message.ts";
import { dataUrl } from "./images.ts";
import type { ChatMessage } from "./openai-client.ts";

/** What a vendor wants back with an assistant's message, under its own names. */
export interface ChatReplay {
  /** Fields of the message, e.g. `reasoning_content`. */
  readonly message: Readonly<Record<string, unknown>>;
  /** Fields of its tool calls, in their order, e.g. Gemini's `extra_content`. */
  readonly calls: readonly Readonly<Record<string, unknown>>[];
}

export interface ChatMessageRules {
  /** See ChatQuirks. */
  readonly alwaysReasoningContent: boolean;
  /** Fields of the first tool call of a message that another model wrote. */
  readonly foreignCall: Readonly<Record<string, unknown>>;
}

/** One message as Chat Completions wants it; a tool message becomes one per result. */
export function chatMessages(message: Message, rules: ChatMessageRules): ChatMessage[] {
  if (message.role === "user") return [{ role: "user", content: userContent(message.parts) }];
  if (message.role === "assistant") return [assistantMessage(message, rules)];
  return message.parts.map(({ id, text }) => ({ role: "tool", tool_call_id: id, content: text }));
}

/** Plain text where it is nothing else: small servers know no more. */
function userContent(parts: Extract<Message, { role: "user" }>["parts"]) {
  const texts = parts.filter((part) => part.type === "text");
  if (texts.length === parts.length) return texts.map(({ text }) => text).join("\n\n");
  return parts.map((part) =>
    part.type === "text"
      ? { type: "text" as const, text: part.text }
      : { type: "image_url" as const, image_url: { url: dataUrl(part) } },
  );
}

function assistantMessage(message: AssistantMessage, rules: ChatMessageRules): ChatMessage {
  const text = message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
  const thoughts = message.parts.filter((part) => part.type === "thinking");
  const calls = message.parts.filter((part) => part.type === "tool-call");
  const replay = replayOf(thoughts);
  if (calls.length === 0) return { role: "assistant", content: text, ...replay.message };
  return {
    role: "assistant",
    content: text || null,
    ...(rules.alwaysReasoningContent && { reasoning_content: "" }),
    ...replay.message,
    tool_calls: calls.map((call, index) =>
      Object.assign({}, replay.calls[index] ?? (index === 0 ? rules.foreignCall : {}), {
        id: call.id,
        type: "function" as const,
        function: { name: call.name, arguments: call.arguments || "{}" },
      }),
    ),
  };
}

/** Ours: handover lets nobody else's replay through. */
function replayOf(thoughts: readonly ThinkingPart[]): ChatReplay {
  const replays = thoughts.flatMap(({ replay }) => (replay ? [replay.data as ChatReplay] : []));
  return {
    message: Object.assign({}, ...replays.map(({ message }) => message)),
    calls: replays.flatMap(({ calls }) => calls),
  };
}
