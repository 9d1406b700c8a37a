import { describe, expect, it } from "vitest";
import { believe } from "../../src/platform/believe.ts";

describe("what is believed", () => {
  it("is asked for once in its time, a failure again", async () => {
    const asked: string[] = [];
    const names = believe(60_000, async (about) => {
      asked.push(about);
      if (asked.length === 1) throw new Error("later");
      return about.toUpperCase();
    });
    await expect(names.ask("a")).rejects.toThrow("later");
    expect([await names.ask("a"), await names.ask("a"), await names.ask("b")]).toEqual(["A", "A", "B"]);
    expect(asked).toEqual(["a", "a", "b"]);
  });

  it("is asked for once by several at a time, and again once it is forgotten", async () => {
    const asked: string[] = [];
    const names = believe(60_000, async (about) => asked.push(about));
    expect(await Promise.all([names.ask("a"), names.ask("a")])).toEqual([1, 1]);
    names.forget("a");
    expect(await names.ask("a")).toBe(2);
  });
});
