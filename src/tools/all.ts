import { createMemoryTools } from "../memory/tools.ts";
import type { Facts } from "../memory/facts.ts";
import { createOcrTool } from "./ocr/tool.ts";
import type { Ocr } from "./ocr/index.ts";
import type { Tool } from "./tool.ts";

/** What a persona's `tools` may name. Those of memory come with `memory: read-write` instead. */
export const toolNames: ReadonlySet<string> = new Set(["ocr"]);

/** Every tool by its name. */
export function createTools(parts: { ocr: Ocr; facts: Facts }): ReadonlyMap<string, Tool> {
  const tools = [createOcrTool(parts.ocr), ...createMemoryTools(parts.facts)] as readonly Tool[];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
