import type { Message } from "../message.ts";
import type { ModelRequest } from "../providers/provider.ts";

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** What a picture costs at most with today's vendors when it is sized to their limits. */
const tokensPerImage = 1_600;

/** What a vendor adds around each message. */
const tokensPerMessage = 4;

const dense =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Emoji_Presentation}]/gu;
const mark = /[\p{P}\p{S}\p{N}]/gu;
const ascii = /[\0-\x7f]+/gu;
const asciiMarks = Uint8Array.from(
  { length: 128 },
  (_, code) => String.fromCharCode(code).match(mark)?.length ?? 0,
);

/**
 * A quick guess that errs on the high side: one token for a CJK character or emoji, most of one for a digit or sign,
 * a quarter for any other. Loads nothing, unlike the exact count.
 */
export const estimateTokens: CountTokens = (text) => {
  const beyondAscii = text.replace(ascii, "");
  const denseCount = beyondAscii.match(dense)?.length ?? 0;
  const markCount = countAsciiMarks(text) + (beyondAscii.match(mark)?.length ?? 0);
  return Math.ceil(denseCount + markCount * 0.7 + Math.max(0, text.length - denseCount - markCount) / 4);
};

/** Most text is plain, and a whole history is counted for each question. */
function countAsciiMarks(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index++) count += asciiMarks[text.charCodeAt(index)] ?? 0;
  return count;
}

/** Longer runs without a space take the tokenizer quadratic time: seconds for 100,000 characters. */
const sliceLength = 400;

/** The exact count in OpenAI's o200k encoding, which stands in for vendors that publish none. Loads 100 MB of tables once. */
export async function loadTokenCounter(): Promise<CountTokens> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  const plain = { disallowedSpecial: new Set<string>() };
  return (text) => {
    let total = 0;
    for (const slice of slices(text)) total += countTokens(slice, plain);
    return total;
  };
}

function* slices(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = Math.min(start + sliceLength, text.length);
    if (end < text.length) {
      const space = text.lastIndexOf(" ", end);
      if (space > start) end = space;
      // A surrogate pair must not be torn apart.
      else if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    }
    yield text.slice(start, end);
    start = end;
  }
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/** The same guess of all that a request's prompt is made of. */
export const estimateRequest = ({
  instructions,
  tools,
  messages,
}: Pick<ModelRequest, "instructions" | "tools" | "messages">): number =>
  estimateTokens(instructions) +
  estimateTokens(JSON.stringify(tools)) +
  countMessages(messages, estimateTokens);

/** The tokens of whole messages: their text, pictures, thinking and tool exchanges, and what surrounds each. */
export function countMessages(messages: readonly Message[], count: CountTokens): number {
  let total = 0;
  for (const message of messages) {
    total += tokensPerMessage;
    for (const part of message.parts) {
      if (part.type === "image") total += tokensPerImage;
      else if (part.type === "tool-call") total += count(part.name) + count(part.arguments);
      else total += count(part.text);
    }
  }
  return total;
}
