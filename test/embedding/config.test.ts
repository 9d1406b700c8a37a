import { expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { makeFolder } from "../support/folder.ts";

test("a vendor that can't embed is told where it is named", () => {
  const cwd = makeFolder({ "parlance.yaml": "embeddings: anthropic/claude\n" });
  expect(() => loadConfig({ env: { ANTHROPIC_API_KEY: "sk-test" }, cwd })).toThrow(
    'parlance.yaml:1:13  "anthropic" offers no models that embed',
  );
});
