import { randomUUID } from "node:crypto";
import type { FoundSource } from "../message.ts";
import { contentIn, joinDetails, sourcesIn, thinkingIn, usageIn } from "./chat-chunk.ts";
import type { ChatReplay } from "./chat-messages.ts";
import type { ChatChunk } from "./openai-client.ts";
import { sourceKey } from "../text/source-name.ts";
import type { StopReason, StreamEvent, Usage } from "./provider.ts";
import { createThinkSplitter, type Spoken } from "./think-tags.ts";

type ToolCallDelta = NonNullable<ChatChunk["choices"][number]["delta"]["tool_calls"]>[number];

interface GrowingCall {
  readonly index: number | undefined;
  id: string;
  name: string;
  arguments: string;
  extra: Readonly<Record<string, unknown>>;
}

/** Turns the chunks of one answer into events: what can be shown at once, the rest when it is complete. */
export function createChatAnswer(vendor: string, by = vendor) {
  const splitter = createThinkSplitter();
  const calls: GrowingCall[] = [];
  const sources = new Map<string, FoundSource>();
  const details: unknown[] = [];
  let thinking = "";
  let reasoningContent = "";
  let finish: string | undefined;
  let refused = false;
  let usage: Usage | undefined;

  function* say(spoken: Spoken): Generator<StreamEvent> {
    if (spoken.thinking) {
      thinking += spoken.thinking;
      yield { type: "thinking", text: spoken.thinking };
    }
    if (spoken.text) yield { type: "text", text: spoken.text };
  }

  return {
    /** The events of one chunk. */
    *read(chunk: ChatChunk): Generator<StreamEvent> {
      usage = usageIn(chunk) ?? usage;
      for (const found of sourcesIn(chunk, by)) addSource(sources, found);
      const choice = chunk.choices?.[0];
      if (!choice) return;
      // Some send an empty one with every chunk.
      finish = choice.finish_reason || finish;
      const delta: ChatChunk["choices"][number]["delta"] & ReasoningFields = choice.delta ?? {};
      reasoningContent += delta.reasoning_content ?? "";
      details.push(...(delta.reasoning_details ?? []));
      yield* say({ thinking: thinkingIn(delta), text: "" });
      const content = contentIn(delta);
      yield* say({ thinking: content.thinking, text: "" });
      if (content.text) yield* say(splitter.push(content.text));
      if (delta.refusal) {
        refused = true;
        yield { type: "text", text: delta.refusal };
      }
      for (const call of delta.tool_calls ?? []) addCall(calls, call);
    },

    /** Why it finished, as the vendor says it; undefined while it hasn't. */
    get finish() {
      return finish;
    },

    /** The events that complete the answer, `stop` last. */
    *end(): Generator<StreamEvent> {
      yield* say(splitter.end());
      const replay = replayData(reasoningContent, details, calls);
      if (thinking || replay) {
        yield {
          type: "thought",
          part: { type: "thinking", text: thinking, ...(replay && { replay: { vendor, data: replay } }) },
        };
      }
      // A call that was cut off by the output limit can't be run.
      const whole = finish === "length" ? [] : calls;
      for (const { id, name, arguments: written } of whole) {
        yield { type: "tool-call", call: { type: "tool-call", id, name, arguments: written || "{}" } };
      }
      for (const found of sources.values()) yield { type: "source", found };
      if (usage) yield { type: "usage", usage };
      yield { type: "stop", reason: stopReason(finish, { refused, calls: whole.length }) };
    },
  };
}

/** Not in the SDK's types: see chat-chunk.ts. */
interface ReasoningFields {
  readonly reasoning_content?: string | null;
  readonly reasoning_details?: readonly unknown[] | null;
}

/** Each page once, with its title where one of its mentions has it. */
function addSource(sources: Map<string, FoundSource>, found: FoundSource): void {
  const key = sourceKey(found.source);
  if (!sources.get(key)?.source.title) sources.set(key, found);
}

/** Some vendors number all parallel calls 0 or not at all; a new id tells a new call. */
function addCall(calls: GrowingCall[], delta: ToolCallDelta): void {
  const { index, id, function: called, type: _type, ...extra } = delta;
  const current = calls.findLast((call) => call.index === index);
  if (current && (!id || id === current.id)) {
    current.name ||= called?.name ?? "";
    current.arguments += called?.arguments ?? "";
    current.extra = { ...current.extra, ...extra };
    return;
  }
  calls.push({
    index,
    id: id || `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`,
    name: called?.name ?? "",
    arguments: called?.arguments ?? "",
    extra,
  });
}

function replayData(
  reasoningContent: string,
  details: readonly unknown[],
  calls: readonly GrowingCall[],
): ChatReplay | undefined {
  const message = {
    ...(reasoningContent && { reasoning_content: reasoningContent }),
    ...(details.length > 0 && { reasoning_details: joinDetails(details) }),
  };
  const extras = calls.map(({ extra }) => extra);
  const empty = Object.keys(message).length === 0 && extras.every((extra) => Object.keys(extra).length === 0);
  return empty ? undefined : { message, calls: extras };
}

function stopReason(finish: string | undefined, seen: { refused: boolean; calls: number }): StopReason {
  if (seen.refused || finish === "content_filter") return "refused";
  if (finish === "length" || finish === "model_length") return "length";
  return seen.calls > 0 ? "tools" : "end";
}
