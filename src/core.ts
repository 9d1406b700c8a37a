import type { Coordinator } from "./coordinator.ts";
import type { CouncilSettings } from "./council/schema.ts";
import type { EmbedderFor } from "./embedding/embeddings.ts";
import type { DocumentReader } from "./documents/document.ts";
import type { FileSearch } from "./files/search.ts";
import type { Access } from "./access/access.ts";
import type { Limits } from "./limits/limits.ts";
import type { Log } from "./log.ts";
import type { Persona } from "./personas/schema.ts";
import type { FittedPictures } from "./pictures/fitted.ts";
import type { Rate } from "./providers/prices.ts";
import type { ModelRequest, Usage } from "./providers/provider.ts";
import type { Search } from "./search/search.ts";
import type { Store } from "./store/store.ts";
import type { Tool } from "./tools/tool.ts";
import type { ModelStream } from "./turn.ts";
import type { Pages } from "./web/pages.ts";
import type { Footer } from "./chat.ts";
import type { Scope } from "./conversation/scope.ts";

/** The personas as they are now: a saved file changes them under a running bot. */
export interface Personas {
  /** By id, alias or name, whatever the case. */
  find(name: string): Persona | undefined;
  list(): readonly Persona[];
  /** The one that answers where no other is bound. Throws UserError when it is missing. */
  fallback(): Persona;
}

/** A model with what stands in for it when it fails. */
export interface ModelChoice {
  /** `provider/model`. */
  readonly name: string;
  /** In tokens; a careful guess when the vendor's is not known. */
  readonly window: number;
  /** Whether `window` is known rather than guessed. */
  readonly windowKnown: boolean;
  readonly seesImages: boolean;
  readonly callsTools: boolean;
  /** Whether its vendor has a search of its own that it can use; `always` where that is what it is for. */
  readonly searches?: boolean | "always";
  /** Whether it can be told how hard to think; left out when only its vendor could tell. */
  readonly thinks?: boolean;
  /** What is asked when it fails, in order: `provider/model`, each. */
  readonly standIns?: readonly string[];
  readonly stream: ModelStream;
  /** The very body that its vendor's API would get for a request, without keys. */
  readonly body: (request: Omit<ModelRequest, "model">, signal: AbortSignal) => Promise<object>;
  /** The vendor's own count of a request's input tokens, where asking is free; undefined when it can't be had. */
  readonly countTokens: (
    request: Omit<ModelRequest, "model">,
    signal: AbortSignal,
  ) => Promise<number | undefined>;
}

/** What there is to know of a model before it is chosen. */
export interface ModelInfo {
  /** `provider/model`. */
  readonly name: string;
  readonly alias?: string;
  /** What the configuration says it is good for. */
  readonly description?: string;
  /** In tokens, when it is known. */
  readonly window?: number;
  /** When it is known. */
  readonly rate?: Rate;
}

/** Whether a vendor's list of models has heard of one: a new one may be missing there, a slip always is. */
export interface Familiarity {
  readonly isKnown: boolean;
  /** The one that was perhaps meant instead. */
  readonly near?: string;
}

export interface Models {
  /** Throws UserError for a name that is neither an alias nor `provider/model`. */
  choose(name: string): Promise<ModelChoice>;
  /** The aliases and what they stand for. */
  aliases(): ReadonlyMap<string, string>;
  /** Those with an alias, then the others that the configuration tells of. */
  list(): Promise<readonly ModelInfo[]>;
  /** What is known of an alias or `provider/model`, without asking anyone. Throws as `choose` does. */
  describe(name: string): Promise<ModelInfo & Familiarity>;
  /** What one search by its vendor's own search costs, in US dollars, where that is known. */
  searchPrice(model: string): Promise<number | undefined>;
  /** In US dollars, but for searches without a known price; undefined when the price of `provider/model` is not known. */
  cost(model: string, usage: Usage): Promise<number | undefined>;
}

/** A line of a picture's text. */
export interface PictureLine {
  readonly text: string;
  /** Worth a look by someone who sees the picture. */
  readonly isDoubtful: boolean;
}

/** What reads the text of a picture. */
export interface PictureReader {
  /** `isGlance`: gives what is surely text, and nothing of a photo in which little says so. */
  read(
    picture: Uint8Array,
    options: { languages: readonly string[]; signal: AbortSignal; isGlance?: boolean },
  ): Promise<{ readonly text: string; readonly lines: readonly PictureLine[] }>;
}

/** Makes pictures of any kind into ones that every model's vendor takes. */
export interface PictureFitter {
  /** Throws UserError for what is no picture, damaged or too large; the signal's reason when aborted. */
  fit(bytes: Uint8Array, options: { readonly signal: AbortSignal }): Promise<FittedPictures>;
}

/** The parts that answering needs, put together once at the start. */
export interface Core {
  readonly personas: Personas;
  readonly models: Models;
  readonly store: Store;
  readonly coordinator: Coordinator;
  readonly access: Access;
  readonly limits: Limits;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly pictures: PictureReader & PictureFitter;
  /** Pages of the web. */
  readonly pages: Pages;
  readonly search: Search;
  readonly documents: DocumentReader;
  readonly fileSearch: FileSearch;
  readonly embedderFor: EmbedderFor;
  readonly log: Log;
  readonly settings: Settings;
}

export interface Settings {
  readonly footer: Footer;
  /** Whether people see a model's reasoning. */
  readonly showThinking: boolean;
  readonly historyTokens: number;
  /** The most tokens of files that go along whole with a question. */
  readonly fileTokens: number;
  /** Whether a fresh start is offered where the topic changes. */
  readonly topicHints: boolean;
  /** Models search the web by their vendor's own search, where it has one. */
  readonly searchByModel: boolean;
  /** The most tokens of facts about a person in one prompt. */
  readonly memoryTokens: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly maxOutputTokens: number;
  /** How many answers are written at once. */
  readonly parallel: number;
  /** How many conversations a process works on at once, those included that wait for their answer to be written. */
  readonly claims: number;
  /** How long a question waits for more of the same person. */
  readonly burstMs: number;
  /** After so long without a sign, who waits is told that others are ahead. */
  readonly patienceMs: number;
  /** What was written longer ago is not answered any more. */
  readonly tooOldMs: number;
  /** How long to wait before an answer that could not be stored, or shown, is tried again; longer each time. */
  readonly restMs: number;
  /** How long what an earlier attempt posted may be on its way: only then is it decided that it does not stand. */
  readonly settleMs: number;
  /** How long running answers may go on when the bot is stopped. */
  readonly graceMs: number;
  /** How long it is kept, in days; for ever where nothing is said. */
  readonly retention: { readonly days?: number | undefined; readonly factDays?: number | undefined };
  readonly council: CouncilSettings;
  /** The ids of the model vendors that may be asked. */
  readonly vendors: readonly string[];
  /** By platform, or by `platform:channel`, which goes first. */
  readonly channels: Readonly<Record<string, ChannelSettings>>;
}

/** What the configuration says of a channel or a whole platform. */
export interface ChannelSettings {
  readonly persona?: string;
  readonly model?: string;
  /** Shared when left out. */
  readonly scope?: Scope;
  /** The platform's own way when left out. */
  readonly answers?: "thread" | "reply" | "plain";
}
