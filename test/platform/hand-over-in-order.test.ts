import { describe, expect, it } from "vitest";
import { createInOrder } from "../../src/platform/in-order.ts";

describe("what comes to one place", () => {
  it("is handed over in that order, though some takes longer to be made ready", async () => {
    const order = createInOrder(10_000);
    const handed: string[] = [];
    const hand = async (value: string) => void handed.push(value);
    const slow = Promise.withResolvers<string>();
    const first = order.run("a", slow.promise, hand);
    const second = order.run("a", Promise.resolve("second"), hand);
    await order.run("b", Promise.resolve("elsewhere"), hand);
    expect(handed).toEqual(["elsewhere"]);
    slow.resolve("first");
    await Promise.all([first, second]);
    expect(handed).toEqual(["elsewhere", "first", "second"]);
  });

  it("is handed over though what came before it failed, or never ends", async () => {
    const order = createInOrder(20);
    const handed: string[] = [];
    const hand = async (value: string) => void handed.push(value);
    const failed = order.run("a", Promise.reject(new Error("unreadable")), hand);
    const after = order.run("a", Promise.resolve("after a failure"), hand);
    await expect(failed).rejects.toThrow("unreadable");
    await after;
    void order.run("a", new Promise<string>(() => {}), hand);
    await order.run("a", Promise.resolve("after nothing"), hand);
    expect(handed).toEqual(["after a failure", "after nothing"]);
  });
});
