import type { ProviderEntry } from "../config-schema.ts";
import type { Embeddings } from "../embedding/embeddings.ts";
import { UserError } from "../errors.ts";
import { findPreset } from "./presets.ts";
import type { Provider } from "./provider.ts";

/**
 * The provider of a configuration entry, completed by the preset of its id or host. Loads that vendor's SDK and
 * no other; asks the vendor nothing. Throws UserError when the entry lacks something.
 */
export async function createProvider(id: string, entry: ProviderEntry): Promise<Provider> {
  const preset = findPreset(id, entry.baseUrl);
  const kind = entry.kind ?? preset?.kind;
  if (!kind) {
    throw new UserError(
      `Provider "${id}" is not one Parlance knows. Set \`providers.${id}.kind\` to the API it speaks: openai, openai-chat or anthropic.`,
    );
  }
  const options = {
    id,
    baseUrl: addressOf(id, entry),
    apiKey: keyOf(id, entry),
    ownSearch: entry.ownSearch,
    // What the preset's own API thought, no other API can read.
    vendor: preset?.kind === kind ? preset.id : id,
  };
  switch (kind) {
    case "openai":
      return (await import("./openai-responses.ts")).createOpenAiResponses(options);
    case "anthropic":
      return (await import("./anthropic.ts")).createAnthropic(options);
    case "openai-chat": {
      const { createOpenAiChat } = await import("./openai-chat.ts");
      return createOpenAiChat({ ...options, ...(preset?.quirks && { quirks: preset.quirks }) });
    }
    default:
      throw kind satisfies never;
  }
}

/** What embeds by a model of a configuration entry. Loads its SDK with the first text; throws as `createProvider` does. */
export async function createEmbeddings(id: string, entry: ProviderEntry, model: string): Promise<Embeddings> {
  const { createOpenAiEmbeddings } = await import("./openai-embeddings.ts");
  const options = { id, baseUrl: addressOf(id, entry), apiKey: keyOf(id, entry) };
  const isOpenAi = (entry.kind ?? findPreset(id, entry.baseUrl)?.kind) === "openai";
  return createOpenAiEmbeddings({ ...options, isOpenAi }, model);
}

function addressOf(id: string, entry: ProviderEntry): string {
  const preset = findPreset(id, entry.baseUrl);
  const address = entry.baseUrl ?? preset?.baseUrl ?? defaultAddress(entry.kind);
  if (address) return address;
  const form = preset?.id === "azure" ? " to https://<resource>.openai.azure.com/openai/v1" : "";
  throw new UserError(`Provider "${id}" has no address. Set \`providers.${id}.baseUrl\`${form}.`);
}

/** A second account of a vendor needs a name and a kind, no address. */
function defaultAddress(kind: ProviderEntry["kind"]): string | undefined {
  return kind && findPreset(kind)?.baseUrl;
}

/** Empty where none is needed: for a preset that wants none, and for a server at an address of one's own. */
function keyOf(id: string, entry: ProviderEntry): string {
  if (entry.apiKey) return entry.apiKey;
  const preset = findPreset(id, entry.baseUrl);
  const isElsewhere =
    entry.baseUrl !== undefined && preset?.baseUrl !== entry.baseUrl && preset?.id !== "azure";
  if (isElsewhere || preset?.keyNames.length === 0) return "";
  const [keyName] = preset?.keyNames ?? [];
  const variable = keyName ? `${keyName}, or ` : "";
  throw new UserError(
    `Provider "${id}" has no key. Set ${variable}\`providers.${id}.apiKey\` in parlance.yaml.`,
  );
}
