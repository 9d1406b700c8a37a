/**
 * The vendor-neutral transcript: what a person, a model and its tools said to each other.
 * Providers translate it to their vendor's form and back; nothing else knows a vendor's form.
 */

/** Plain text; Markdown when a model wrote it. */
export interface TextPart {
  readonly type: "text";
  readonly text: string;
  /** What an answer can cite of it. */
  readonly passages?: readonly Passage[];
  /** What the answer that it ends rests on, numbered from 1 as in the text. */
  readonly cited?: readonly CitedSource[];
  /** What the model's vendor says that it rests on, until that is checked. */
  readonly found?: readonly FoundSource[];
}

/** Media types that every vision model accepts. */
export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

/** A picture, decoded from the wire but not from its file format. */
export interface ImagePart {
  readonly type: "image";
  readonly mimeType: ImageType;
  readonly data: Uint8Array;
}

/** A finished block of a model's reasoning, or of what its vendor's own tools did for it. Never part of the answer. */
export interface ThinkingPart {
  readonly type: "thinking";
  readonly text: string;
  /**
   * What the vendor wants back unchanged to continue (a signature, encrypted text); no other vendor may see it. `by` is the
   * model that thought, as `provider/model`: what another model or account of the same vendor thought is refused by some.
   */
  readonly replay?: { readonly vendor: string; readonly data: unknown; readonly by?: string };
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
  /** What an answer can cite of it. */
  readonly passages?: readonly Passage[];
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
  /** Left out where it is no page. */
  readonly url?: string;
  /** The id of the file that someone sent, where it is one: what is kept of it goes with the file. */
  readonly file?: string;
  readonly title?: string;
  /** The part of it that is meant, as an answer names it: `p. 12`. */
  readonly label?: string;
  /** Whose search named it, where nobody here has read it: `OpenAI`. */
  readonly by?: string;
}

/** What a vendor's own search found, as its model's answer names it: by a number, by a link, or where it was told. */
export interface FoundSource {
  readonly source: Source;
  /** Words of it, where the vendor gives some. */
  readonly quote?: string;
  /** The number in brackets by which the text names it. */
  readonly number?: number;
  /** How much of its text had been said when what rests on it ended, in UTF-16 units. */
  readonly at?: number;
}

/** A stretch of a text that an answer can cite. */
export interface Passage {
  /** `s` and a number, unique among all that a model sees. */
  readonly id: string;
  readonly source: Source;
  /** Where it begins and ends in the text of its part. */
  readonly from: number;
  readonly to: number;
}

/** A source that an answer rests on, with what was read there. */
export interface CitedSource extends Source {
  /** Bounded pieces of the passages that were cited, and which words of them, where they stand there exactly. */
  readonly passages: readonly { readonly text: string; readonly words?: string }[];
}
