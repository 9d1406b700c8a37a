import type { Other } from "../actions.ts";
import type { Action, Adapter, InboundCommand, InboundMessage, OutgoingFiles, Place } from "../chat.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { Scopes } from "../conversation/scopes.ts";
import type { ReadingStep } from "../files/bookmark.ts";
import type { Core } from "../core.ts";
import type { Scrubbed } from "../privacy/people.ts";
import type { Job, StoredTurn } from "../store/store.ts";
import type { Sentence, Words } from "../words/words.ts";

/** What a command may use. */
export interface CommandContext {
  readonly core: Core;
  readonly scopes: Scopes;
  /** The chat it was written in. */
  readonly adapter: Pick<Adapter, "manages" | "upload">;
  readonly conversation: Conversation;
  readonly inbound: InboundCommand;
  /** Names what is asked of models for it in the accounts. */
  readonly job: Pick<Job, "id" | "attempt">;
  /** What stands behind the command's name, trimmed. */
  readonly argument: string;
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  /** Aborted when it is to end. */
  readonly signal: AbortSignal;
  /** Shows what is being done, where it takes a while. */
  status(text: string): void;
  /** Ends everything else that is being done for this person, and forgets that they asked for it. What it gives waits until all of it has ended. */
  cancel(): Promise<() => Promise<void>>;
}

/** What a command says. */
export interface CommandAnswer {
  /** Markdown. */
  readonly text: string;
  readonly files?: OutgoingFiles;
  /** Buttons under it, such as `runAction` makes. */
  readonly actions?: readonly Action[];
}

/** An answer to a question that was asked before, in place of the one it had. */
export interface AnswerAgain {
  readonly again: StoredTurn;
  /** As before, when left out. */
  readonly by?: Other;
}

/** A question that is asked in the place of what the command would say. */
export interface AskReading {
  readonly message: InboundMessage;
  readonly reading: ReadingStep;
}

/** Where somebody is, and what they may do there. */
export interface Standing {
  readonly place: Place;
  /** Owner or admin of the bot. */
  readonly isAdmin: boolean;
  /** What they choose here is theirs to choose, for themselves or for all. */
  readonly mayChange: boolean;
}

/** Whether what holds for a command, or for some of its arguments, holds for this one. */
export const holdsFor = (
  holds: true | ((argument: string) => boolean) | undefined,
  argument: string,
): boolean => (typeof holds === "function" ? holds(argument.trim()) : holds === true);

/** Something a person can tell the bot to do by `/name`. */
export interface Command {
  readonly name: string;
  /** Where it stands in `/help`. */
  readonly group: keyof Words["help"]["groups"];
  /** How its argument is written, e.g. `[name]`; empty without one. */
  readonly usage: Sentence;
  /** One short clause for `/help` and the platforms' own lists. */
  readonly summary: Sentence;
  /** As it may be written, for `/help name`. */
  readonly example?: string;
  /** Doing it twice is the same as doing it once. */
  readonly isRepeatable?: true | ((argument: string) => boolean);
  /** Carried out again until its files are there, for they are not stored with its answer. Only for what is repeatable. */
  readonly sendsFiles?: true | ((argument: string) => boolean);
  /** Where nothing of what it deletes is to be left, nor of the command itself, once it has been dealt with. */
  readonly scrubs?: (argument: string) => Scrubbed | undefined;
  /** Its argument is a question, which is answered as one; `run` says how to ask where there is none. */
  readonly asks?: true;
  /** It is about who writes: nothing for a group or a channel that speaks. */
  readonly isPersonal?: true;
  /** Reads the files that came with it. */
  readonly takesFiles?: true;
  /** Whether `/help` offers it to somebody there; to everyone everywhere when left out. */
  readonly isOffered?: (standing: Standing) => boolean;
  /** Its answer. Throws UserError for an argument that doesn't fit. */
  run(context: CommandContext): Promise<string | CommandAnswer | AnswerAgain | AskReading>;
}
