import type { z } from "zod";
import type { Action } from "../chat.ts";
import type { Whereabouts } from "../memory/audience.ts";
import type { ImagePart, Source } from "../message.ts";
import type { Fees } from "../search/fees.ts";
import type { Sentence, Words } from "../words/words.ts";

/** What a tool may know of the turn it runs in. The person's id comes from here, never from the model. */
export interface ToolContext {
  /** Aborted when the turn is stopped or out of time. */
  readonly signal: AbortSignal;
  /** `platform:user` of the person who asked. */
  readonly person: string;
  /** Names the answer, the same at every attempt: what was kept since its first one has an id that sorts after it, without dashes. */
  readonly job: string;
  /** What the person wrote in this message, after their name; nothing of what came with it. */
  readonly words: string;
  /** Whether the model sees what others wrote: a file, a picture, a page, another person's message. */
  readonly seesOthers: boolean;
  /** Whether a page may be opened: where others had a word before, only one that somebody named, found or linked to, for an address that a model makes up could tell its server anything. */
  mayOpen(address: string): boolean;
  /** The id of the persona that answers. */
  readonly persona: string;
  /** Who can read along. */
  readonly where: Whereabouts;
  /** The bot's sentences in the language of the person. */
  readonly sentences: Words;
  /** Where the person asked, for people: the place's name, and the message's address where the platform has one. */
  origin(): Promise<Origin>;
  /** The pictures of the question, in order. */
  readonly images: readonly ImagePart[];
  /** The persona's `languages`, most likely first. */
  readonly languages: readonly string[];
}

/** Where something was said. */
export interface Origin {
  readonly placeName: string;
  readonly link?: string;
}

/** What the person is to know of a tool's work: a line under the answer, with buttons. */
export interface Note {
  readonly text: string;
  readonly actions: readonly Action[];
}

/** Something that was read, in a piece small enough to be cited. */
export interface ReadPassage {
  readonly source: Source;
  readonly text: string;
}

export interface ToolOutput {
  /** For the model. */
  readonly text: string;
  /** What an answer can cite: stands under `text`, each with an id. */
  readonly passages?: readonly ReadPassage[];
  readonly note?: Note;
  /** What it cost beside the model. */
  readonly fees?: Fees;
}

/** Something a model can do besides talking. */
export interface Tool<Input = unknown> {
  /** Lower-case words joined by underscores, as the model and persona files name it. */
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  /** An object schema; what a model writes is checked against it before `run`. */
  readonly input: z.ZodType<Input>;
  /** Offered only when the question came with one. */
  readonly needs?: "picture";
  /** What it answers is Parlance's own sentence, in which nobody else has a word. */
  readonly speaksForItself?: true;
  /** It brings passages: what the answer says of sources is checked against what was read. */
  readonly cites?: true;
  /**
   * It changes what is kept: where several models answer one question, none of them gets it. The end of an answer waits for
   * it, so it waits for nothing but the store without heeding the signal, and looks at that right before it changes anything.
   */
  readonly writes?: true;
  /** What one run costs at most beside the model, in US dollars: held back before it is run. */
  readonly mostUsd?: number;
  /** What the person reads while it runs, e.g. `reading the picture`. */
  readonly status: Sentence;
  /** Throws UserError for what the model (and person) can fix; any throw becomes a failed result for the model. */
  run(input: Input, context: ToolContext): Promise<ToolOutput>;
}
