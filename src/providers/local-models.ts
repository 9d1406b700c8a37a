import { type Config, withProvider } from "../config.ts";

/** With no provider configured, an Ollama that runs on this machine takes the demo's place. */
export async function withLocalModels(config: Config): Promise<Config> {
  if (!config.isDemo) return config;
  const { findOllama } = await import("./ollama.ts");
  const ollama = await findOllama(config.ollamaAddress);
  return ollama ? withProvider(config, "ollama", ollama) : config;
}
