import { estimateTokens } from "../conversation/tokens.ts";
import { graphemeStarts } from "../text/graphemes.ts";
import type { ModelRequest } from "./provider.ts";

type Request = Omit<ModelRequest, "model">;

/** In UTF-16 units: enough to be found again, and quickly said once more. */
const anchorLength = 40;
/** In tokens. An answer that was cut near its limit is not cut off for good. */
const leastRest = 256;

/**
 * The request to go on with an answer of which this much was said; the request itself when that is nothing. Any vendor
 * takes it, unlike a beginning put into the model's mouth. The model is asked to say its last words again, because what
 * goes on in mid-word, or with a space, is not what models begin with; a seam takes the repetition out.
 */
export function goOn(request: Request, said: string): Request {
  if (said.trim() === "") return request;
  const { messages, maxOutputTokens: most } = request;
  return {
    ...request,
    messages: [
      ...messages,
      { role: "assistant", parts: [{ type: "text", text: said }] },
      { role: "user", parts: [{ type: "text", text: instruction + anchor(said) }] },
    ],
    ...(most !== undefined && { maxOutputTokens: Math.max(leastRest, most - estimateTokens(said)) }),
  };
}

const instruction =
  "The connection broke while you answered. Go on with that answer: write the last words of it once more, " +
  "exactly as they stand below, so that the parts fit together, then continue from there. If it was complete, write " +
  "only those words; if you were about to call a tool, call it. Say nothing about the interruption.\n\n";

/** The last words of a text: from where one begins, where there is such a place not too near its end. */
function anchor(said: string): string {
  const text = said.trimEnd();
  if (text.length <= anchorLength) return text.trimStart();
  const tail = text.slice(graphemeStarts(text)(text.length - anchorLength));
  const words = tail.replace(/^\S*\s+/u, "");
  return words.length >= anchorLength / 2 ? words : tail;
}
