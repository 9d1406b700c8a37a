import { afterEach, beforeEach, expect, test } from "vitest";
import { findOllama } from "../../src/providers/ollama.ts";
import { startSseServer, type SseServer } from "../support/sse-server.ts";

let server: SseServer;
beforeEach(async () => {
  server = await startSseServer();
});
afterEach(() => server.stop());

function serve(models: readonly string[], shows: readonly object[]) {
  server.onPath("/api/version", { json: { version: "0.12.0" } });
  server.onPath("/api/tags", { json: { models: models.map((name) => ({ name, size: 1 })) } });
  server.enqueue(...shows.map((json) => ({ json })));
}

test("a running Ollama is found with what its models can do", async () => {
  const vision = {
    capabilities: ["completion", "vision", "tools"],
    model_info: { "general.architecture": "gemma3", "gemma3.context_length": 131_072 },
  };
  serve(["gemma3:4b"], [vision]);
  expect(await findOllama(server.url)).toEqual({
    baseUrl: `${server.url}/v1`,
    models: { "gemma3:4b": { window: 131_072, images: true, tools: true } },
  });
  expect(server.requests().at(-1)?.body).toEqual({ model: "gemma3:4b" });
});

test("the window it was told to use goes before the one the model could use", async () => {
  serve(
    ["small"],
    [
      {
        parameters: 'stop "<s>"\nnum_ctx                        4096',
        model_info: { "llama.context_length": 131_072 },
      },
    ],
  );
  expect(await findOllama(server.url)).toMatchObject({ models: { small: { window: 4096 } } });
});

test("a model that only embeds is left out; without any other there is nothing to find", async () => {
  serve(["embed"], [{ capabilities: ["embedding"] }]);
  expect(await findOllama(server.url)).toBeUndefined();
});

test("nothing is found where nothing listens, where something else does, and where nobody answers", async () => {
  server.onPath("/api/version", { status: 404, json: {} });
  expect(await findOllama(server.url)).toBeUndefined();
  server.onPath("/api/version", { events: [], end: "hang" });
  expect(await findOllama(server.url, 50)).toBeUndefined();
  await server.stop();
  expect(await findOllama(server.url)).toBeUndefined();
  server = await startSseServer();
});
