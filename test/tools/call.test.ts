import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { expect, test } from "vitest";
import type { Facts } from "../../src/memory/facts.ts";
import type { Search } from "../../src/search/search.ts";
import { createTools } from "../../src/tools/all.ts";
import { runCall, toolSpec } from "../../src/tools/call.ts";
import type { Ocr } from "../../src/tools/ocr/index.ts";
import type { ToolContext } from "../../src/tools/tool.ts";
import type { Pages } from "../../src/web/pages.ts";

const tools = createTools({ ocr: {} as Ocr, facts: {} as Facts, pages: {} as Pages, search: {} as Search });

test("what a model is told of all tools takes less than 450 tokens", () => {
  const specs = [...tools.values()].map((tool) => JSON.stringify(toolSpec(tool)));
  expect(specs.reduce((sum, spec) => sum + countTokens(spec), 0)).toBeLessThan(450);
});

test("the bounds of its input, which it is not told, hold all the same", async () => {
  const spec = JSON.stringify(toolSpec(tools.get("search") ?? expect.fail()));
  expect(spec).not.toContain("maxLength");
  const query = "x".repeat(400);
  const call = { type: "tool-call", id: "1", name: "search", arguments: JSON.stringify({ query }) } as const;
  const { result } = await runCall(call, tools, {} as ToolContext);
  expect(result.failed).toBe(true);
  expect(result.text).toMatch(/do not fit[^]*300/u);
});
