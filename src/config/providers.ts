import type { ConfigFile, ProviderEntry } from "../config-schema.ts";
import { UserError } from "../errors.ts";
import { findPreset, presets } from "../providers/presets.ts";
import type { Variables } from "../yaml/variables.ts";
import { hasLogin, noLogin } from "./address.ts";
import { conceal } from "./conceal.ts";

/** The model vendors' own variables for their addresses. */
const addressNames: Readonly<Record<string, string>> = {
  openai: "OPENAI_BASE_URL",
  anthropic: "ANTHROPIC_BASE_URL",
};

/**
 * The configured providers, the preferred ones first: those of the file, presets whose key is in the environment, and
 * presets without a key that an alias names. Keys and addresses that the file leaves out come from the environment.
 */
export function gatherProviders(file: ConfigFile, variables: Variables): Record<string, ProviderEntry> {
  const named = new Set(Object.values(file.models).flatMap(modelNames).map(providerOf));
  const ids = Object.keys(presets).filter((id) => {
    const keyNames = presets[id]?.keyNames ?? [];
    return (
      file.providers[id] ||
      keyNames.some((name) => variables[name]) ||
      (keyNames.length === 0 && named.has(id))
    );
  });
  const all = [...new Set([...ids, ...Object.keys(file.providers)])];
  return Object.fromEntries(all.map((id) => [id, completeEntry(id, file.providers[id], variables)]));
}

function completeEntry(id: string, entry: ProviderEntry | undefined, variables: Variables): ProviderEntry {
  const baseUrl = entry?.baseUrl ?? addressFrom(addressNames[id], variables);
  const keyName = findPreset(id, baseUrl)?.keyNames.find((name) => variables[name]);
  const apiKey = entry?.apiKey || (keyName && variables[keyName]);
  const complete = { models: {}, ...entry, ...(baseUrl && { baseUrl }), ...(apiKey && { apiKey }) };
  return conceal<ProviderEntry>(complete, ["apiKey"]);
}

function addressFrom(name: string | undefined, variables: Variables): string | undefined {
  const address = name && variables[name];
  if (!address) return undefined;
  if (URL.canParse(address) && /^https?:/u.test(address)) {
    if (hasLogin(address)) throw new UserError(`${name} ${noLogin}.`);
    return address;
  }
  throw new UserError(`${name} must be an address such as https://example.com/v1.`);
}

/** Where Ollama's own variable says that it listens, without `/v1`. Throws UserError for what is no address. */
export function ollamaAddress(variables: Variables): string {
  const host = variables["OLLAMA_HOST"]?.trim() || "127.0.0.1:11434";
  const written = /^https?:\/\//u.test(host) ? host : `http://${host}`;
  if (!URL.canParse(written)) throw new UserError("OLLAMA_HOST must be an address such as 127.0.0.1:11434.");
  const address = new URL(written);
  // It names every interface to listen on; one of them is enough to ask.
  if (address.hostname === "0.0.0.0") address.hostname = "127.0.0.1";
  if (address.port === "" && address.protocol === "http:") address.port = "11434";
  return address.origin;
}

/** The models for `fast`, `smart` and `thinking` by themselves: the preset's, else the first that the entry tells of. */
export function defaultModels(
  id: string,
  entry: ProviderEntry,
): Readonly<Record<string, string>> | undefined {
  const [first] = Object.keys(entry.models);
  const models = presets[id]?.models ?? (first ? { fast: first, smart: first, thinking: first } : undefined);
  if (!models) return undefined;
  return Object.fromEntries(Object.entries(models).map(([alias, model]) => [alias, `${id}/${model}`]));
}

/** Every `provider/model` of an alias, its own first. */
export function modelNames(entry: ConfigFile["models"][string]): readonly string[] {
  return typeof entry === "string" ? [entry] : [entry.model, ...entry.fallback];
}

/** The part before the first slash; all of it when there is none. */
export function providerOf(name: string): string {
  return name.split("/", 1)[0] ?? name;
}
