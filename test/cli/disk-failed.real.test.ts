import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.ts";
import { startParlance } from "../support/process.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import { until } from "../support/until.ts";

/** Fails what a process asks of the disk for as long as that file is there. */
const failing = (file: string): string => `
  import { existsSync } from "node:fs";
  import { open } from "node:fs/promises";
  const handle = await open("/dev/null");
  const { datasync } = Object.getPrototypeOf(handle);
  Object.getPrototypeOf(handle).datasync = function () {
    if (existsSync(${JSON.stringify(file)})) throw Object.assign(new Error("EIO: i/o error, fdatasync"), { code: "EIO" });
    return datasync.call(this);
  };
  await handle.close();`;

test("after a disk that failed the process ends, and the next one answers what was asked", async () => {
  const telegram = await startTelegramEmulator();
  const cwd = makeFolder();
  const broken = join(cwd, "broken");
  const hook = join(cwd, "failing.mjs");
  writeFileSync(hook, failing(broken));
  const environment = {
    ...telegram.environment,
    PARLANCE_DATA: join(cwd, "data"),
    NODE_OPTIONS: `--import=${hook}`,
  };
  const first = startParlance(environment, cwd);
  await telegram.ready();
  writeFileSync(broken, "");
  await telegram.say({ text: "hello" });
  const { code, log } = await first.ended;
  expect(code).toBe(1);
  expect(log).toContain("the disk failed");
  rmSync(broken);
  const second = startParlance(environment, cwd);
  const answers = () => telegram.seen().filter(({ fromBot, text }) => fromBot && text.includes("the demo"));
  await until("it is answered", () => answers().length > 0);
  expect((await second.end()).code).toBe(0);
  expect(answers()).toHaveLength(1);
  await telegram.stop();
});
