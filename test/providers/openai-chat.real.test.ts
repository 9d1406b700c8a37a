import { createOpenAiChat } from "../../src/providers/openai-chat.ts";
import { testProvider } from "../support/provider-contract.ts";

testProvider({
  name: "openai-chat",
  model: "some-model",
  create: (server, apiKey) => createOpenAiChat({ id: "compatible", apiKey, baseUrl: server.openAiUrl }),
  usage: { prompt_tokens: 120, completion_tokens: 34 },
});
