import { isMap, isScalar } from "yaml";
import type { z } from "zod";
import { foundWords, shapeOf } from "./fields.ts";
import { explainIssues, type Misfit } from "./issues.ts";
import { type Problem, sortProblems } from "./problem.ts";
import { nodeAt, offsetOfKey, offsetOfValue, type Path, positionAt, type Source } from "./source.ts";
import { aliasBomb, badAliases, duplicateKeys, maxAliases } from "./structure.ts";
import { parseSource } from "./syntax.ts";
import { decodeFile } from "./text.ts";
import { type FilledValues, fillVariables, readAs, type Variables } from "./variables.ts";

/** A file that fits its schema. */
export interface YamlFile<Value> {
  readonly value: Value;
  /** Something wrong that a schema can't know, at a path of this file. */
  problem(path: Path, complaint: Complaint): Problem;
}

/** What is wrong with the value at a path. */
interface Complaint {
  readonly message: string;
  readonly hint?: string;
  /** Points at this piece of the value, instead of its beginning. */
  readonly piece?: string;
  /** Points at the key instead of the value. */
  readonly key?: true;
}

/** Everything wrong with a file, in the order of its lines. */
export interface Rejected {
  readonly problems: readonly Problem[];
}

interface Options {
  /** Fills `${NAME}` in values when given. */
  readonly variables?: Variables;
}

/** Reads a file strictly: one YAML 1.2 mapping that fits the schema, or all its problems. Never throws. */
export function parseYamlFile<Schema extends z.ZodType>(
  content: string | Uint8Array,
  file: string,
  schema: Schema,
  options: Options = {},
): YamlFile<z.output<Schema>> | Rejected {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const text = decodeFile(bytes, file);
  if (typeof text !== "string") return { problems: [text] };
  const source = parseSource(text, file);
  if ("problems" in source) return source;
  const aliases = badAliases(source);
  if (aliases.length > 0) return { problems: sortProblems([...aliases, ...duplicateKeys(source)]) };
  return checkSource(source, schema, options);
}

function checkSource<Schema extends z.ZodType>(
  source: Source,
  schema: Schema,
  { variables }: Options,
): YamlFile<z.output<Schema>> | Rejected {
  const { file, text, document } = source;
  const filled: FilledValues = variables ? fillVariables(source, variables) : nothingFilled;
  let content = expanded(source);
  if (content === undefined) return { problems: [aliasBomb(source)] };
  let result = schema.safeParse(content, { reportInput: true });
  if (!result.success && retype(source, filled, result.error.issues)) {
    content = expanded(source);
    result = schema.safeParse(content, { reportInput: true });
  }
  const misfits = result.success ? [] : misfitsOf(source.document, schema, result.error.issues);
  const problems = [
    ...duplicateKeys(source),
    ...filled.problems,
    ...misfits
      .filter(({ path }) => !filled.failed.has(nodeAt(document, path)))
      .map((misfit) => placed(source, misfit)),
  ];
  if (!result.success || problems.length > 0) return { problems: sortProblems(problems) };
  return {
    value: result.data,
    problem(path, { message, hint, piece, key }) {
      const start = key ? offsetOfKey(document, path) : offsetOfValue(document, path);
      const end = nodeAt(document, path)?.range?.[1] ?? start;
      const within = piece ? Math.max(0, text.slice(start, end).indexOf(piece)) : 0;
      return { file, message, ...(hint && { hint }), at: positionAt(text, start + within) };
    },
  };
}

const nothingFilled: FilledValues = { nodes: new Set(), failed: new Set(), problems: [] };

/** Plain data, an empty file being an empty mapping; undefined when its aliases grow without bound. */
function expanded({ document }: Source): unknown {
  try {
    return document.toJS({ maxAliasCount: maxAliases }) ?? {};
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** A variable's text becomes a number or truth value where the schema wants one; says whether any did. */
function retype({ document }: Source, filled: FilledValues, issues: readonly z.core.$ZodIssue[]): boolean {
  let changed = false;
  for (const issue of issues) {
    const node = nodeAt(document, issue.path);
    if (issue.code !== "invalid_type" || !isScalar(node) || !filled.nodes.has(node)) continue;
    const value = readAs(issue.expected, node.value);
    if (value === undefined) continue;
    node.value = value;
    changed = true;
  }
  return changed;
}

function misfitsOf(
  { contents }: Source["document"],
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
): Misfit[] {
  const isEmpty = !contents || (isScalar(contents) && contents.value === null);
  if (isMap(contents)) return explainIssues(schema, issues);
  if (!isEmpty) {
    const message = `expected a mapping (key: value), found ${foundWords(isScalar(contents) ? contents.value : [])}`;
    return [{ path: [], at: "value", message }];
  }
  const needed = Object.entries(shapeOf(schema)).filter(([, field]) => !field.safeParse(undefined).success);
  const hint = `it needs at least ${needed.map(([key]) => key).join(", ")}`;
  return [{ path: [], at: "value", message: "this file is empty", hint }];
}

function placed({ file, text, document }: Source, { path, at, message, hint }: Misfit): Problem {
  const offset = {
    key: () => offsetOfKey(document, path),
    value: () => offsetOfValue(document, path),
    parent: () =>
      path.length === 1 ? offsetOfValue(document, []) : offsetOfKey(document, path.slice(0, -1)),
  }[at]();
  return { file, message, ...(hint && { hint }), at: positionAt(text, offset) };
}
