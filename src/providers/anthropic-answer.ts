import { addUsage, noUsage } from "../turn-progress.ts";
import { closeBlock, growBlock, type GrowingBlock, openBlock } from "./anthropic-blocks.ts";
import type { ContentBlock, MessageEvent, VendorStopReason } from "./anthropic-client.ts";
import { usageOf } from "./anthropic-usage.ts";
import type { StopReason, StreamEvent, Usage } from "./provider.ts";

/** One answer in one message of the vendor's or several: it may pause, and wants back what it said to go on. */
export interface AnthropicAnswer {
  /** The events of one of the vendor's; never `stop`. */
  read(event: MessageEvent): Generator<StreamEvent>;
  readonly stopped: VendorStopReason | null;
  /** What the message that ended said, as the vendor wants it back. From here on, another message goes on with the answer. */
  goOn(): readonly ContentBlock[];
}

/** Turns the events of one answer into ours. Blocks follow each other, so that one at a time is kept. */
export function createAnswer(vendor: string): AnthropicAnswer {
  let block: GrowingBlock | undefined;
  let content: ContentBlock[] = [];
  let hasSpoken = false;
  let before = noUsage;
  let usage: Usage = noUsage;
  let stopped: VendorStopReason | null = null;

  function* readBlock(event: MessageEvent): Generator<StreamEvent> {
    if (event.type === "content_block_start") {
      block = openBlock(event.content_block);
      // What it says before and after a search are paragraphs; what it cites and what not, pieces of one.
      const isNew = block?.type === "text" && content.at(-1)?.type === "web_search_tool_result";
      if (isNew && hasSpoken) yield { type: "text", text: "\n\n" };
    }
    if (!block) return;
    if (event.type === "content_block_delta") {
      hasSpoken ||= event.delta.type === "text_delta";
      yield* growBlock(block, event.delta);
    }
    if (event.type === "content_block_stop") {
      const closed = closeBlock(block, vendor);
      block = undefined;
      if (closed.content) content.push(closed.content);
      yield* closed.events;
    }
  }

  return {
    *read(event) {
      yield* readBlock(event);
      if (event.type === "message_start" || event.type === "message_delta") {
        usage = usageOf(event.type === "message_start" ? event.message.usage : event.usage, usage);
        yield { type: "usage", usage: addUsage(before, usage) };
      }
      if (event.type === "message_delta") stopped = event.delta.stop_reason || stopped;
    },
    get stopped() {
      return stopped;
    },
    goOn() {
      const said = content;
      content = [];
      before = addUsage(before, usage);
      usage = noUsage;
      stopped = null;
      return said;
    },
  };
}

/** Why the model stopped. One that paused for good ran out of what it may take. */
export function stopReason(reason: VendorStopReason | null): StopReason {
  if (reason === "tool_use") return "tools";
  if (reason === "refusal") return "refused";
  const isCut =
    reason === "max_tokens" || reason === "model_context_window_exceeded" || reason === "pause_turn";
  return isCut ? "length" : "end";
}
