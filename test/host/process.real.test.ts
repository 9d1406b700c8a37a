import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import type { Bounds, Host } from "../../src/host/host.ts";
import { createProcessHost } from "../../src/host/process.ts";
import { eventually } from "../support/eventually.ts";
import { describeHost } from "../support/host-contract.ts";
import type { Misdeed } from "./misbehave.ts";

const create = (bounds: Bounds): Host<Misdeed, unknown> =>
  createProcessHost(new URL("./misbehaving-process.ts", import.meta.url), { answerMb: 1, ...bounds });

describeHost({
  create,
  memoryMb: 200,
  survives: {
    throw: "crash",
    abort: "crash",
    "eat heap": "memory",
    "eat memory": "memory",
    flood: "output",
  },
});

function processes(): Host<Misdeed, unknown> {
  const host = create({ seconds: 30, memoryMb: 200, atOnce: 1, warmMs: 60_000 });
  onTestFinished(() => host.stop());
  return host;
}

test("what a process prints is nobody's", async () => {
  const host = processes();
  expect([await host.run("none"), await host.run("chatter"), await host.run("none")]).toEqual([1, 2, 3]);
});

test("a task can't read, write or start anything of this machine's, nor see the environment", async () => {
  expect(await processes().run("pry")).toEqual([]);
});

test("a task that hangs ends with the bot, however that ended", async () => {
  const bot = spawn(process.execPath, [new URL("./abandon.ts", import.meta.url).pathname], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = (await once(bot.stdout, "data")) as [Buffer];
  const id = Number(printed.toString());
  expect(isAlive(id)).toBe(true);
  bot.kill("SIGKILL");
  await eventually(() => expect(!isAlive(id)).toBe(true));
});

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
