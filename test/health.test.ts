import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAlive, startHeartbeat } from "../src/health.ts";
import { makeFolder } from "./support/folder.ts";

test("a process gives signs of life also where its data folder is not there yet", async () => {
  const folder = join(makeFolder(), "not", "there");
  expect(await isAlive(folder)).toBe(false);
  const errors: unknown[] = [];
  const end = startHeartbeat(folder, (error) => errors.push(error));
  while (!(await isAlive(folder)) && errors.length === 0) await sleep(1);
  end();
  expect(errors).toEqual([]);
  expect(await isAlive(folder)).toBe(true);
  expect(await isAlive(folder, Date.now() + 60_000)).toBe(false);
});
