import { visit, type Scalar } from "yaml";
import { nearest } from "../text/nearest.ts";
import { type Problem, quote } from "./problem.ts";
import { positionAt, type Source } from "./source.ts";

/** The environment, or whatever stands in for it. */
export type Variables = Readonly<Record<string, string | undefined>>;

const reference = /\$\$\{|\$\{([^}]*)\}?/gu;
const wellFormed = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/su;

/** The values of a file that held variables. */
export interface FilledValues {
  readonly nodes: ReadonlySet<unknown>;
  /** Those of them that name a variable in vain. */
  readonly failed: ReadonlySet<unknown>;
  readonly problems: readonly Problem[];
}

/**
 * Puts variables into the values of a file, in place: `${NAME}` and `${NAME:-default}`; `$${` stands for `${`.
 * An empty variable counts as not set.
 */
export function fillVariables(source: Source, variables: Variables): FilledValues {
  const nodes = new Set<unknown>();
  const failed = new Set<unknown>();
  const problems: Problem[] = [];
  visit(source.document, {
    Scalar(key, node) {
      if (key === "key" || typeof node.value !== "string" || !node.value.includes("${")) return;
      nodes.add(node);
      const value = expand(node.value, variables, ({ written, message, hint }) => {
        failed.add(node);
        const at = positionAt(source.text, offsetIn(node, written, source));
        problems.push({ file: source.file, message, hint, at });
      });
      node.value = value;
    },
  });
  return { nodes, failed, problems };
}

interface Fault {
  /** The reference as it stands in the file. */
  readonly written: string;
  readonly message: string;
  readonly hint: string;
}

function expand(text: string, variables: Variables, report: (fault: Fault) => void): string {
  return text.replaceAll(reference, (written: string, inner: string | undefined) => {
    if (written === "$${") return "${";
    const [, name, fallback] = (written.endsWith("}") && wellFormed.exec(inner ?? "")) || [];
    if (name === undefined) {
      report({ written, message: `${quote(written)} names no variable`, hint: malformedHint });
      return "";
    }
    const value = variables[name] || fallback;
    if (value !== undefined) return value;
    const hint = missingHint(name, variables);
    report({ written, message: `the environment variable ${name} is not set`, hint });
    return "";
  });
}

const malformedHint = "write ${NAME} or ${NAME:-default}; $${ stands for ${ itself";

function missingHint(name: string, variables: Variables): string {
  const near = nearest(
    name,
    Object.keys(variables).filter((key) => variables[key]),
  );
  return near ? `did you mean ${near}?` : `set it, or write a default: \${${name}:-…}`;
}

/** Where the text stands within its value. */
function offsetIn(node: Scalar, text: string, source: Source): number {
  const [start, end] = node.range ?? [0, 0];
  return start + Math.max(0, source.text.slice(start, end).indexOf(text));
}

/** The number or truth value that a filled-in text spells, when the schema asked for one; else undefined. */
export function readAs(expected: string, value: unknown): number | boolean | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (expected === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  const isNumber =
    (expected === "number" || expected === "int") && text !== "" && Number.isFinite(Number(text));
  return isNumber ? Number(text) : undefined;
}
