import { expect, test } from "vitest";
import type { ProviderEntry } from "../../src/config-schema.ts";
import { UserError } from "../../src/errors.ts";
import { createProvider } from "../../src/providers/create.ts";

const entry = (more: Partial<ProviderEntry> = {}): ProviderEntry => ({ models: {}, ...more });

test.each([
  ["openai", entry(), /OPENAI_API_KEY.*`providers\.openai\.apiKey`/u],
  ["anthropic", entry({ apiKey: "" }), /ANTHROPIC_API_KEY/u],
  ["azure", entry({ baseUrl: "https://me.openai.azure.com/openai/v1" }), /AZURE_OPENAI_API_KEY/u],
  ["azure", entry({ apiKey: "k" }), /`providers\.azure\.baseUrl` to https:\/\/<resource>/u],
  ["mine", entry({ apiKey: "k" }), /`providers\.mine\.kind`.*openai-chat/u],
  ["mine", entry({ kind: "openai-chat", apiKey: "k" }), /`providers\.mine\.baseUrl`/u],
  ["work", entry({ kind: "openai" }), /`providers\.work\.apiKey`/u],
])("an incomplete entry %s says what to set: %o", async (id, incomplete, message) => {
  const failing = createProvider(id, incomplete);
  await expect(failing).rejects.toBeInstanceOf(UserError);
  await expect(failing).rejects.toThrow(message);
});

test.each([
  ["openai", entry({ apiKey: "k" }), "openai"],
  ["anthropic", entry({ apiKey: "k" }), "anthropic"],
  ["gemini", entry({ apiKey: "k" }), "gemini"],
  ["ollama", entry(), "ollama"],
  [
    "mistral-work",
    entry({ kind: "openai-chat", apiKey: "k", baseUrl: "https://api.mistral.ai/v1" }),
    "mistral",
  ],
  [
    "azure",
    entry({ kind: "openai", apiKey: "k", baseUrl: "https://me.openai.azure.com/openai/v1" }),
    "azure",
  ],
  ["mine", entry({ kind: "openai-chat", baseUrl: "http://127.0.0.1:9/v1" }), "mine"],
])("%s is made without asking anyone: %o", async (id, complete, vendor) => {
  const expected = complete.kind === "openai" ? id : vendor;
  expect(await createProvider(id, complete)).toMatchObject({ id, vendor: expected });
});
