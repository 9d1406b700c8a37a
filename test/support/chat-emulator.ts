/** The contract of the chat platforms' emulators: what a person can do in one, and what a person sees. Types only. */

/** Where people talk in every emulator: a direct message with the bot, a channel, and a thread (or topic) of that channel. */
export type EmulatedPlace = "dm" | "channel" | "thread";

export interface Said {
  readonly text: string;
  /** Default: `dm`. */
  readonly place?: EmulatedPlace;
  /** The name of the person. Default: `Kim`. Each name is a person of their own with a direct message of their own. */
  readonly as?: string;
  /** Writes the platform's own mention of the bot in front. */
  readonly mention?: boolean;
  /** Replies to that message. */
  readonly replyTo?: string;
  readonly files?: readonly { readonly name: string; readonly mimeType: string; readonly data: Uint8Array }[];
}

/** A message as a person sees it now. */
export interface Seen {
  readonly id: string;
  readonly fromBot: boolean;
  /** The name shown for its writer: the persona's where the platform can. */
  readonly author: string;
  /** All that can be read in it, as plain text with its code fences, tables as their cells, and links as `text (url)`. */
  readonly text: string;
  /** The labels of its buttons. */
  readonly buttons: readonly string[];
  readonly files: readonly { readonly name: string; readonly data: Uint8Array }[];
  /** What it replies to. */
  readonly replyTo?: string;
  /** How often it changed after it was posted. */
  readonly edits: number;
}

/** Troubles that platforms make; each holds for what comes next. */
export interface EmulatedFaults {
  /** The next event is delivered twice. */
  repeatNext(): void;
  /** Every open connection is cut; the bot may come back at once. */
  cutConnections(): void;
  /** The next `count` calls that post or edit are answered by "wait", for `ms`. */
  limit(count: number, ms: number): void;
  /** Every call fails with a server's error for `ms`. */
  downFor(ms: number): void;
}

export interface ChatEmulator {
  readonly platform: string;
  /** The variables that make `parlance start` connect to it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settles when the bot is connected. */
  ready(): Promise<void>;
  /** A person chooses their language on the platform, or has chosen none that it tells of. */
  chooseLocale(as: string, locale: string | undefined): void;
  /** A person writes; the id of the message. */
  say(said: Said): Promise<string>;
  edit(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** A person presses a button by its label. */
  press(id: string, label: string, as?: string): Promise<void>;
  /** The person of the direct message presses the button that stops an answer, the bot's or the platform's own; false where there is none. */
  pressStop(): Promise<void> | false;
  /** A person uses the platform's own command. */
  command(name: string, argument: string, where?: Pick<Said, "place" | "as">): Promise<void>;
  /** What stands in a place now, oldest first. `as`: whose direct message. */
  seen(place?: EmulatedPlace, as?: string): readonly Seen[];
  /** Statuses and typing shown so far in a place. */
  statuses(place?: EmulatedPlace, as?: string): readonly string[];
  /** What the bot did that the platform would have refused or warned of: too large, unknown field, late acknowledgement. */
  readonly complaints: readonly string[];
  readonly faults: EmulatedFaults;
  stop(): Promise<void>;
}
