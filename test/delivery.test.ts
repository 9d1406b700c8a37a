import { eventually } from "./support/eventually.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createDelivery } from "../src/delivery.ts";
import { RateLimited, UserError } from "../src/errors.ts";

const final = { urgency: "final" } as const;
const frame = { urgency: "frame" } as const;

/** A delivery whose pauses are noted, not waited. */
function setUp() {
  const pauses: number[] = [];
  const delivery = createDelivery({ wait: async (ms) => void pauses.push(Math.round(ms / 100) * 100) });
  return { delivery, pauses };
}

/** Fails with these, in order, then works. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  const state = { calls: 0 };
  const call = async (): Promise<string> => {
    state.calls++;
    const error = left.shift();
    if (error) throw error;
    return "done";
  };
  return { call, state };
}

describe("delivery", () => {
  test("keeps nothing of a chat that it has no call for, nor of one whose pause is over", async () => {
    const delivery = createDelivery();
    const busy = new RateLimited(500);
    await expect(delivery.send("fake:1", frame, failing(busy).call)).rejects.toThrow(busy);
    delivery.freeze("fake:2", 1_000);
    delivery.freeze("fake:2", 20);
    await delivery.send("fake:3", final, failing().call);
    await sleep(50);
    expect(delivery.chats).toBe(2);
    await eventually(() => expect(delivery.chats).toBe(0));
  });

  test("takes one call at a time also when one is tried again after the others had gone", async () => {
    const tries = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const delivery = createDelivery({ wait: () => tries[0]?.promise ?? Promise.resolve() });
    let atOnce = 0;
    let most = 0;
    const slow = async (): Promise<void> => {
      most = Math.max(most, ++atOnce);
      await tries[1]?.promise;
      atOnce--;
    };
    let failures = 1;
    const first = delivery.send("fake:1", { ...final, repeatable: true }, async () => {
      if (failures-- > 0) throw new Error("the connection broke");
      await slow();
    });
    await sleep(1);
    const other = delivery.send("fake:1", final, slow);
    tries[0]?.resolve();
    await sleep(1);
    tries[1]?.resolve();
    await Promise.all([first, other]);
    expect(most).toBe(1);
  });

  test("takes the most urgent first, one call at a time per chat", async () => {
    const { delivery } = setUp();
    const log: string[] = [];
    let atOnce = 0;
    const call = (name: string) => async (): Promise<void> => {
      expect(++atOnce).toBe(1);
      await sleep(1);
      atOnce--;
      log.push(name);
    };
    await Promise.all([
      delivery.send("fake:1", frame, call("first, already under way")),
      delivery.send("fake:1", frame, call("frame")),
      delivery.send("fake:1", { urgency: "status" }, call("status")),
      delivery.send("fake:1:thread", { urgency: "interactive" }, call("interactive")),
      delivery.send("fake:1", final, call("final")),
    ]);
    expect(log).toEqual(["first, already under way", "final", "interactive", "status", "frame"]);
  });

  test("does not let one chat wait for another", async () => {
    const { delivery } = setUp();
    const hold = Promise.withResolvers<void>();
    const slow = delivery.send("fake:1", final, () => hold.promise);
    expect(await delivery.send("fake:2", final, async () => "other")).toBe("other");
    hold.resolve();
    await slow;
  });

  test("rests a chat as long as the platform asks: frames are dropped, finals wait", async () => {
    const { delivery, pauses } = setUp();
    const { call, state } = failing(new RateLimited(2_000));
    const dropped = delivery.send("fake:1", frame, async () => "frame");
    const sent = delivery.send("fake:1", final, call);
    await expect(dropped)
      .rejects.toBeInstanceOf(RateLimited)
      .catch(() => undefined);
    expect(await sent).toBe("done");
    expect(state.calls).toBe(2);
    expect(pauses).toEqual([2_000]);
    await expect(delivery.send("fake:1", frame, async () => "frame")).rejects.toBeInstanceOf(RateLimited);
  });

  test("gives back a final that would have to wait for long: others are answered meanwhile", async () => {
    const { delivery, pauses } = setUp();
    const { call, state } = failing(new RateLimited(300_000));
    const refused: unknown = await delivery.send("fake:1", final, call).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimited);
    expect((refused as RateLimited).retryAfterMs).toBeGreaterThan(200_000);
    expect({ calls: state.calls, pauses }).toEqual({ calls: 1, pauses: [] });
  });

  test("tries again what may be repeated, with growing pauses, and gives up at last", async () => {
    const { delivery, pauses } = setUp();
    const down = Array.from({ length: 3 }, () => new Error("503"));
    expect(await delivery.send("fake:1", { ...final, repeatable: true }, failing(...down).call)).toBe("done");
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    const gone = failing(...Array.from({ length: 9 }, () => new Error("503")));
    await expect(delivery.send("fake:2", { ...final, repeatable: true }, gone.call)).rejects.toThrow("503");
    expect(gone.state.calls).toBe(5);
  });

  test("repeats once what might be done twice: an answer that stands there twice is better than none", async () => {
    const { delivery } = setUp();
    expect(await delivery.send("fake:1", final, failing(new Error("socket hang up")).call)).toBe("done");
    const gone = failing(new Error("socket hang up"), new Error("socket hang up"));
    await expect(delivery.send("fake:1", final, gone.call)).rejects.toThrow("socket hang up");
    expect(gone.state.calls).toBe(2);
  });

  test.each([
    ["what no second try mends", { ...final, repeatable: true }, new UserError("I may not write here.")],
    ["a frame", { ...frame, repeatable: true }, new Error("503")],
  ])("does not repeat %s", async (_, options, error) => {
    const { delivery } = setUp();
    const { call, state } = failing(error);
    await expect(delivery.send("fake:1", options, call)).rejects.toBe(error);
    expect(state.calls).toBe(1);
  });
});
