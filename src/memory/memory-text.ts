import { oneName } from "../conversation/marks.ts";

/** Facts as they stand in a prompt; under the person's name where several write. */
export function memoryText(facts: readonly string[], name?: string): string {
  const lines = facts.map((fact) => `- ${fact.replaceAll(/[\s\p{Cc}]+/gu, " ")}`);
  return [`[What you know about ${name === undefined ? "this person" : oneName(name)}]`, ...lines].join("\n");
}
