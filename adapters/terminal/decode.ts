import type { Attachment, Author, Inbound } from "../../src/chat.ts";
import { readWritten } from "../../src/platform/written-command.ts";

/** What a line typed into the terminal asks for. */
export type Line =
  /** `takesFiles`: what was attached before goes with it. */
  | { readonly type: "inbound"; readonly inbound: Inbound; readonly takesFiles?: true }
  | { readonly type: "attach"; readonly path: string }
  | { readonly type: "quit" }
  | { readonly type: "nothing" };

/** Who types, and where. */
export interface Seat {
  readonly author: Author;
  readonly thread: string;
  /** The names of the bot's commands. */
  readonly commands: readonly string[];
}

/** The commands whose argument is a question. */
const questions: ReadonlySet<string> = new Set(["council"]);

/** What the terminal itself does. */
const ownLine = /^\/(?<name>quit|exit|image|file)(?:\s+(?<argument>[\s\S]*))?$/u;

/** `pending` are the files attached since the last message; `id` identifies the line. */
export function decodeLine(line: string, seat: Seat, pending: readonly Attachment[], id: string): Line {
  const text = line.trim();
  const base = {
    id,
    thread: seat.thread,
    place: "dm",
    channelName: seat.author.name,
    author: seat.author,
  } as const;
  if (text === "" && pending.length === 0) return { type: "nothing" };
  const { name = "", argument = "" } = ownLine.exec(text)?.groups ?? {};
  if (name === "quit" || name === "exit") return { type: "quit" };
  if (name === "image" || name === "file") return { type: "attach", path: unquote(argument) };
  const command = readWritten(text, seat.commands);
  // What is attached waits for a question.
  const takesFiles = !command || questions.has(command.name);
  const files = takesFiles ? { attachments: pending } : {};
  const inbound: Inbound = command
    ? { ...base, type: "command", ...command, ...files }
    : { ...base, type: "message", text, attachments: pending };
  return { type: "inbound", inbound, ...(takesFiles && { takesFiles }) };
}

/** Terminals put quotes or backslashes into a path that was dragged in. */
function unquote(path: string): string {
  const quoted = /^(?<quote>['"])(?<inner>.*)\k<quote>$/u.exec(path.trim());
  return quoted?.groups?.inner ?? path.trim().replaceAll("\\ ", " ");
}
