import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import type { Inbound, InboundMessage, Receive } from "../../src/chat.ts";
import { createHandover } from "../../src/platform/handover.ts";

const said = (text: string, channel = "1"): InboundMessage => ({
  type: "message",
  id: text,
  thread: `chat:${channel}`,
  place: "channel",
  channelName: "#general",
  author: { id: "chat:1", name: "Kim" },
  text,
  attachments: [],
});

function open(receive: Receive) {
  const log: string[] = [];
  const stop = new AbortController();
  const lines = { write: (line: string) => void log.push((JSON.parse(line) as { msg: string }).msg) };
  const handOver = createHandover(receive, { log: pino({}, lines), signal: stop.signal });
  return { handOver, log, stop };
}

describe("what a platform brings only once", () => {
  test("stays in order within its channel; other channels and commands do not wait", async () => {
    const received: string[] = [];
    const first = Promise.withResolvers<void>();
    const { handOver } = open(async ({ id }) => {
      received.push(id);
      if (id === "one") await first.promise;
    });
    const { text: _, attachments: __, ...base } = said("stop");
    const command: Inbound = { ...base, type: "command", name: "stop", argument: "" };
    for (const inbound of [said("one"), said("two"), command, said("elsewhere", "2")]) void handOver(inbound);
    await sleep(0);
    expect(received).toEqual(["one", "stop", "elsewhere"]);
    first.resolve();
    await sleep(0);
    expect(received).toEqual(["one", "stop", "elsewhere", "two"]);
  });

  test("is stored also after the connection ended, as it does when the database that it waits for goes away", async () => {
    const received: string[] = [];
    let isAway = true;
    const { handOver, log, stop } = open(async ({ id }) => {
      if (isAway) throw new Error("the database is away");
      received.push(id);
    });
    void handOver(said("one"));
    await sleep(0);
    stop.abort();
    await sleep(50);
    isAway = false;
    void handOver(said("two"));
    while (received.length < 2) await sleep(10);
    expect(received).toEqual(["one", "two"]);
    expect(log).toEqual(["an event can't be stored now; I keep trying"]);
  });

  test("is stored soon after that works again, by all who wait for it, and what comes again meanwhile only once", async () => {
    const received: string[] = [];
    let isAway = true;
    const { handOver } = open(async ({ id }) => {
      if (isAway) throw new Error("the database is away");
      received.push(id);
    });
    const events = [said("one"), said("two"), said("elsewhere", "2")];
    const stored = [...events, ...events].map((inbound) => handOver(inbound));
    await sleep(2_000);
    isAway = false;
    const since = performance.now();
    expect(await Promise.all(stored)).toEqual(stored.map(() => true));
    expect(performance.now() - since).toBeLessThan(500);
    expect(received.toSorted()).toEqual(["elsewhere", "one", "two"]);
  });

  test("is bounded: beyond a thousand events that wait, new ones are dropped, and that is logged", async () => {
    const received: string[] = [];
    const door = Promise.withResolvers<void>();
    const { handOver, log } = open(async ({ id }) => {
      await door.promise;
      received.push(id);
    });
    for (let index = 0; index < 1_002; index++) void handOver(said(`${index}`));
    door.resolve();
    await sleep(20);
    expect(received).toHaveLength(1_000);
    expect(log).toEqual(Array.from({ length: 2 }, () => "an event was lost: too many wait to be stored"));
    void handOver(said("again"));
    await sleep(0);
    expect(received.at(-1)).toBe("again");
  });
});
