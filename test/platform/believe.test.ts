import { describe, expect, it } from "vitest";
import { believe } from "../../src/platform/believe.ts";

describe("what is believed", () => {
  it("is asked for once in its time, a failure again", async () => {
    const asked: string[] = [];
    const ask = believe(60_000, async (about) => {
      asked.push(about);
      if (asked.length === 1) throw new Error("later");
      return about.toUpperCase();
    });
    await expect(ask("a")).rejects.toThrow("later");
    expect([await ask("a"), await ask("a"), await ask("b")]).toEqual(["A", "A", "B"]);
    expect(asked).toEqual(["a", "a", "b"]);
  });
});
