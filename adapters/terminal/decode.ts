import type { Attachment, Author, Inbound } from "../../src/chat.ts";
import { readWritten } from "../../src/platform/written-command.ts";

/** What a line typed into the terminal asks for. */
export type Line =
  | { readonly type: "inbound"; readonly inbound: Inbound }
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
  // What is attached waits for a question.
  const command = readWritten(text, seat.commands);
  if (command) return { type: "inbound", inbound: { ...base, type: "command", ...command } };
  return { type: "inbound", inbound: { ...base, type: "message", text, attachments: pending } };
}

/** Terminals put quotes or backslashes into a path that was dragged in. */
function unquote(path: string): string {
  const quoted = /^(?<quote>['"])(?<inner>.*)\k<quote>$/u.exec(path.trim());
  return quoted?.groups?.inner ?? path.trim().replaceAll("\\ ", " ");
}
