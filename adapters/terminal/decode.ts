import type { Attachment, Author, Inbound } from "../../src/chat.ts";

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
}

/** The commands whose argument is a question. */
const questions: ReadonlySet<string> = new Set(["council"]);

const commandLine = /^\/(?<name>[a-z]+)(?:\s+(?<argument>[\s\S]*))?$/u;

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
  const { name = "", argument = "" } = commandLine.exec(text)?.groups ?? {};
  if (name === "quit" || name === "exit") return { type: "quit" };
  if (name === "image" || name === "file") return { type: "attach", path: unquote(argument) };
  const command = { ...base, type: "command", name, argument } as const;
  if (questions.has(name))
    return { type: "inbound", inbound: { ...command, attachments: pending }, takesFiles: true };
  if (name !== "") return { type: "inbound", inbound: command };
  const message = { ...base, type: "message", text, attachments: pending } as const;
  return { type: "inbound", inbound: message, takesFiles: true };
}

/** Terminals put quotes or backslashes into a path that was dragged in. */
function unquote(path: string): string {
  const quoted = /^(?<quote>['"])(?<inner>.*)\k<quote>$/u.exec(path.trim());
  return quoted?.groups?.inner ?? path.trim().replaceAll("\\ ", " ");
}
