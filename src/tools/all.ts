import { createMemoryTools } from "../memory/tools.ts";
import type { Facts } from "../memory/facts.ts";
import { createOcrTool } from "./ocr/tool.ts";
import type { Ocr } from "./ocr/index.ts";
import type { Pages } from "../web/pages.ts";
import type { Search } from "../search/search.ts";
import { createReadPageTool } from "./read-page.ts";
import { createSearchTool } from "./search.ts";
import type { Tool } from "./tool.ts";

/** Every tool by its name. */
export function createTools(parts: {
  ocr: Ocr;
  facts: Facts;
  pages: Pages;
  search: Search;
}): ReadonlyMap<string, Tool> {
  const tools = [
    createOcrTool(parts.ocr),
    createReadPageTool(parts.pages),
    createSearchTool(parts.search),
    ...createMemoryTools(parts.facts),
  ] as readonly Tool[];
  return new Map(tools.map((tool) => [tool.name, tool]));
}
