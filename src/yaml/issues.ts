import type { z } from "zod";
import { nearest } from "../text/nearest.ts";
import { describe, expectedWords, fieldAt, foundWords, optionsOf, shapeOf } from "./fields.ts";
import { quote } from "./problem.ts";
import type { Path } from "./source.ts";

type Issue = z.core.$ZodIssue;

/** A value that the schema refuses. */
export interface Misfit {
  readonly path: Path;
  /** Which end of the path is meant; `parent` for a key that isn't there. */
  readonly at: "key" | "value" | "parent";
  readonly message: string;
  readonly hint?: string;
}

/** Beyond this many, a file isn't mistaken but something else altogether. */
const most = 50;

/**
 * zod's issues in the words of the person who wrote the file, the first fifty of a kind. They must hold their input
 * (`reportInput`).
 */
export function explainIssues(schema: z.ZodType, all: readonly Issue[]): Misfit[] {
  const issues = all
    .slice(0, most)
    .map((issue) => ("keys" in issue ? Object.assign(issue, { keys: issue.keys.slice(0, most) }) : issue));
  const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
  return issues
    .filter((issue) => !followsFrom(unknown, issue, schema))
    .flatMap((issue) => explain(schema, issue));
}

/** A misspelt key is one mistake, though zod also misses the right one. */
function followsFrom(
  unknown: readonly z.core.$ZodIssueUnrecognizedKeys[],
  issue: Issue,
  schema: z.ZodType,
): boolean {
  const missing = isMissing(issue);
  if (!missing && issue.code !== "custom") return false;
  const parent = missing ? issue.path.slice(0, -1) : issue.path;
  return unknown.some(({ path, keys }) => {
    if (!samePath(path, parent)) return false;
    const allowed = Object.keys(shapeOf(fieldAt(schema, path)));
    return !missing || keys.some((key) => nearest(key, allowed) === issue.path.at(-1));
  });
}

function explain(schema: z.ZodType, issue: Issue): Misfit[] {
  const { path } = issue;
  const field = fieldAt(schema, path) ?? schema;
  if (isMissing(issue)) return [missingKey(path, field)];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], field));
  if (issue.code === "invalid_union") return explainUnion(issue, field);
  if (issue.code === "invalid_key") {
    const reason = issue.issues[0]?.message ?? "";
    return [{ path, at: "key", message: `${quote(String(path.at(-1)))} can't be a key here: ${reason}` }];
  }
  return [{ path, at: "value", ...wrongValue(issue, field) }];
}

function missingKey(path: Path, field: z.ZodType): Misfit {
  const key = String(path.at(-1));
  const purpose = describe(field)?.split("\n")[0];
  return {
    path,
    at: "parent",
    message: `missing key ${quote(key)}`,
    hint: `${key}: ${purpose ?? expectedWords(field)}`,
  };
}

function unknownKey(path: Path, parent: z.ZodType): Misfit {
  const key = String(path.at(-1));
  const shape = shapeOf(parent);
  const near = nearest(key, Object.keys(shape));
  const group = Object.keys(shape).find((name) => key in shapeOf(shape[name]));
  const hint = near
    ? `did you mean ${quote(near)}?`
    : group
      ? `it belongs under ${quote(group)}`
      : `known here: ${Object.keys(shape).join(", ")}`;
  return { path, at: "key", message: `unknown key ${quote(key)}`, hint };
}

/** The option that is of the value's kind explains itself; when none is, all are named. */
function explainUnion(issue: z.core.$ZodIssueInvalidUnion, field: z.ZodType): Misfit[] {
  const options = optionsOf(field);
  const ofKind = issue.errors.findIndex(
    (errors) => !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  const option = options[ofKind];
  if (!option) return [{ path: issue.path, at: "value", ...wrongType(issue.input, field) }];
  const misfits = explainIssues(option, issue.errors[ofKind] ?? []);
  return misfits.map(({ path, ...rest }) => Object.assign(rest, { path: [...issue.path, ...path] }));
}

function wrongValue(issue: Issue, field: z.ZodType): { message: string; hint?: string } {
  if (issue.code === "invalid_type") return wrongType(issue.input, field);
  if (issue.code === "invalid_value") return wrongChoice(issue.input, issue.values.map(String), field);
  if (issue.code === "too_small") return { message: tooSmall(issue) };
  if (issue.code === "too_big") return { message: `expected at most ${issue.maximum}` };
  if (issue.code === "invalid_format" && issue.format === "url") {
    return { message: "expected an address such as https://example.com/v1" };
  }
  return { message: issue.message };
}

function wrongType(value: unknown, field: z.ZodType): { message: string; hint?: string } {
  const expected = expectedWords(field);
  const message = `expected ${expected}, found ${foundWords(value)}`;
  if (value === null) return { message, hint: "give it a value, or remove the key" };
  if (expected === "true or false") return { message, hint: "write true or false, without quotes" };
  if (typeof value === "string" && expected.startsWith("a list of text")) {
    return { message, hint: "write it as a list: one item per line, each after a dash" };
  }
  const isText =
    (typeof value === "number" || typeof value === "boolean") && expected.split(" or ").includes("text");
  return isText ? { message, hint: "put it in quotes to make it text" } : { message };
}

function wrongChoice(
  value: unknown,
  allowed: readonly string[],
  field: z.ZodType,
): { message: string; hint?: string } {
  if (typeof value !== "string") return wrongType(value, field);
  const near = nearest(value, allowed);
  const message = `${quote(value)} is not one of ${allowed.join(", ")}`;
  return near ? { message, hint: `did you mean ${quote(near)}?` } : { message };
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === "string") return "expected some text, found none";
  if (origin === "array") return "expected at least one item";
  return inclusive ? `expected at least ${minimum}` : `expected more than ${minimum}`;
}

function isMissing(issue: Issue): boolean {
  const codes: readonly string[] = ["invalid_type", "invalid_value", "invalid_union"];
  return issue.input === undefined && issue.path.length > 0 && codes.includes(issue.code ?? "");
}

function samePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
