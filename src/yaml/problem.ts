import { isAbsolute, relative } from "node:path";
import { excerpt } from "./excerpt.ts";

/** A place in a file. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  /** The whole line, its credentials blanked. */
  readonly source: string;
}

/** Something wrong with a file that a person wrote. */
export interface Problem {
  /** As people know it, e.g. `personas/tutor.yaml`. */
  readonly file: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Left out when the file as a whole is meant. */
  readonly at?: Position;
}

/** What keys and tokens look like wherever they stand: a long run of letters and digits mixed, and a bot's number with its token. */
const tokens = /\b\d{6,}:[\w-]{30,}|(?=\w*\d)(?=\w*[A-Za-z])\w{20,}/gu;

/** `file:line:column  message`, then the line, a caret under the place, and the hint; a key in the wrong place is blanked. */
export function formatProblem({ file, message, hint, at }: Problem): string {
  const place = at ? `${file}:${at.line}:${at.column}` : file;
  const shown = at && at.source.trim() !== "" ? excerpt(blank(at.source), at.column) : [];
  const below = [...shown, ...(hint ? [blank(hint)] : [])].map((line) => `    ${line}`);
  return [`${place}  ${blank(message)}`, ...below].join("\n");
}

const blank = (text: string): string => text.replaceAll(tokens, (token) => "•".repeat(token.length));

/** In the order of their places; problems of a whole file first. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
}

/** A file's path as people know it: from the working directory when it lies within. */
export function shownPath(path: string, cwd: string = process.cwd()): string {
  const short = relative(cwd, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** In quotes, with control characters made visible. */
export function quote(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(shown);
}
