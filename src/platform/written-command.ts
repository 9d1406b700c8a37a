import type { InboundCommand } from "../chat.ts";
import { editDistance } from "../text/nearest.ts";

/** A slash, or what may be typed where the platform keeps slashes to itself; then one word. */
const form = /^\s*[/!](?<name>[a-z][a-z0-9_]*)(?:\s+(?<argument>.*))?$/isu;

/** A slip of the finger comes with a few words at most; a sentence is a question about something that begins so. */
const mostWords = 3;

/**
 * The command that a text is: `/name` or `!name` with one of these names, or one letter beside it, which whoever carries
 * it out will say. Undefined for what only begins with a slash, such as a path.
 */
export function readWritten(
  text: string,
  names: Iterable<string>,
): Pick<InboundCommand, "name" | "argument"> | undefined {
  const groups = form.exec(text)?.groups;
  if (!groups) return undefined;
  const { argument = "" } = groups;
  const name = (groups["name"] ?? "").toLowerCase();
  const known = [...names];
  const isMeant = known.includes(name) || isSlip(name, argument, known);
  return isMeant ? { name, argument: argument.trim() } : undefined;
}

function isSlip(name: string, argument: string, names: readonly string[]): boolean {
  const words = argument.split(/\s+/u).filter((word) => word !== "");
  return words.length < mostWords && names.some((known) => editDistance(name, known) === 1);
}
