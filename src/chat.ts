/** The contract between chat platforms and the core: types only. */
import type { Source } from "./message.ts";
import type { Usage } from "./providers/provider.ts";

/** `platform:channel[:thread]`: where an answer goes. Opaque except to the adapter that minted it. */
export type ThreadId = string;

/** A message on the platform, as the platform names it within its thread. */
export type MessageId = string;

export interface Author {
  /** `platform:user`. */
  readonly id: string;
  /** What others see. */
  readonly name: string;
}

export interface Attachment {
  readonly name: string;
  readonly mimeType: string;
  /** In bytes, when the platform says so before the download. */
  readonly size?: number;
  /** Downloads it with the platform's credentials; nothing is fetched before. Throws UserError when it is gone or too large. */
  fetch(signal: AbortSignal): Promise<Uint8Array>;
}

/** Where a message stands: who can read along decides what it shares context with. */
export type Place = "dm" | "channel" | "thread";

interface InboundBase {
  /** The platform's identity of the event: the same event twice has the same id. */
  readonly id: string;
  readonly thread: ThreadId;
  readonly place: Place;
  /** The channel's name for people, e.g. `#korean`; the person's name in a direct message. */
  readonly channelName: string;
  readonly author: Author;
}

/** Something a person wrote, free of the platform's syntax. */
export interface InboundMessage extends InboundBase {
  readonly type: "message";
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Uses this persona for this one message, whatever is bound here. */
  readonly persona?: string;
}

/** A command such as `/persona tutor`: `name` without the slash, the rest as written. */
export interface InboundCommand extends InboundBase {
  readonly type: "command";
  readonly name: string;
  readonly argument: string;
}

/** What a person did. */
export type Inbound = InboundMessage | InboundCommand;

/** What stands behind an answer. */
export interface Receipt {
  /** `provider/model` that really answered. */
  readonly model: string;
  readonly usage: Usage;
  /** Only when the price is known. */
  readonly costUsd?: number;
  /** Share of the model's window that the request filled, 0 to 1, when the window is known. */
  readonly windowShare?: number;
  /** Names of the tools run, in order. */
  readonly tools: readonly string[];
  /** From the message's arrival to the answer's end, in milliseconds. */
  readonly elapsedMs: number;
}

/** How much of the receipt stands under an answer. */
export type Footer = "off" | "short" | "full";

/**
 * What a person is to see now. The whole of it each time, not a difference: adapters may skip versions.
 * `growing` becomes `done`, `stopped` (what was said so far stays) or `failed` (a notice says why).
 */
export interface Answer {
  readonly state: "growing" | "done" | "stopped" | "failed";
  /** The name of the persona that answers; left out when the bot itself speaks. */
  readonly persona?: string;
  /** Markdown as the model wrote it. */
  readonly text: string;
  /** The model's reasoning so far; empty unless it is to be shown. */
  readonly thinking: string;
  readonly sources: readonly Source[];
  /** The bot's own sentences about this answer: a dropped file, a trimmed context, a failure. */
  readonly notices: readonly string[];
  readonly receipt?: Receipt;
  readonly footer: Footer;
}

/** Takes what a person did. Settles when it has been dealt with; never rejects. */
export type Receive = (inbound: Inbound) => Promise<void>;

/**
 * One chat platform. `Rendered` is its own form of a message, opaque to the core:
 * `render` makes it, `post` and `edit` take it.
 */
export interface Adapter<Rendered = unknown> {
  /** The first part of its thread ids. */
  readonly platform: string;
  /** The least time between two edits of a growing answer, in milliseconds. */
  readonly editEveryMs: number;
  /** Connects and hands over what people do. Throws UserError when a token or address is wrong. */
  start(receive: Receive): Promise<void>;
  /** Disconnects; afterwards nothing is received. */
  stop(): Promise<void>;
  /** The messages that hold the whole answer, each within the platform's limits. At least one. */
  render(answer: Answer): readonly Rendered[];
  post(thread: ThreadId, message: Rendered): Promise<MessageId>;
  edit(thread: ThreadId, id: MessageId, message: Rendered): Promise<void>;
  /** Shows that the bot is at work, in words where the platform has them; cleared by the next post. */
  status?(thread: ThreadId, text: string): Promise<void>;
}
