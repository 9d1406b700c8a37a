import { Writable } from "node:stream";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createOutage, pauseAfter } from "../../src/platform/outage.ts";
import { networkCode, wasNeverSent } from "../../src/platform/trouble.ts";

describe("an outage", () => {
  test("is told once, and its end once, however often it is tried again", async () => {
    const lines: string[] = [];
    const write = (line: Buffer, _: unknown, done: () => void): void => {
      lines.push(String((JSON.parse(line.toString()) as { msg: unknown }).msg));
      done();
    };
    const outage = createOutage("Chat", pino({}, new Writable({ write })));
    const endure = async (): Promise<void> => {
      const stopping = new AbortController();
      const enduring = outage.endure("Chat is away.", new Error("no"), stopping.signal);
      // So that nobody waits here.
      stopping.abort();
      await enduring;
    };
    for (let round = 0; round < 2; round++) {
      outage.end();
      await endure();
      await endure();
      outage.end();
    }
    const once = ["Chat is away. I keep trying.", "Chat is connected again"];
    expect(lines).toEqual([...once, ...once]);
  });

  test("has pauses that grow, up to about a minute", () => {
    expect(pauseAfter(0)).toBe(0);
    const pauses = Array.from({ length: 20 }, (_, index) => pauseAfter(index + 1));
    for (const [index, pause] of pauses.slice(2, 7).entries())
      expect(pause).toBeGreaterThan(pauses[index] ?? 0);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(75_000);
  });
});

describe("a failure of the network", () => {
  const failed = (code: string): Error =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("connect"), { code }) });

  test("is told by its code, however deep it lies", () => {
    const wrapped = new Error("could not", { cause: failed("ECONNRESET") });
    expect(networkCode(wrapped)).toBe("ECONNRESET");
    expect(networkCode(new Error("no code"))).toBeUndefined();
    expect(networkCode("no error")).toBeUndefined();
  });

  test("sent nothing when no connection came about", () => {
    expect(wasNeverSent(failed("ECONNREFUSED"))).toBe(true);
    expect(wasNeverSent(failed("ECONNRESET"))).toBe(false);
  });
});
