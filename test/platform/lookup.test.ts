import { describe, expect, it } from "vitest";
import { createLog } from "../../src/log.ts";
import { createLookup } from "../../src/platform/lookup.ts";

const log = createLog("silent");

describe("what ids stand for", () => {
  it("is asked once, by however many want to know it", async () => {
    const asked: string[] = [];
    const look = createLookup(async (id) => (asked.push(id), `Name of ${id}`), {
      lastsMs: 60_000,
      patienceMs: 1000,
      log,
    });
    expect(await Promise.all([look("a"), look("a"), look("b")])).toEqual([
      "Name of a",
      "Name of a",
      "Name of b",
    ]);
    expect(await look("a")).toBe("Name of a");
    expect(asked).toEqual(["a", "b"]);
  });

  it("is what it last was when it can't be told, and asked again the next time", async () => {
    const answers = ["Kim", new Error("down"), "Kim Minji"];
    const look = createLookup(
      async () => {
        const answer = answers.shift();
        if (typeof answer !== "string") throw answer;
        return answer;
      },
      { lastsMs: 0, patienceMs: 1000, log },
    );
    expect([await look("a"), await look("a"), await look("a")]).toEqual(["Kim", "Kim", "Kim Minji"]);
  });

  it("is undefined when it was never told in time, and known once it is", async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = createLookup(() => promise, { lastsMs: 60_000, patienceMs: 20, log });
    expect(await look("a")).toBeUndefined();
    resolve("Kim");
    expect(await look("a")).toBe("Kim");
  });
});
