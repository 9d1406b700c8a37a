import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPostLog } from "../src/post-log.ts";

/** A log whose saving can be held up, or fail. */
function open() {
  const saved: object[] = [];
  let gate: Promise<void> = Promise.resolve();
  const log = createPostLog({}, async (posts) => {
    await gate;
    saved.push(posts);
  });
  const holdUp = () => {
    const held = Promise.withResolvers<void>();
    gate = held.promise;
    held.promise.catch(() => undefined);
    return held;
  };
  return { log, saved, holdUp };
}

test("what is still being stored when an attempt ends is waited for, so that it can't come after the next one's", async () => {
  const { log, saved, holdUp } = open();
  await log.begin("0");
  const held = holdUp();
  log.stands("0", "m1");
  await turn();
  let isQuiet = false;
  const quiet = log.quiet().then(() => (isQuiet = true));
  await turn();
  expect(isQuiet).toBe(false);
  held.resolve();
  await quiet;
  expect(saved.at(-1)).toEqual({ "0": "m1" });
});

test("a receipt that could not be stored is stored when it has to be", async () => {
  const { log, saved, holdUp } = open();
  await log.begin("0");
  const held = holdUp();
  log.stands("0", "m1");
  await turn();
  const all = log.saved();
  held.reject(new Error("the database is away"));
  await expect(all).rejects.toThrow("away");
  holdUp().resolve();
  await log.saved();
  expect(saved.at(-1)).toEqual({ "0": "m1" });
});
