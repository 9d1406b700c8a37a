import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { createUnlessRefused } from "../../src/platform/unless-refused.ts";

class Refusal extends Error {}

const open = () =>
  createUnlessRefused((error) => (error instanceof Refusal ? "colours" : undefined), createLog("silent"));

describe("a feature that not every place has", () => {
  it("is left out at once when it is refused, and from then on", async () => {
    const call = open();
    const tried: boolean[] = [];
    const paint = () =>
      call(async (has) => {
        tried.push(has("colours"));
        if (tried.at(-1)) throw new Refusal();
        return "grey";
      });
    expect([await paint(), await paint()]).toEqual(["grey", "grey"]);
    expect(tried).toEqual([true, false, false]);
  });

  it("is not blamed where it was not used, nor for another error", async () => {
    const call = open();
    await expect(call(() => Promise.reject(new Refusal()))).rejects.toThrow(Refusal);
    await expect(call((has) => Promise.reject(new Error(String(has("colours")))))).rejects.toThrow("true");
    expect(await call(async (has) => has("colours"))).toBe(true);
  });
});
