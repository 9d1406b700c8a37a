import { eventually } from "../support/eventually.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { type Host, TaskFailed } from "../../src/host/host.ts";
import { createProcessHost, type ProcessBounds } from "../../src/host/process.ts";
import type { Misdeed } from "./misbehave.ts";

function processes(bounds: Partial<ProcessBounds> = {}): Host<Misdeed, unknown> {
  const host = createProcessHost<Misdeed, unknown>(new URL("./misbehaving-process.ts", import.meta.url), {
    seconds: 30,
    memoryMb: 200,
    answerMb: 1,
    atOnce: 1,
    warmMs: 60_000,
    ...bounds,
  });
  onTestFinished(() => host.stop());
  return host;
}

test("a process is kept for the next task, where it may be, and what it prints is nobody's", async () => {
  const [warm, fresh] = [processes(), processes({ warmMs: 0 })];
  expect([await warm.run("none"), await warm.run("chatter"), await warm.run("none")]).toEqual([1, 2, 3]);
  expect([await fresh.run("none"), await fresh.run("none")]).toEqual([1, 1]);
});

test("whatever a task does, it is one sentence, and the next one is done", async () => {
  const host = processes();
  const bad = {
    throw: "crash",
    abort: "crash",
    "eat heap": "memory",
    "eat memory": "memory",
    flood: "output",
  } as const;
  for (const [misdeed, reason] of Object.entries(bad)) {
    const failed = await host.run(misdeed as Misdeed).catch((error: unknown) => error);
    expect(failed, misdeed).toBeInstanceOf(TaskFailed);
    expect(failed, misdeed).toMatchObject({ reason });
  }
  expect(await host.run("none")).toBe(1);
});

test("a task that hangs is ended at the deadline or when it is called off, and those that wait are done", async () => {
  const host = processes({ seconds: 5 });
  const [hanging, waiting] = [host.run("hang"), host.run("none")];
  await expect(hanging).rejects.toThrow("it took longer than 5 s, so I gave up on it.");
  expect(await waiting).toBe(1);
  const calledOff = new AbortController();
  const second = host.run("hang", { signal: calledOff.signal });
  calledOff.abort(new Error("called off"));
  await expect(second).rejects.toThrow("called off");
  expect(await host.run("none")).toBe(1);
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
