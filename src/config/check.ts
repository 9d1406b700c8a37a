import { type ConfigFile, providerKinds } from "../config-schema.ts";
import { findPreset, presets } from "../providers/presets.ts";
import { nearest } from "../text/nearest.ts";
import { type Problem, quote } from "../yaml/problem.ts";
import type { Path } from "../yaml/source.ts";
import type { YamlFile } from "../yaml/yaml-file.ts";
import { providerOf } from "./providers.ts";

/** Aliases that are always there for personas to name. */
export const standardAliases: readonly string[] = ["fast", "smart", "thinking"];

/** What the schema of parlance.yaml can't know: providers without a kind, aliases for what isn't there. */
export function checkConfig(
  file: YamlFile<ConfigFile>,
  providers: Readonly<Record<string, unknown>>,
): Problem[] {
  const problems: Problem[] = [];
  for (const [id, { kind, baseUrl }] of Object.entries(file.value.providers)) {
    if (kind === "openai-chat" && !baseUrl && !findPreset(id)) {
      const message = `${quote(id)} is no vendor known here, so it needs an address`;
      problems.push(file.problem(["providers", id], { message, hint: "baseUrl: http://…/v1", key: true }));
    }
    if (kind || findPreset(id, baseUrl)) continue;
    const near = nearest(id, Object.keys(presets));
    const hint = near ? `did you mean ${quote(near)}?` : "kind: which API it speaks";
    const message = `${quote(id)} is no vendor known here, so it needs a kind: ${providerKinds.join(", ")}`;
    problems.push(file.problem(["providers", id], { message, hint, key: true }));
  }
  const check = (path: Path, name: string): void => {
    const complaint = modelComplaint(name, { providers, aliases: Object.keys(file.value.models) });
    if (complaint) problems.push(file.problem(path, complaint));
  };
  for (const [alias, entry] of Object.entries(file.value.models)) {
    const path = ["models", alias];
    check(
      typeof entry === "string" ? path : [...path, "model"],
      typeof entry === "string" ? entry : entry.model,
    );
    if (typeof entry === "string") continue;
    for (const [index, name] of entry.fallback.entries()) check([...path, "fallback", index], name);
  }
  for (const { path, name } of councilIn(file.value)) check(path, name);
  if (file.value.embeddings !== undefined) check(["embeddings"], file.value.embeddings);
  return [...problems, ...embeddingProblems(file)];
}

function embeddingProblems(file: YamlFile<ConfigFile>): Problem[] {
  const id = providerOf(file.value.embeddings ?? "");
  if ((file.value.providers[id]?.kind ?? findPreset(id)?.kind) !== "anthropic") return [];
  const message = `${quote(id)} offers no models that embed`;
  return [file.problem(["embeddings"], { message, hint: "name another vendor's, or a local one" })];
}

/** Where the council names a model rather than an alias. */
function councilIn({ council: { members = [], chair }, models }: ConfigFile) {
  const aliases = new Set([...standardAliases, ...Object.keys(models)]);
  const all: { readonly path: Path; readonly name: string }[] = [
    ...members.map((name, index) => ({ path: ["council", "members", index], name })),
    ...(chair === undefined ? [] : [{ path: ["council", "chair"], name: chair }]),
  ];
  return all.filter(({ name }) => !aliases.has(name));
}

/** What there is for a model's name to refer to. */
interface KnownModels {
  readonly providers: Readonly<Record<string, unknown>>;
  readonly aliases: Iterable<string>;
}

/** Why a text is not the `provider/model` of a configured provider; undefined when it is. */
export function modelComplaint(
  name: string,
  known: KnownModels,
): { message: string; hint: string } | undefined {
  const id = providerOf(name);
  const hint = "write it as provider/model";
  if (id === name) {
    const isAlias = [...known.aliases, ...standardAliases].includes(name);
    return {
      hint,
      message: isAlias
        ? `an alias can't stand for another, ${quote(name)}`
        : `${quote(name)} names no provider`,
    };
  }
  if (name.length === id.length + 1) return { hint, message: `${quote(name)} names no model` };
  if (Object.hasOwn(known.providers, id) || id === "demo") return undefined;
  const preset = presets[id];
  if (preset) {
    const [keyName] = preset.keyNames;
    const setKey = keyName ? `set ${keyName}` : `write providers: { ${id}: {} } in parlance.yaml`;
    return { message: `${quote(id)} is not set up here`, hint: setKey };
  }
  const near = nearest(id, [...Object.keys(known.providers), ...Object.keys(presets)]);
  return {
    message: `there is no provider ${quote(id)}`,
    hint: near
      ? `did you mean ${quote(`${near}${name.slice(id.length)}`)}?`
      : `known here: ${Object.keys(known.providers).join(", ") || "none"}`,
  };
}
