import type { z } from "zod";
import { personaSchema } from "../../src/personas/schema.ts";
import { formatProblem } from "../../src/yaml/problem.ts";
import type { Variables } from "../../src/yaml/variables.ts";
import { parseYamlFile } from "../../src/yaml/yaml-file.ts";

/** The least that a persona needs. */
export const minimal = "name: A\ndescription: B\ninstructions: C\n";

/** What a person sees of a file that is refused. */
export function printed(
  content: string | Uint8Array,
  schema: z.ZodType = personaSchema,
  variables?: Variables,
): string {
  const parsed = parseYamlFile(content, "personas/x.yaml", schema, variables && { variables });
  if (!("problems" in parsed)) throw new Error("the file is fine");
  return parsed.problems.map(formatProblem).join("\n");
}

/** The value of a file that is fine. */
export function read<Schema extends z.ZodType>(
  content: string | Uint8Array,
  schema: Schema,
  variables: Variables = {},
) {
  const parsed = parseYamlFile(content, "x.yaml", schema, { variables });
  if ("problems" in parsed) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  return parsed.value;
}
