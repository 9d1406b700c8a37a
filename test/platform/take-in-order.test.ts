import { describe, expect, it } from "vitest";
import { takeInOrder } from "../../src/platform/take-in-order.ts";

describe("events taken in order", () => {
  it("stop in their place at the first that fails, and go on in the others", async () => {
    const seen: string[] = [];
    const events = ["a1", "b1", "a2", "b2", "a3"];
    const { taken, trouble } = await takeInOrder(
      events,
      (event) => event[0],
      async (event) => {
        seen.push(event);
        if (event === "a2") throw new Error("full");
      },
    );
    expect([...taken].toSorted()).toEqual(["a1", "b1", "b2"]);
    expect(seen).not.toContain("a3");
    expect(trouble?.reason).toEqual(new Error("full"));
  });
});
