import { parseDocument, visit, type Document, type YAMLError } from "yaml";
import { type Problem, quote } from "./problem.ts";
import { positionAt, type Source } from "./source.ts";

/** What YAML's own errors mean for the person who wrote the file. */
interface Complaint {
  readonly message: string;
  readonly hint?: string;
  /** Where it really went wrong, when that is not where the parser noticed. */
  readonly offset?: number;
}

/** Numbers, `true`, `false` and `null` are read as such, all else is text: YAML 1.2, so `no` and `on` are words. */
const options = {
  schema: "core",
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  // The parser compares each key with all before it; structure.ts looks them up instead.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "error",
} as const;

/** More than this many are one mistake, made in each line. */
const maxFaults = 50;

const writeLongText = 'put it in quotes, or on lines of their own under "key: |"';

/** Reads one YAML document. The parser's errors come one per line: later ones on a line follow from the first. */
export function parseSource(text: string, file: string): Source | { readonly problems: readonly Problem[] } {
  const document = parseDocument(text, options);
  const source = { file, text, document };
  const faults = [...document.errors, ...document.warnings].slice(0, maxFaults);
  if (faults.length === 0) return source;
  const byLine = new Map<number, Problem>();
  for (const fault of faults) {
    const { message, hint, offset } = explainFault(fault, source);
    const at = positionAt(text, offset ?? fault.pos[0]);
    if (!byLine.has(at.line)) byLine.set(at.line, { file, message, at, ...(hint && { hint }) });
  }
  return { problems: [...byLine.values()] };
}

function explainFault(fault: YAMLError, source: Source): Complaint {
  return tabComplaint(fault, source.text) ?? byCode[fault.code]?.(fault, source) ?? { message: plain(fault) };
}

const byCode: Partial<Record<YAMLError["code"], (fault: YAMLError, source: Source) => Complaint>> = {
  MULTIPLE_DOCS: () => ({
    message: "a second document begins here",
    hint: 'keep one per file; a line "---" inside a text belongs under "key: |", indented',
  }),
  TAG_RESOLVE_FAILED: (fault, { text }) => ({
    message: `tags such as ${quote(text.slice(...fault.pos).trim())} are not allowed`,
    hint: "text that begins with ! needs quotes",
  }),
  BLOCK_AS_IMPLICIT_KEY: () => ({
    message: 'this ": " begins a second key on the same line',
    hint: `if it belongs to the text, ${writeLongText}`,
  }),
  MULTILINE_IMPLICIT_KEY: (_, { text }) => ({
    message: 'expected "key: value"',
    hint: /\w:\S/u.test(text) ? "a space must follow the colon" : "is a colon missing, or an indentation?",
  }),
  BAD_SCALAR_START: (fault, { text }) => ({
    message: `text that begins with ${text[fault.pos[0]] ?? ""} needs quotes`,
    hint: writeLongText,
  }),
  NON_STRING_KEY: (fault, { text }) => mustBeQuoted(text[fault.pos[0]] ?? ""),
  BAD_DQ_ESCAPE: (fault, { text }) => ({
    message: `${text.slice(fault.pos[0], fault.pos[0] + 2)} means nothing inside double quotes`,
    hint: "in single quotes a backslash is just a backslash",
  }),
  BAD_INDENT: (fault) =>
    fault.message.startsWith("Flow")
      ? { message: "a bracket opened before this line is not closed" }
      : {
          message: "this line's indentation fits nothing above it",
          hint: "keys of one group begin in the same column",
        },
  MISSING_CHAR: (fault, { document }) =>
    fault.message.endsWith("quote")
      ? { message: "this quote is never closed", offset: openingQuote(document, fault.pos[0]) }
      : { message: plain(fault), hint: "text with brackets, braces or commas needs quotes here" },
  UNEXPECTED_TOKEN: (fault, source) => unexpected(fault, source),
  RESOURCE_EXHAUSTION: () => ({ message: "this is nested too deeply" }),
};

/** What stands before the fault on its line tells why YAML thought that the value was over. */
function unexpected(fault: YAMLError, { text }: Source): Complaint {
  const start = text.lastIndexOf("\n", fault.pos[0] - 1) + 1;
  const value = /^(?:\s*-)*\s*(?:[^\s"'{[*&][^:]*:\s+)?(["'*&{[])/u.exec(text.slice(start, fault.pos[0]));
  const opener = value?.[1];
  if (opener === '"' || opener === "'") {
    return { message: "text goes on after its closing quote", hint: "put all of it in quotes, or none" };
  }
  if (opener) return mustBeQuoted(opener, start + (value?.[0].length ?? 1) - 1);
  return { message: plain(fault) };
}

function mustBeQuoted(opener: string, offset?: number): Complaint {
  return {
    message: `text that begins with ${opener} needs quotes`,
    hint: writeLongText,
    ...(offset !== undefined && { offset }),
  };
}

/** A tab in a line's indentation is what people did wrong, whatever the parser stumbled over. */
function tabComplaint(fault: YAMLError, text: string): Complaint | undefined {
  const start = text.lastIndexOf("\n", fault.pos[0] - 1) + 1;
  const tab = /^ *(?:- *)*(?=\t)/u.exec(text.slice(start, fault.pos[1] + 1));
  if (!tab) return undefined;
  return {
    message: "YAML does not allow tabs for indentation",
    hint: "use spaces",
    offset: start + tab[0].length,
  };
}

function openingQuote(document: Document.Parsed, end: number): number {
  let offset = end;
  visit(document, {
    Scalar(_, node) {
      const start = node.range?.[0] ?? end;
      if (node.type?.startsWith("QUOTE") && start < end) offset = start;
    },
  });
  return offset;
}

function plain({ message }: YAMLError): string {
  if (message.includes("call stack")) return "this is nested too deeply";
  return message.charAt(0).toLowerCase() + message.slice(1);
}
