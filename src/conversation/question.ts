import type { ImagePart, Message, Passage, TextPart, UserMessage } from "../message.ts";
import { howToCite, layOut, shifted } from "../sources/passages.ts";
import type { ReadPassage } from "../tools/tool.ts";
import { isMarked, markMaterial, markSpeech, oneName, withoutEnds, withoutMaterial } from "./marks.ts";

/** What a person asks, with everything they sent along made readable. */
export interface Question {
  readonly text: string;
  /** The writer's name, where several people talk. */
  readonly sender?: string;
  /** Pictures for a model that sees. */
  readonly images: readonly ImagePart[];
  /** Texts of pictures and files. */
  readonly materials: readonly Material[];
  /** What the model is to know with it, in one line under a title of its own. */
  readonly note?: string;
  /** When it was asked, for a persona that wants to know. */
  readonly time?: Date;
}

/** Text that came with a message but was not written in it. */
export interface Material {
  /** Such as `Text read in picture 1` or `File notes.md`. */
  readonly title: string;
  /** Or passages, which an answer can cite. */
  readonly text: string | readonly ReadPassage[];
}

/**
 * The question as the model gets it and as history keeps it: pictures, then materials under their titles, then the
 * person's words. `next` is the number of its first passage.
 */
export function composeQuestion(question: Question, next = 1): UserMessage {
  const blocks: string[] = question.time ? [`[Time] ${clockTime(question.time)}`] : [];
  const passages: Passage[] = [];
  for (const { title, text } of question.materials) {
    const laid =
      typeof text === "string" ? { text, passages: [] } : layOutMarked(text, next + passages.length);
    const marked = markMaterial(title, laid.text);
    const at = [...blocks, marked].join("\n\n").length - `${laid.text}\n[end]`.length;
    passages.push(...shifted(laid.passages, at));
    blocks.push(marked);
  }
  if (passages.length > 0) blocks.push(`[Citing] ${howToCite}`);
  if (question.note !== undefined) blocks.push(question.note);
  if (question.text !== "")
    blocks.push(question.sender === undefined ? question.text : markSpeech(question.sender, question.text));
  else if (question.sender !== undefined)
    blocks.push(`${oneName(question.sender)} sent this without a word.`);
  const parts: (TextPart | ImagePart)[] = [...question.images];
  if (blocks.length > 0)
    parts.push({ type: "text", text: blocks.join("\n\n"), ...(passages.length > 0 && { passages }) });
  return { role: "user", parts };
}

/** Passages as they can stand between marks: no line in them is one. */
const layOutMarked = (read: readonly ReadPassage[], next: number): ReturnType<typeof layOut> =>
  layOut(
    read.map(({ source, text }) => ({ source, text: withoutEnds(text) })),
    next,
  );

/** Whether a stored message holds more than its writer's own words: a picture, a file, what somebody else wrote. */
export function holdsMaterial({ role, parts }: Message): boolean {
  return (
    role === "user" &&
    parts.some((part) => part.type === "image" || (part.type === "text" && isMarked(part.text)))
  );
}

/** What its writer wrote of a stored question, where `isSigned` after their name. */
export function askedText({ parts }: UserMessage, { isSigned }: { isSigned: boolean }): string {
  const text = parts.map((part) => (part.type === "text" ? withoutMaterial(part.text) : "")).join("\n");
  return isSigned ? text.trimStart().replace(/^[^:\n]*: /u, "") : text;
}

/** Such as `14:05 GMT+1`, in the time zone of this machine. */
function clockTime(date: Date): string {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
}
