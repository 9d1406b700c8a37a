import { describe, expect, test } from "vitest";
import type { Candidate } from "../../src/providers/attempt.ts";
import { createBreakers } from "../../src/providers/breaker.ts";
import { streamWithFailover, type FailoverOptions } from "../../src/providers/failover.ts";
import {
  ProviderError,
  type ModelRequest,
  type ProviderFailure,
  type StreamEvent,
} from "../../src/providers/provider.ts";
import { sleep } from "../../src/providers/retry.ts";

type Act = StreamEvent | ProviderError | "hang";

const fail = (kind: ProviderFailure, retryAfterMs?: number) =>
  new ProviderError(kind, {
    provider: "p",
    message: kind,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
const answer: Act[] = [
  { type: "text", text: "Hi" },
  { type: "stop", reason: "end" },
];
const never = new AbortController().signal;

/** A candidate that plays one list of acts per call, the last one again and again. */
function candidate(id: string, ...plays: readonly (readonly Act[])[]) {
  const requests: ModelRequest[] = [];
  let closed = 0;
  const made: Candidate & { requests: ModelRequest[]; closed: () => number } = {
    model: "m",
    requests,
    closed: () => closed,
    provider: {
      id,
      vendor: id,
      body: async (request) => request,
      async *stream(request, signal) {
        const play = plays[Math.min(requests.length, plays.length - 1)] ?? [];
        requests.push(request);
        try {
          for (const act of play) {
            signal.throwIfAborted();
            if (act === "hang") await sleep(60_000, signal);
            else if (act instanceof Error) throw act;
            else yield act;
          }
        } finally {
          closed++;
        }
      },
    },
  };
  return made;
}

const options = (): FailoverOptions => ({
  firstTokenMs: 5_000,
  idleMs: 5_000,
  breakers: createBreakers({ onChange() {} }),
});

async function run(candidates: readonly Candidate[], more: Partial<FailoverOptions> = {}, signal = never) {
  const waits: number[] = [];
  const failures: string[] = [];
  const events: unknown[] = [];
  const all: FailoverOptions = {
    ...options(),
    random: () => 1,
    sleep: async (ms) => void waits.push(ms),
    onFailure: (model, error) => failures.push(`${model} ${error.kind}`),
    ...more,
  };
  const request = { instructions: "", messages: [], stableMessages: 0, tools: [] };
  let error: unknown;
  try {
    for await (const event of streamWithFailover(candidates, request, all, signal)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { events, waits, failures, error };
}

test("the first candidate answers, and says so before its first event", async () => {
  const first = candidate("a", answer);
  const { events, failures } = await run([first, candidate("b", answer)]);
  expect(events).toEqual([{ type: "answering", model: "a/m", failed: [] }, ...answer]);
  expect(failures).toEqual([]);
  expect(first.requests[0]?.model).toBe("m");
});

test("passing trouble is waited out with a growing pause", async () => {
  const { events, waits } = await run([candidate("a", [fail("overloaded")], [fail("unreachable")], answer)]);
  expect(events[0]).toEqual({ type: "answering", model: "a/m", failed: [] });
  expect(waits).toEqual([500, 1000]);
});

test("the pause is random, so that many do not come back at once", async () => {
  const { waits } = await run([candidate("a", [fail("overloaded")], [fail("overloaded")], answer)], {
    random: () => 0.25,
  });
  expect(waits).toEqual([125, 250]);
});

test("who stays in trouble is left for the next, and the answer names it", async () => {
  const first = candidate("a", [fail("overloaded")]);
  const { events, failures } = await run([first, candidate("b", answer)]);
  expect(first.requests).toHaveLength(3);
  expect(failures).toEqual(["a/m overloaded", "a/m overloaded", "a/m overloaded"]);
  expect(events[0]).toEqual({
    type: "answering",
    model: "b/m",
    failed: [{ model: "a/m", kind: "overloaded" }],
  });
});

describe("before nobody is left, those in passing trouble are asked once more", () => {
  /** Both are left out, the first for less long. */
  function bothDown() {
    let now = 0;
    const breakers = createBreakers({ onChange() {}, now: () => now, random: () => 0.5 });
    for (const model of ["a/m", "b/m"]) {
      for (let n = 0; n < 3; n++) breakers(model).enter()?.fail(fail("overloaded"), "hi");
      now += 1_000;
    }
    return breakers;
  }
  const models = () => [candidate("a", [fail("overloaded")]), candidate("b", answer)];

  test("the one whose pause ends soonest first", async () => {
    const { events, failures } = await run(models(), { breakers: bothDown() });
    expect(events[0]).toMatchObject({ model: "b/m", failed: [{ model: "a/m", kind: "overloaded" }] });
    expect(failures).toEqual(["a/m overloaded"]);
  });

  test("or waited for where another answer asks already", async () => {
    const breakers = bothDown();
    const probe = await breakers("b/m").force(never);
    const waiting = run(models(), { breakers });
    await sleep(0, never);
    probe?.succeed();
    expect((await waiting).events[0]).toMatchObject({ model: "b/m" });
  });
});

test("a short wait that the vendor asks for is kept, a long one leads to the next", async () => {
  const short = await run([candidate("a", [fail("rate-limit", 3000)], answer)]);
  expect(short.waits).toEqual([3500]);
  const long = candidate("a", [fail("rate-limit", 60_000)]);
  expect((await run([long, candidate("b", answer)])).waits).toEqual([]);
  expect(long.requests).toHaveLength(1);
});

describe("one that is busy for some seconds", () => {
  const busy = () => candidate("a", [fail("rate-limit", 3000)], answer);

  test("is not waited for while there is another", async () => {
    const { events, waits } = await run([busy(), candidate("b", answer)]);
    expect(events[0]).toMatchObject({ model: "b/m", failed: [{ model: "a/m", kind: "rate-limit" }] });
    expect(waits).toEqual([]);
  });

  test("is waited for once nobody else is left", async () => {
    const { events, waits } = await run([busy(), candidate("b", [fail("auth")])]);
    expect(events[0]).toMatchObject({ model: "a/m", failed: [{ model: "b/m", kind: "auth" }] });
    expect(waits).toEqual([expect.closeTo(3500, -3)]);
  });
});

test.each(["auth", "no-model", "too-long", "unknown"] as const)(
  "%s goes straight to the next",
  async (kind) => {
    const first = candidate("a", [fail(kind)]);
    const { events, waits } = await run([first, candidate("b", answer)]);
    expect(events[0]).toMatchObject({ model: "b/m", failed: [{ model: "a/m", kind }] });
    expect(first.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  },
);

test("what one vendor declines is not taken to another", async () => {
  const other = candidate("b", answer);
  const { error } = await run([candidate("a", [fail("refused")]), other]);
  expect(error).toMatchObject({ kind: "refused" });
  expect(other.requests).toHaveLength(0);
});

test("who stays silent is left for the next without a second try, and closed", async () => {
  const silent = candidate("a", ["hang"]);
  const { events } = await run([silent, candidate("b", answer)], { firstTokenMs: 20 });
  expect(events[0]).toEqual({
    type: "answering",
    model: "b/m",
    failed: [{ model: "a/m", kind: "unreachable" }],
  });
  expect(silent.requests).toHaveLength(1);
  expect(silent.closed()).toBe(1);
});

test("the deadline is for the first token only", async () => {
  const slow = candidate("a", [
    { type: "text", text: "So" },
    { type: "text", text: " far" },
    { type: "stop", reason: "end" },
  ]);
  const request = { instructions: "", messages: [], stableMessages: 0, tools: [] };
  const seen: string[] = [];
  for await (const event of streamWithFailover([slow], request, { ...options(), firstTokenMs: 10 }, never)) {
    await sleep(15, never);
    seen.push(event.type);
  }
  expect(seen).toEqual(["answering", "text", "text", "stop"]);
});

test("a stop while waiting ends it with its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const { error } = await run(
    [candidate("a", [fail("overloaded")]), candidate("b", answer)],
    { sleep: (_ms, signal) => (stop.abort(reason), sleep(60_000, signal)) },
    stop.signal,
  );
  expect(error).toBe(reason);
});

test("a stop while a model is silent ends it with its reason", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const hanging = run([candidate("a", ["hang"]), candidate("b", answer)], {}, stop.signal);
  stop.abort(reason);
  expect((await hanging).error).toBe(reason);
});

test.each([
  ["what the first one failed of", ["overloaded", "too-long", "auth"], "overloaded"],
  ["what is wrong with the first one, and stays wrong", ["auth", "overloaded"], "auth"],
  ["that it is too long", ["too-long", "auth"], "too-long"],
  ["but no word of too long where one who stands in is only busy", ["too-long", "rate-limit"], "rate-limit"],
] as const)("when all fail, the person is told %s", async (_what, kinds, told) => {
  const all = kinds.map((kind, n) => candidate(`c${n}`, [fail(kind)]));
  expect((await run(all)).error).toMatchObject({ kind: told });
});

test("what the first one failed of is told also where it was not asked", async () => {
  const breakers = createBreakers({ onChange() {} });
  breakers("a/m").enter()?.fail(fail("auth"), "hi");
  const { error } = await run([candidate("a", [fail("auth")]), candidate("b", [fail("too-long")])], {
    breakers,
  });
  expect(error).toMatchObject({ kind: "auth" });
});

test("a consumer that leaves at the first event leaves no stream open", async () => {
  const only = candidate("a", [{ type: "text", text: "So" }, "hang"]);
  const request = { instructions: "", messages: [], stableMessages: 0, tools: [] };
  for await (const event of streamWithFailover([only], request, options(), never)) {
    expect(event.type).toBe("answering");
    break;
  }
  expect(only.closed()).toBe(1);
});

test("what died in mid-answer is told before another goes on with it, who is not asked where it is left there", async () => {
  const next = candidate("b", answer);
  const broken = [candidate("a", [{ type: "text", text: "So far" }, fail("auth")]), next];
  const request = { instructions: "", messages: [], stableMessages: 0, tools: [], maxOutputTokens: 1_000 };
  for await (const event of streamWithFailover(broken, request, options(), never)) {
    if (event.type !== "spent") continue;
    expect(event.next?.messages).toMatchObject([{ role: "assistant" }, { role: "user" }]);
    expect(event.next?.maxOutputTokens).toBeLessThan(1_000);
    break;
  }
  expect(next.requests).toEqual([]);
});

test("each candidate gets the transcript its vendor takes, with as many stable messages", async () => {
  const text = (said: string) => ({ type: "text", text: said }) as const;
  const messages = [
    { role: "user", parts: [text("e1")] },
    { role: "assistant", parts: [text(" ")] },
    { role: "user", parts: [text("e2")] },
    { role: "assistant", parts: [text("e3")] },
    { role: "user", parts: [text("q")] },
  ] as const;
  const only = candidate("a", answer);
  const request = { instructions: "", messages, stableMessages: 4, tools: [] };
  for await (const _event of streamWithFailover([only], request, options(), never));
  expect(only.requests[0]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  expect(only.requests[0]?.stableMessages).toBe(2);
});
