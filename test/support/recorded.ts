import type { RawAnswer } from "./sse-server.ts";

/** Whole answers in the forms that vendors send, each with the usage it is given. */

/** OpenAI's Responses API. */
export const openAiResponse = (usage: object): RawAnswer => ({
  named: true,
  events: [
    { type: "response.created", response: { id: "resp_1", status: "in_progress", usage: null } },
    {
      type: "response.output_text.delta",
      item_id: "msg_1",
      output_index: 0,
      content_index: 0,
      delta: "Hello.",
    },
    { type: "response.completed", response: { id: "resp_1", status: "completed", usage } },
  ],
});

/** Chat Completions: the usage stands in a last chunk without a choice. */
export const chatCompletion = (usage: object, delta: object = { content: "Hello." }): RawAnswer => ({
  events: [
    chunk([{ index: 0, delta: { role: "assistant", ...delta }, finish_reason: null }]),
    chunk([{ index: 0, delta: {}, finish_reason: "tool_calls" in delta ? "tool_calls" : "stop" }]),
    { ...chunk([]), usage },
    "data: [DONE]\n\n",
  ],
});

const chunk = (choices: readonly object[]): object => ({
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_795_000_000,
  choices,
});

/** Anthropic's Messages API: the input is told at the start, the output at the end. */
export const anthropicMessage = (input: object, output: object, end?: "drop"): RawAnswer => ({
  named: true,
  ...(end && { end }),
  events: [
    { type: "message_start", message: { id: "msg_1", role: "assistant", content: [], usage: input } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Hello." } },
    ...(end
      ? []
      : [
          { type: "content_block_stop", index: 0 },
          {
            type: "message_delta",
            delta: { stop_reason: "end_turn", stop_sequence: null },
            usage: output,
          },
          { type: "message_stop" },
        ]),
  ],
});
