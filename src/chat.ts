/** The contract between chat platforms and the core: types only. */
import type { Source } from "./message.ts";
import type { Usage } from "./providers/provider.ts";
import type { Language } from "./words/language.ts";
import type { Sentence } from "./words/words.ts";

/** `platform:channel[:thread]`: where an answer goes. Opaque except to the adapter that minted it. */
export type ThreadId = string;

/** A message on the platform, unique within its thread. Opaque except to the adapter that minted it. */
export type MessageId = string;

/** What survives being stored as JSON and read again. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Author {
  /** `platform:user`; of one that `isChat` an id that names no server, channel or person. */
  readonly id: string;
  /** What others see. */
  readonly name: string;
  /** The language they chose on the platform, where it says so: a BCP 47 tag such as `ko` or `zh-TW`. */
  readonly locale?: string;
  /** A group or a channel speaks: nobody can tell who it is, nor whether it is the same person as before. */
  readonly isChat?: true;
  /** `platform:role`, where the platform has roles and says so by itself. */
  readonly roles?: readonly string[];
}

/** A file that came with a message; nothing of it is downloaded before it is needed. */
export interface Attachment {
  readonly name: string;
  readonly mimeType: string;
  /** In bytes, when the platform says so before the download. */
  readonly size?: number;
  /** It is one still picture of this, which moves and can't be taken in whole. */
  readonly stillOf?: string;
  /** What its adapter finds it by, also after a restart: an id where the platform has one, for addresses expire. */
  readonly ref: Json;
}

/** Where a message stands: who can read along decides what it shares context with. */
export type Place = "dm" | "channel" | "thread";

/** Where something stands among what was sent as one, and comes one by one without anybody saying how many there are. */
export interface AlbumPart {
  /** The platform's identity of the album. */
  readonly id: string;
  /** Rises in the order of the parts. */
  readonly place: number;
  /** The `context` of the edit that it becomes when work on the others has begun. */
  readonly context?: Json;
}

interface InboundBase {
  /** The platform's identity of the event: the same event twice has the same id. */
  readonly id: string;
  /** When the person did it, in milliseconds since 1970, where the platform says so. */
  readonly at?: number;
  readonly thread: ThreadId;
  readonly place: Place;
  /** The channel's name for people, e.g. `#korean`; the person's name in a direct message. */
  readonly channelName: string;
  /** `platform:id` of the server or workspace it happened in, where the platform has them. */
  readonly server?: string;
  /** Who reads along beside those of this thread: all of its channel, or all of the server. Left out: nobody, or it is not known. */
  readonly readBy?: "channel" | "server";
  readonly author: Author;
  /** What its adapter needs to answer it, such as a command's token; opaque to the core. */
  readonly context?: Json;
  /** It is one of several that are one question, or one command, whichever processes they come to. */
  readonly album?: AlbumPart;
}

/** The message that was replied to, right-clicked or forwarded: part of the question. */
export interface Quoted {
  /** Its writer's name. */
  readonly author: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Where the bot itself wrote it. */
  readonly messageId?: MessageId;
  /** Only these words of it were chosen. */
  readonly isPart?: true;
  /** It was sent on without a word: what its sender says about it stands in messages of their own. */
  readonly isForwarded?: true;
}

/** Something a person wrote, free of the platform's syntax: mentions of the bot removed, of others by name. */
export interface InboundMessage extends InboundBase {
  readonly type: "message";
  readonly messageId?: MessageId;
  readonly text: string;
  /** The bot itself put its text into words, for a command or a button: nobody typed it. */
  readonly isComposed?: true;
  readonly attachments: readonly Attachment[];
  readonly quoted?: Quoted;
  /**
   * `follow-up`: written in a thread to nobody in particular; answered only where the bot takes part already.
   * `others`: a part of an album that does not say that it is for the bot; another part may.
   * Left out: written to the bot, by direct message, mention, reply, command or shortcut.
   */
  readonly address?: "follow-up" | "others";
  /** Uses this persona for this one message, whatever is bound here. */
  readonly persona?: string;
  /** Several models answer it together; its text may begin with their names. */
  readonly council?: true;
  /** The web is searched before it is answered. */
  readonly search?: true;
}

/** A question was changed: its answer is written anew, in place. */
export interface InboundEdit extends InboundBase {
  readonly type: "edited";
  readonly messageId: MessageId;
  /** The question as it is now. */
  readonly message: InboundMessage;
}

/** A question was taken back: its answer stops. */
export interface InboundDeletion extends InboundBase {
  readonly type: "deleted";
  readonly messageId: MessageId;
  /** The platform does not say who wrote it: `author` is nobody. */
  readonly isAnonymous?: true;
}

/** A command such as `/persona tutor`: `name` without the slash, the rest as written; with what came along, where it was a message. */
export interface InboundCommand
  extends InboundBase, Partial<Pick<InboundMessage, "messageId" | "attachments" | "quoted">> {
  readonly type: "command";
  readonly name: string;
  readonly argument: string;
  /** What came with it, where it was written as a message. */
  readonly attachments?: readonly Attachment[];
  readonly quoted?: Quoted;
  /** As of a message. */
  readonly address?: InboundMessage["address"];
}

/** A button under an answer was pressed. */
export interface InboundPress extends InboundBase {
  readonly type: "press";
  /** The token of the pressed `Action`. */
  readonly token: string;
  /** The message the button stands under. */
  readonly messageId: MessageId;
}

/** What a person did: plain data, so that it is stored before the platform is told that it arrived. */
export type Inbound = InboundMessage | InboundEdit | InboundDeletion | InboundCommand | InboundPress;

/** What an answer said that it should not have, or that nobody has looked at: told whatever else is. */
export interface Findings {
  /** Claims, in their own words, that cited nothing that was read for this answer; what they cited was taken out. */
  readonly unsourced: readonly string[];
  /** Claims whose sources were read and do not say so; what they cited was taken out. */
  readonly misquoted: readonly string[];
  /** Links whose pages nobody has opened. */
  readonly unread: number;
  /** Numbers that what was read gives otherwise. */
  readonly contradicted: readonly Contradiction[];
}

/** A number in an answer beside the one that was read. */
export interface Contradiction {
  /** What it is a number of, as it was read. */
  readonly label: string;
  readonly said: string;
  readonly read: string;
}

/** What stands behind an answer. */
export interface Receipt {
  /** `provider/model` that really answered. */
  readonly model: string;
  readonly usage: Usage;
  /** Only when the price is known. */
  readonly costUsd?: number;
  /** How many paid searches are not in the cost, for nobody told their price. */
  readonly unpriced?: number;
  /** Share of the model's window that the request filled, 0 to 1, when the window is known. */
  readonly windowShare?: number;
  /** Names of the tools run, in order. */
  readonly tools: readonly string[];
  /** Left out where there is nothing to tell. */
  readonly findings?: Findings;
  /** From the message's arrival to the answer's end, in milliseconds. */
  readonly elapsedMs: number;
}

/** How much of the receipt stands under an answer. */
export type Footer = "off" | "short" | "full";

/** A button under an answer. */
export interface Action {
  /** At most 60 ASCII characters; comes back in `InboundPress`, also after a restart. */
  readonly token: string;
  /** One or two words. */
  readonly label: string;
}

/** Who speaks, where it is not the bot itself. */
export interface Speaker {
  readonly name: string;
  /** The address of a picture, where there is one. */
  readonly picture?: string;
}

/** Something that was said on the way to an answer, behind a title that opens it, where the platform can. */
export interface Fold {
  /** One line of plain text. */
  readonly title: string;
  /** Markdown; empty where the title says all. */
  readonly text: string;
}

/**
 * What a person is to see now. The whole of it each time, not a difference: adapters may skip versions.
 * `growing` becomes `done`, `stopped` (what was said so far stays) or `failed` (a notice says why).
 */
export interface Answer {
  readonly state: "growing" | "done" | "stopped" | "failed";
  /** Of the bot's own words in it and under it; English when left out. */
  readonly language?: Language;
  /** The persona that answers; left out when the bot itself speaks. */
  readonly persona?: Speaker;
  /** Markdown as the model wrote it. */
  readonly text: string;
  /** Its text is a sentence of the bot's own, which stands there until the answer's first words. */
  readonly isHeld?: true;
  /** What was said before it, in this order; while the answer grows, more come at the end. */
  readonly folds?: readonly Fold[];
  /** The model's reasoning so far; empty unless it is to be shown. */
  readonly thinking: string;
  readonly sources: readonly Source[];
  /** The bot's own sentences about this answer: a dropped file, a trimmed context, a failure. */
  readonly notices: readonly string[];
  readonly receipt?: Receipt;
  readonly footer: Footer;
  readonly actions: readonly Action[];
}

/** A file to send, such as an answer's long code. */
export interface OutgoingFile {
  readonly name: string;
  readonly mimeType: string;
  readonly data: Uint8Array;
}

/** Files to send, in this order; those that are made when they are taken are never all in memory. */
export type OutgoingFiles = readonly OutgoingFile[] | AsyncIterable<OutgoingFile>;

/**
 * Takes what a person did. Settles when it is stored, which is when the platform may be told that it arrived; rejects
 * when it can't be stored now, and the platform should bring it again. The answer comes later.
 */
export type Receive = (inbound: Inbound) => Promise<void>;

/** Whether this would be dealt with: for what an adapter does for somebody before it hands over what they did. */
export type Welcomes = (inbound: Inbound) => Promise<boolean>;

/** What is known of the time before a connection: for platforms that bring nothing that was missed. */
export type Recall = () => Promise<Recalled>;

export interface Recalled {
  /** All that came before, in milliseconds since 1970, has been taken; left out where nothing ever came. */
  readonly since?: number | undefined;
  /** Where people talked with the bot lately, the latest first. */
  readonly threads: readonly ThreadId[];
}

/** What a post answers, so that it can stand as a reply and close what the platform waits for. */
export interface PostOptions {
  /** The `id` of the inbound event that caused it. */
  readonly cause: string;
  /** The `context` of that event. */
  readonly context?: Json;
  /** Of the bot's own words; English when left out. */
  readonly language?: Language;
  /** The question, where the platform shows replies. */
  readonly replyTo?: MessageId;
  /** Names this one message: the same at every attempt, also after a restart. At most 40 ASCII letters, digits and `-`. */
  readonly key: string;
}

/** A message whose post was begun, and nobody knows whether it stands. */
export interface SoughtMessage extends PostOptions {
  /** Messages of the bot's own in that place that are known, and so not the one. */
  readonly known: readonly MessageId[];
}

/** One message that grows by the platform's own live text, in place of post and edits. One at a time is written to. */
export interface LiveMessage<Rendered = unknown> {
  /** The least time between two updates, in milliseconds, where it is not the adapter's `editEveryMs`. */
  readonly everyMs?: number;
  /** Whether its first update posts a message that stays, rather than a draft that fades. */
  readonly posts?: true;
  /** Once it is a message that outlasts this process: `edit` then goes on with it, also from another process. */
  readonly id?: MessageId | undefined;
  update(message: Rendered): Promise<void>;
  /** Makes it a lasting message with this content; afterwards `edit` changes it. Called once, also after a failed update. */
  finish(message: Rendered): Promise<MessageId>;
}

/**
 * One chat platform. `Rendered` is its own form of a message, plain data and opaque to the core: `render` makes it,
 * `post` and `edit` take it. Calls throw RateLimited when the platform asks to wait, and never wait or retry by
 * themselves. Only what comes in needs `start`: all else works without it, so that one process can listen and another
 * answer.
 */
export interface Adapter<Rendered = unknown> {
  /** The first part of its thread ids. */
  readonly platform: string;
  /** The least time between two edits of a growing answer, in milliseconds. */
  readonly editEveryMs: number;
  /** How long a shown status lasts by itself, in milliseconds; it is shown again before that. */
  readonly statusLastsMs?: number;
  /** The same message posted again under the same key within a few minutes stands there once. */
  readonly postsOnce?: true;
  /** Whoever talks here is gone when the process ends: nothing of it is taken up again. */
  readonly transient?: true;
  /** Only one process at a time may be started: the platform gives every event to each connection. */
  readonly exclusive?: true;
  /** A reply there doesn't tell which of the bot's messages it answers. */
  readonly namesNoReplied?: true;
  /** Whoever installed the bot here has allowed its server with that: a workspace's own app. */
  readonly serversAreTrusted?: true;
  /** From how many characters on a block of code reads better as a file than in messages. */
  readonly longCode?: number;
  /** The same for a fold; left out where folds take little room. */
  readonly longFold?: number;
  /** Connects and hands over what people do, and what was missed since. Throws UserError when a token or address is wrong. */
  start(receive: Receive, recall?: Recall, welcomes?: Welcomes): Promise<void>;
  /** Disconnects; afterwards nothing is received. What is being written can still be finished. */
  stop(): Promise<void>;
  /** Lets go of everything. */
  close?(): Promise<void>;
  /** Downloads a file with the platform's credentials. Throws UserError when it is gone or too large. */
  download(attachment: Attachment, signal: AbortSignal): Promise<Uint8Array>;
  /** Loads what speaking takes and listening does not, before the first `render`; left out where that is nothing. */
  prepare?(): Promise<void>;
  /**
   * The messages that hold the whole answer, each within the platform's limits. At least one. While it grows, the earlier ones
   * stay as they are. `memo`: the same object for each version of one answer, so that a version may cost what is new in it.
   */
  render(answer: Answer, memo?: object): readonly Rendered[];
  post(thread: ThreadId, message: Rendered, options: PostOptions): Promise<MessageId>;
  /** Throws MessageGone when the message is not there any more. */
  edit(thread: ThreadId, id: MessageId, message: Rendered): Promise<void>;
  /** Takes back a message that an answer no longer needs. */
  remove?(thread: ThreadId, id: MessageId): Promise<void>;
  /** Asks the platform for a message that may have been posted; undefined when it was not. */
  find?(thread: ThreadId, sought: SoughtMessage): Promise<MessageId | undefined>;
  /** Live text where the platform has its own for this thread; undefined where it has not. */
  live?(thread: ThreadId, options: PostOptions): LiveMessage<Rendered> | undefined;
  /** Shows that the bot is at work, in words where the platform has them; cleared by the next post. */
  status?(thread: ThreadId, text: string, options: PostOptions): Promise<void>;
  upload?(thread: ThreadId, file: OutgoingFile, options: PostOptions): Promise<MessageId>;
  /** The address of a message, for those who can read it; undefined where it has none. */
  linkTo?(message: InboundMessage): Promise<string | undefined>;
  /** Told when an event has been dealt with, so that nothing says any more that the bot is at work on it. Never fails. */
  settled?(inbound: Inbound): void;
  /** Whether the person may change what holds for everyone in this place, by the platform's own rights. */
  manages?(inbound: Inbound): Promise<boolean>;
}

/** What an adapter tells its platform about the bot. */
export interface BotDescription {
  /** The commands, without the slash: named alike in every language, and described in each. */
  readonly commands: readonly {
    readonly name: string;
    readonly usage: Sentence;
    readonly summary: Sentence;
    /** Its argument is a question, which files may come with and others may read. */
    readonly asks?: true;
  }[];
  /** Personas offered on a right-click, by id. */
  readonly shortcuts: readonly { readonly persona: string; readonly label: string }[];
}
