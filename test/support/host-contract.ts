import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { type Bounds, type Host, TaskFailed } from "../../src/host/host.ts";
import type { Misdeed } from "../host/misbehave.ts";

/** A host of `misbehave`, and what its kind of runner is bound by. */
export interface HostKind {
  readonly create: (bounds: Bounds) => Host<Misdeed, unknown>;
  readonly memoryMb: number;
  /** Misdeeds that it survives, and what is said of them. */
  readonly survives: Partial<Record<Misdeed, TaskFailed["reason"]>>;
}

/** What is promised of every host, whatever does its tasks. */
export function describeHost({ create, memoryMb, survives }: HostKind): void {
  const open = (changes: Partial<Bounds> = {}): Host<Misdeed, unknown> => {
    const host = create({ seconds: 30, memoryMb, atOnce: 1, warmMs: 60_000, ...changes });
    onTestFinished(() => host.stop());
    return host;
  };

  test("a runner is kept for the next task, where it may be", async () => {
    const [warm, fresh] = [open(), open({ warmMs: 0 })];
    expect([await warm.run("none"), await warm.run("none")]).toEqual([1, 2]);
    expect([await fresh.run("none"), await fresh.run("none")]).toEqual([1, 1]);
  });

  test("whatever a task does, it is one sentence, and the next one is done", async () => {
    const host = open();
    for (const [misdeed, reason] of Object.entries(survives)) {
      const failed = await host.run(misdeed as Misdeed).catch((error: unknown) => error);
      expect(failed, misdeed).toBeInstanceOf(TaskFailed);
      expect(failed, misdeed).toMatchObject({ reason });
    }
    expect(await host.run("none")).toBe(1);
  });

  test("a task that hangs is ended at the deadline or when it is called off, and those that wait are done", async () => {
    const host = open({ seconds: 8 });
    const [hanging, waiting] = [host.run("hang"), host.run("none")];
    await expect(hanging).rejects.toThrow("it took longer than 8 s, so I gave up on it.");
    expect(await waiting).toBe(1);
    const calledOff = new AbortController();
    const second = host.run("hang", { signal: calledOff.signal });
    calledOff.abort(new Error("called off"));
    await expect(second).rejects.toThrow("called off");
    expect(await host.run("none")).toBe(1);
  });

  test("after the host has been stopped, nothing is begun", async () => {
    const host = open();
    expect(await host.run("none")).toBe(1);
    const [hanging, waiting] = [host.run("hang"), host.run("none")];
    const failures = [expect(hanging).rejects.toThrow(), expect(waiting).rejects.toThrow("stopped")];
    await sleep(100);
    await host.stop();
    await Promise.all(failures);
  });
}
