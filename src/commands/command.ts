import type { Action, Adapter, InboundCommand, OutgoingFile } from "../chat.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { Scopes } from "../conversation/scopes.ts";
import type { Core } from "../core.ts";
import type { Sentence, Words } from "../words/words.ts";

/** What a command may use. */
export interface CommandContext {
  readonly core: Core;
  readonly scopes: Scopes;
  /** The chat it was written in. */
  readonly adapter: Pick<Adapter, "manages" | "upload">;
  readonly conversation: Conversation;
  readonly inbound: InboundCommand;
  /** What stands behind the command's name, trimmed. */
  readonly argument: string;
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  /** Aborted when it is to end. */
  readonly signal: AbortSignal;
  /** Shows what is being done, where it takes a while. */
  status(text: string): void;
  /** Ends everything else that is being done for this person, and forgets that they asked for it. */
  cancel(): Promise<void>;
}

/** What a command says. */
export interface CommandAnswer {
  /** Markdown. */
  readonly text: string;
  readonly files?: readonly OutgoingFile[];
  /** Buttons under it, such as `runAction` makes. */
  readonly actions?: readonly Action[];
}

/** Whether what holds for a command, or for some of its arguments, holds for this one. */
export const holdsFor = (
  holds: true | ((argument: string) => boolean) | undefined,
  argument: string,
): boolean => (typeof holds === "function" ? holds(argument.trim()) : holds === true);

/** Something a person can tell the bot to do by `/name`. */
export interface Command {
  readonly name: string;
  /** How its argument is written, e.g. `[name]`; empty without one. */
  readonly usage: Sentence;
  /** One short clause for `/help` and the platforms' own lists. */
  readonly summary: Sentence;
  /** Doing it twice is the same as doing it once. */
  readonly isRepeatable?: true | ((argument: string) => boolean);
  /** Carried out again until its files are there, for they are not stored with its answer. Only for what is repeatable. */
  readonly sendsFiles?: true | ((argument: string) => boolean);
  /** Who finds it in `/help`: everyone when left out, only those who run the bot, or nobody. */
  readonly listed?: "admins" | "never";
  /** Its answer. Throws UserError for an argument that doesn't fit. */
  run(context: CommandContext): Promise<string | CommandAnswer>;
}
