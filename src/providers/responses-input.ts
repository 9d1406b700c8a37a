import type { AssistantMessage, ImagePart, Message, TextPart } from "../message.ts";
import { dataUrl } from "./images.ts";
import type { ResponseInputContent, ResponseInputItem } from "./openai-client.ts";

/** What the model can take back: its reasoning, and whether a text was a remark before a tool call or the answer. */
export interface InputRules {
  readonly thinks: boolean;
  readonly hasPhases: boolean;
  /** Others may refuse what they don't know. */
  readonly isOpenAi: boolean;
}

/** One message as items of the Responses API. */
export function inputItems(message: Message, rules: InputRules): ResponseInputItem[] {
  if (message.role === "user")
    return [{ role: "user", content: message.parts.map((part) => userContent(part, rules)) }];
  if (message.role === "assistant") return assistantItems(message, rules);
  return message.parts.map(({ id, text }) => ({ type: "function_call_output", call_id: id, output: text }));
}

function userContent(part: TextPart | ImagePart, { isOpenAi }: InputRules): ResponseInputContent {
  if (part.type === "text") return { type: "input_text", text: part.text };
  const image = { type: "input_image" as const, image_url: dataUrl(part) };
  // The API's default, which its types demand and Perplexity does not know.
  return isOpenAi ? { ...image, detail: "auto" } : (image as ResponseInputContent);
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
