import { createOpenAiResponses } from "../../src/providers/openai-responses.ts";
import { testProvider } from "../support/provider-contract.ts";

testProvider({
  name: "openai-responses",
  model: "gpt-6-luna",
  create: (server, apiKey) => createOpenAiResponses({ id: "openai", apiKey, baseUrl: server.openAiUrl }),
  usage: { input_tokens: 120, output_tokens: 34 },
});
