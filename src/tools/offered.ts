import type { Core } from "../core.ts";
import type { FileAtHand, Finder } from "../files/at-hand.ts";
import { readToolFor } from "../files/read-tool.ts";
import type { Personal } from "../memory/personal.ts";
import { memoryToolNames } from "../memory/tools.ts";
import type { UserMessage } from "../message.ts";
import type { Persona } from "../personas/schema.ts";
import type { Tool } from "./tool.ts";

/** The tools that a persona's answer to a question may use. */
export function offeredTools(
  { tools }: Pick<Core, "tools">,
  persona: Persona,
  {
    question,
    personal,
    files,
    find,
    mayWrite,
    webTools,
  }: {
    readonly question: UserMessage;
    readonly personal: Personal;
    readonly files: readonly FileAtHand[];
    readonly find: Finder;
    readonly mayWrite: boolean;
    /** The names of those for the web. */
    readonly webTools: readonly string[];
  },
): ReadonlyMap<string, Tool> {
  const hasPicture = question.parts.some(({ type }) => type === "image");
  const names = new Set([...persona.tools, ...webTools]);
  if (persona.memory === "read-write" && !personal.isPaused)
    for (const name of memoryToolNames) names.add(name);
  const named = [...tools].filter(
    ([name, { needs, writes }]) =>
      names.has(name) && (needs !== "picture" || hasPicture) && (!writes || mayWrite),
  );
  return new Map([...named, ...readToolFor(files, find)]);
}
