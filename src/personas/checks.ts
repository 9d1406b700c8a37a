import { z } from "zod";
import type { PersonaTest } from "./schema.ts";

type Expectation = PersonaTest["expect"];

/** The sentences that say what is wrong with an answer; none when all is as expected. White space around the answer does not count. */
export function failedChecks(
  answer: string,
  expected: Expectation,
  countTokens: (text: string) => number,
): string[] {
  const text = answer.trim();
  const failures: string[] = [];
  if (expected.equals !== undefined && text !== expected.equals.trim())
    failures.push(`is not ${quote(expected.equals)}`);
  for (const part of listOf(expected.contains))
    if (!text.includes(part)) failures.push(`lacks ${quote(part)}`);
  for (const part of listOf(expected.excludes))
    if (text.includes(part)) failures.push(`contains ${quote(part)}`);
  if (expected.matches !== undefined && !new RegExp(expected.matches, "us").test(text)) {
    failures.push(`does not match ${expected.matches}`);
  }
  if (expected.lines !== undefined) failures.push(...failedLines(text, expected.lines));
  if (expected.json) failures.push(...failedJson(text, expected.json));
  if (expected.maxTokens !== undefined && countTokens(text) > expected.maxTokens) {
    failures.push(`has ${countTokens(text)} tokens, more than ${expected.maxTokens}`);
  }
  return failures;
}

const quote = (text: string): string => JSON.stringify(text);
const listOf = (value: string | string[] | undefined): readonly string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function failedLines(text: string, pattern: string): string[] {
  const expression = new RegExp(pattern, "u");
  return text
    .split("\n")
    .flatMap((line, index) => (expression.test(line) ? [] : [`line ${index + 1} is ${quote(line)}`]));
}

/** Models like to fence JSON: a fence around the whole answer is no failure. */
function failedJson(text: string, schema: Readonly<Record<string, unknown>>): string[] {
  const inner = /^```(?:json)?\n(?<inner>[\s\S]*)\n```$/u.exec(text)?.groups?.inner ?? text;
  let value: unknown;
  try {
    value = JSON.parse(inner);
  } catch {
    return ["is not JSON"];
  }
  const parsed = z.fromJSONSchema(schema).safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join(".") || "JSON"}: ${message}`);
}
