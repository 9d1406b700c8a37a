/**
 * The vendor-neutral transcript: what a person, a model and its tools said to each other.
 * Providers translate it to their vendor's form and back; nothing else knows a vendor's form.
 */

/** Plain text; Markdown when a model wrote it. */
export interface TextPart {
  readonly type: "text";
  readonly text: string;
}

/** Media types that every vision model accepts. */
export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

/** A picture, decoded from the wire but not from its file format. */
export interface ImagePart {
  readonly type: "image";
  readonly mimeType: ImageType;
  readonly data: Uint8Array;
}

/** A finished block of a model's reasoning. Never part of the answer. */
export interface ThinkingPart {
  readonly type: "thinking";
  readonly text: string;
  /** What the vendor wants back unchanged to continue (a signature, encrypted text); no other vendor may see it. */
  readonly replay?: { readonly vendor: string; readonly data: unknown };
}

/** A model's wish to run a tool. */
export interface ToolCallPart {
  readonly type: "tool-call";
  /** Unique within its turn. */
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, not yet parsed or checked. */
  readonly arguments: string;
}

/** What a tool answered; a failure is an answer too. */
export interface ToolResultPart {
  readonly type: "tool-result";
  /** The id of the call it answers. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly failed: boolean;
}

export interface UserMessage {
  readonly role: "user";
  readonly parts: readonly (TextPart | ImagePart)[];
}

export interface AssistantMessage {
  readonly role: "assistant";
  readonly parts: readonly (TextPart | ThinkingPart | ToolCallPart)[];
}

/** Answers every call of the assistant message before it. */
export interface ToolMessage {
  readonly role: "tool";
  readonly parts: readonly ToolResultPart[];
}

export type Message = UserMessage | AssistantMessage | ToolMessage;

/** Something an answer rests on; only what was fetched in this turn may become one. */
export interface Source {
  readonly url: string;
  readonly title?: string;
}
