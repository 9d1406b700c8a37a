import { createHash } from "node:crypto";
import type { AssistantMessage, Message, ThinkingPart, ToolCallPart, ToolResultPart } from "../message.ts";
import { markMaterial } from "../conversation/marks.ts";
import { presets, type TranscriptRules } from "./presets.ts";

/** What a model can't take, beyond its vendor's rules. */
export interface HandoverOptions {
  /** Whether the model sees pictures; where it doesn't, a note stands in for each. Default: it does. */
  readonly sees?: boolean;
  /** Whether the model calls tools; where it doesn't, their results are told as text. Default: it does. */
  readonly callsTools?: boolean;
  /** The model as `provider/model`, where it is known: it reads nobody else's thinking. */
  readonly reader?: string;
}

const unseen = { type: "text", text: "[A picture that this model cannot see.]" } as const;
const unfinished = "Stopped before it finished.";

/**
 * The transcript as one vendor accepts it; the one place where it is made so. Pure, and the same for the same start:
 * what a vendor cached of a conversation stays cached.
 *
 * - Thinking stays only where this model can read it, and only for the running turn (the messages after the last
 *   one from the person): vendors check that nothing before it changed, and old turns are trimmed and rewritten.
 * - Each tool call has exactly one result, right behind it: a missing one is made up as failed, a stray one dropped.
 * - Tool call ids are unique and of a form the vendor takes.
 * - Empty messages are dropped, neighbours of one role joined, and the first one is a person's.
 */
export function forVendor(
  messages: readonly Message[],
  vendor: string,
  { sees = true, callsTools = true, reader }: HandoverOptions = {},
): readonly Message[] {
  const rules = presets[vendor]?.transcript ?? {};
  const turnStart = messages.findLastIndex((message) => message.role === "user");
  const readable = messages.map((message, index) => {
    if (message.role === "user") return sees ? message : withoutImages(message);
    if (message.role === "tool") return message;
    return withoutThinking(message, ({ replay }) => {
      if (replay?.vendor !== vendor) return false;
      const { by = reader } = replay;
      return rules.keepThinking === true || (index > turnStart && (reader === undefined || by === reader));
    });
  });
  const paired = pairTools(readable, createIds(rules));
  const told = rules.noTools || !callsTools ? paired.flatMap(withoutTools) : paired;
  return join(told, rules);
}

function withoutImages(message: Extract<Message, { role: "user" }>): Message {
  return { ...message, parts: message.parts.map((part) => (part.type === "image" ? unseen : part)) };
}

/**
 * A finished turn's messages without the thinking that no vendor wants back: it need not be kept. Who wants it in later
 * turns too wants it with its tool calls.
 */
export function withoutSpentThoughts(messages: readonly Message[]): readonly Message[] {
  return messages.map((message) => {
    if (message.role !== "assistant") return message;
    const calls = message.parts.some(({ type }) => type === "tool-call");
    const vendors = message.parts.flatMap((part) =>
      part.type === "thinking" && part.replay ? [part.replay.vendor] : [],
    );
    const reader = vendors.find((vendor) => calls && presets[vendor]?.transcript?.keepThinking);
    return withoutThinking(message, ({ replay }) => reader !== undefined && replay?.vendor === reader);
  });
}

/** Thinking without replay is of no use to anyone. */
function withoutThinking(
  message: AssistantMessage,
  isRead: (thought: ThinkingPart) => boolean,
): AssistantMessage {
  return { ...message, parts: message.parts.filter((part) => part.type !== "thinking" || isRead(part)) };
}

/** Puts behind each message with tool calls the one with their results. */
function pairTools(messages: readonly Message[], nextId: (id: string) => string): readonly Message[] {
  return messages.flatMap((message, index): readonly Message[] => {
    if (message.role === "user") return [message];
    // Results are taken where their calls are.
    if (message.role === "tool") return [];
    const next = messages[index + 1];
    const results = next?.role === "tool" ? [...next.parts] : [];
    const parts: AssistantMessage["parts"][number][] = [];
    const answers: ToolResultPart[] = [];
    for (const part of message.parts) {
      if (part.type !== "tool-call") {
        parts.push(part);
        continue;
      }
      const id = nextId(part.id);
      parts.push({ ...part, id });
      // Taken out, so that a second call of the same id gets the second result.
      const found = results.findIndex((result) => result.id === part.id);
      const [answer = madeUp(part)] = found < 0 ? [] : results.splice(found, 1);
      answers.push({ ...answer, id });
    }
    const spoken: Message = { ...message, parts };
    return answers.length > 0 ? [spoken, { role: "tool", parts: answers }] : [spoken];
  });
}

function madeUp({ id, name }: ToolCallPart): ToolResultPart {
  return { type: "tool-result", id, name, text: unfinished, failed: true };
}

/** Gives each call of a transcript an id that fits and that no other has; one that does already is kept. */
function createIds({ toolCallIdLength: length }: TranscriptRules): (id: string) => string {
  const form = length ? new RegExp(`^[a-zA-Z0-9]{${length}}$`, "u") : /^[a-zA-Z0-9_-]{1,40}$/u;
  const taken = new Set<string>();
  return (id) => {
    let fitting = id;
    for (let n = 0; !form.test(fitting) || taken.has(fitting); n++) {
      fitting = createHash("sha256")
        .update(`${n}:${id}`)
        .digest("hex")
        .slice(0, length ?? 24);
    }
    taken.add(fitting);
    return fitting;
  };
}

/**
 * For a model without tools: what they found becomes something the person sends along. What was thought before a call goes with
 * it, for its vendor refuses the one without the other.
 */
function withoutTools(message: Message): readonly Message[] {
  if (message.role === "user") return [message];
  if (message.role === "assistant") {
    const { parts } = message;
    const calls = parts.some(({ type }) => type === "tool-call");
    return calls ? [{ ...message, parts: parts.filter(({ type }) => type === "text") }] : [message];
  }
  return [
    {
      role: "user",
      parts: message.parts.map(({ name, text }) => ({
        type: "text",
        text: markMaterial(`Result of ${name}`, text),
      })),
    },
  ];
}

/** Drops what is empty and joins neighbours of one role. */
function join(messages: readonly Message[], rules: TranscriptRules): readonly Message[] {
  const joined: Message[] = [];
  for (const message of messages.map(withoutBlanks)) {
    const last = joined.at(-1);
    if (!hasContent(message) || (!last && message.role !== "user")) continue;
    if (last?.role === "tool" && message.role === "user" && rules.assistantAfterTool) {
      joined.push({ role: "assistant", parts: [{ type: "text", text: unfinished }] }, message);
    } else if (last?.role === "user" && message.role === "user") {
      joined[joined.length - 1] = { role: "user", parts: [...last.parts, ...message.parts] };
    } else if (last?.role === "assistant" && message.role === "assistant") {
      joined[joined.length - 1] = { role: "assistant", parts: [...last.parts, ...message.parts] };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

/** Vendors refuse texts of white space only. */
function withoutBlanks(message: Message): Message {
  const says = (part: Message["parts"][number]) => part.type !== "text" || part.text.trim() !== "";
  if (message.role === "user") return { ...message, parts: message.parts.filter(says) };
  if (message.role === "assistant") return { ...message, parts: message.parts.filter(says) };
  return message;
}

/** Thinking alone is no message: what was thought about never came. */
function hasContent(message: Message): boolean {
  return message.parts.some((part) => part.type !== "thinking");
}
