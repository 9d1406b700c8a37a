import { expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { candidatesOf } from "../../src/providers/candidates.ts";
import { createCatalog } from "../../src/providers/catalog.ts";

test("who sees pictures is asked before who sees none, where the question has one", async () => {
  const model = (images: boolean) => ({ images });
  const models = { first: model(true), blind: model(false), seeing: model(true) };
  const catalog = createCatalog({ p: { kind: "openai-chat", baseUrl: "http://127.0.0.1:1", models } });
  const provider = { id: "p", vendor: "p", body: async () => ({}), stream: async function* () {} };
  const image = { type: "image", mimeType: "image/png", data: new Uint8Array([1]) } as const;
  const fallback = ["blind", "seeing"].map((name) => ({ provider: "p", model: name }));
  const askedFor = async (parts: readonly (typeof image | { type: "text"; text: string })[]) => {
    const request = {
      instructions: "",
      messages: [{ role: "user", parts } as const],
      stableMessages: 0,
      tools: [],
    };
    const make = async ({ model }: { model: string }) => ({ provider, model });
    const options = { fallback, make, catalog, log: createLog("silent") };
    const all = await Array.fromAsync(candidatesOf({ provider, model: "first" }, request, options));
    return all.map(({ model }) => model);
  };
  expect(await askedFor([image])).toEqual(["first", "seeing", "blind"]);
  expect(await askedFor([{ type: "text", text: "Hi" }])).toEqual(["first", "blind", "seeing"]);
});
