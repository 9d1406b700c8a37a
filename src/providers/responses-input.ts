import type { AssistantMessage, ImagePart, Message, TextPart } from "../message.ts";
import { dataUrl } from "./images.ts";
import type { ResponseInputItem } from "./openai-client.ts";

/** What the model can take back: its reasoning, and whether a text was a remark before a tool call or the answer. */
export interface InputRules {
  readonly thinks: boolean;
  readonly hasPhases: boolean;
}

/** One message as items of the Responses API. */
export function inputItems(message: Message, rules: InputRules): ResponseInputItem[] {
  if (message.role === "user") return [{ role: "user", content: message.parts.map(userContent) }];
  if (message.role === "assistant") return assistantItems(message, rules);
  return message.parts.map(({ id, text }) => ({ type: "function_call_output", call_id: id, output: text }));
}

function userContent(part: TextPart | ImagePart) {
  return part.type === "text"
    ? { type: "input_text" as const, text: part.text }
    : { type: "input_image" as const, image_url: dataUrl(part), detail: "auto" as const };
}

function assistantItems(message: AssistantMessage, rules: InputRules): ResponseInputItem[] {
  const calls = message.parts.some((part) => part.type === "tool-call");
  const phase = calls ? ("commentary" as const) : ("final_answer" as const);
  return message.parts.flatMap((part): ResponseInputItem[] => {
    if (part.type === "text")
      return [{ role: "assistant", content: part.text, ...(rules.hasPhases && { phase }) }];
    if (part.type === "tool-call") {
      return [
        { type: "function_call", call_id: part.id, name: part.name, arguments: part.arguments || "{}" },
      ];
    }
    // Ours, and unchanged: handover lets nobody else's replay through.
    return rules.thinks && part.replay ? [part.replay.data as ResponseInputItem] : [];
  });
}
