import { z } from "zod";
import { UserError } from "../errors.ts";
import type { ToolCallPart, ToolResultPart } from "../message.ts";
import type { ToolSpec } from "../providers/provider.ts";
import type { Tool, ToolContext, ToolOutput } from "./tool.ts";

const specs = new WeakMap<Tool, ToolSpec>();

/** What a model is told about a tool. */
export function toolSpec(tool: Tool): ToolSpec {
  const known = specs.get(tool);
  if (known) return known;
  const inputSchema = withoutBounds(z.toJSONSchema(tool.input, { io: "input" })) as ToolSpec["inputSchema"];
  const spec = { name: tool.name, description: tool.description, inputSchema };
  specs.set(tool, spec);
  return spec;
}

const bounds = new Set(
  "$schema additionalProperties default exclusiveMinimum maxLength maximum minLength minimum pattern".split(
    " ",
  ),
);

/** Every request pays for a schema: what its input is checked against says the bounds to who oversteps them. */
function withoutBounds(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const entries = Object.entries(schema).filter(([key]) => !bounds.has(key));
  const isMap = (value: unknown): value is object => typeof value === "object" && value !== null;
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      // The names in it are the input's own.
      key === "properties" && isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutBounds(each)]))
        : withoutBounds(value),
    ]),
  );
}

/** A finished call: the result for the model, and what went wrong, for the log. */
export interface CallOutcome {
  readonly result: ToolResultPart;
  readonly output?: ToolOutput;
  readonly error?: unknown;
}

/**
 * Runs one call. Never throws, unless the turn was stopped: an unknown tool, arguments that don't fit and a tool's own
 * failure are results that tell the model what to do better.
 */
export async function runCall(
  call: ToolCallPart,
  tools: ReadonlyMap<string, Tool>,
  context: ToolContext,
): Promise<CallOutcome> {
  const failed = (text: string, error?: unknown): CallOutcome => ({
    result: { type: "tool-result", id: call.id, name: call.name, text, failed: true },
    error,
  });
  const tool = tools.get(call.name);
  if (!tool) return failed(`There is no tool "${call.name}". Tools: ${[...tools.keys()].join(", ")}.`);
  const input = parseArguments(call.arguments, tool);
  if (!input.success) return failed(input.problem);
  try {
    const output = await tool.run(input.data, context);
    return {
      result: { type: "tool-result", id: call.id, name: call.name, text: output.text, failed: false },
      output,
    };
  } catch (error) {
    context.signal.throwIfAborted();
    return failed(error instanceof UserError ? error.message : "The tool failed unexpectedly.", error);
  }
}

type Parsed = { success: true; data: unknown } | { success: false; problem: string };

function parseArguments(text: string, tool: Tool): Parsed {
  let json: unknown;
  try {
    json = JSON.parse(text === "" ? "{}" : text);
  } catch {
    return { success: false, problem: "The arguments are not valid JSON. Send one JSON object." };
  }
  const parsed = tool.input.safeParse(json);
  if (parsed.success) return { success: true, data: parsed.data };
  return { success: false, problem: `The arguments do not fit:\n${z.prettifyError(parsed.error)}` };
}
