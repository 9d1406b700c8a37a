import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("the tables of the docs and the editors' schemas say what the code says", () => {
  const script = fileURLToPath(new URL("../scripts/generate.ts", import.meta.url));
  expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
});
