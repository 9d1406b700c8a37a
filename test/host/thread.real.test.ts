import { expect, onTestFinished, test } from "vitest";
import { type Bounds, type Host, TaskFailed } from "../../src/host/host.ts";
import { createThreadHost } from "../../src/host/thread.ts";
import type { Misdeed } from "./misbehave.ts";

function threads(bounds: Partial<Bounds> = {}): Host<Misdeed, unknown> {
  const host = createThreadHost<Misdeed, unknown>(new URL("./misbehaving-thread.ts", import.meta.url), {
    seconds: 30,
    memoryMb: 64,
    atOnce: 1,
    warmMs: 60_000,
    ...bounds,
  });
  onTestFinished(() => host.stop());
  return host;
}

test("a thread is kept for the next task, where it may be", async () => {
  const [warm, fresh] = [threads(), threads({ warmMs: 0 })];
  expect([await warm.run("none"), await warm.run("none")]).toEqual([1, 2]);
  expect([await fresh.run("none"), await fresh.run("none")]).toEqual([1, 1]);
});

test("whatever a task does, it is one sentence, and the next one is done", async () => {
  const host = threads();
  for (const [misdeed, reason] of Object.entries({ throw: "crash", "eat heap": "memory" })) {
    const failed = await host.run(misdeed as Misdeed).catch((error: unknown) => error);
    expect(failed, misdeed).toBeInstanceOf(TaskFailed);
    expect(failed, misdeed).toMatchObject({ reason });
  }
  expect(await host.run("none")).toBe(1);
});

test("a task that hangs is ended at the deadline or when it is called off, and those that wait are done", async () => {
  const host = threads({ seconds: 3 });
  const [hanging, waiting] = [host.run("hang"), host.run("none")];
  await expect(hanging).rejects.toThrow("it took longer than 3 s, so I gave up on it.");
  expect(await waiting).toBe(1);
  const calledOff = new AbortController();
  const second = host.run("hang", { signal: calledOff.signal });
  calledOff.abort(new Error("called off"));
  await expect(second).rejects.toThrow("called off");
  expect(await host.run("none")).toBe(1);
});

test("after the host has been stopped, nothing is begun", async () => {
  const host = threads();
  const hanging = host.run("hang");
  const waiting = host.run("none");
  const failures = [
    expect(hanging).rejects.toThrow("broke down"),
    expect(waiting).rejects.toThrow("stopped"),
  ];
  await new Promise((resolve) => setTimeout(resolve, 200));
  await host.stop();
  await Promise.all(failures);
});
