import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createLanes } from "../src/lanes.ts";

test("work of one lane runs in order, also after a failure", async () => {
  const lanes = createLanes();
  const log: string[] = [];
  const work = (name: string, ms: number) => async (): Promise<void> => {
    await sleep(ms);
    log.push(name);
    if (name === "b") throw new Error("b failed");
  };
  const results = await Promise.allSettled([
    lanes.run("x", work("a", 10)),
    lanes.run("x", work("b", 1)),
    lanes.run("x", work("c", 0)),
  ]);
  expect(log).toEqual(["a", "b", "c"]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("lanes run side by side, and idle waits for all of them", async () => {
  const lanes = createLanes();
  const log: string[] = [];
  void lanes.run("slow", async () => {
    await sleep(15);
    log.push("slow");
  });
  void lanes.run("fast", async () => void log.push("fast"));
  await lanes.idle();
  expect(log).toEqual(["fast", "slow"]);
});
