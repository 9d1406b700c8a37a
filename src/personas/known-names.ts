import { type Config, resolveModel } from "../config.ts";
import { toolNames } from "../tools/names.ts";
import type { KnownNames } from "./check.ts";

/** What a persona's file may refer to under this configuration. */
export function knownNames(config: Config): KnownNames {
  return { tools: toolNames, model: (name) => resolveModel(config, name) };
}
