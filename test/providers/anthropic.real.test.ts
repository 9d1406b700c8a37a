import { createAnthropic } from "../../src/providers/anthropic.ts";
import { testProvider } from "../support/provider-contract.ts";

testProvider({
  name: "anthropic",
  model: "claude-sonnet-5-5",
  create: (server, apiKey) => createAnthropic({ id: "anthropic", apiKey, baseUrl: server.url }),
  usage: { input_tokens: 120, output_tokens: 34 },
});
