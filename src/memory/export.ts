import type { Fact } from "./facts.ts";
import type { Instruction } from "./instructions.ts";

/** What is remembered about a person, as JSON for them to keep. */
export const encodeMemory = (facts: readonly Fact[], instructions: readonly Instruction[]): string =>
  JSON.stringify({ facts, instructions }, undefined, 2);
