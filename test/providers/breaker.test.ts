import { describe, expect, test } from "vitest";
import { createBreakers } from "../../src/providers/breaker.ts";
import type { CircuitChange } from "../../src/providers/circuit.ts";
import { ProviderError, type ProviderFailure } from "../../src/providers/provider.ts";

const never = new AbortController().signal;

function failure(kind: ProviderFailure, more: { retryAfterMs?: number; status?: number } = {}) {
  return new ProviderError(kind, { provider: "p", message: kind, ...more });
}

/** The circuits of a process, under a clock that is set by hand. */
function circuits(random = 0.5) {
  let time = 1_000_000;
  const changes: string[] = [];
  const describe = (change: CircuitChange): string =>
    change.state === "open" ? `open for ${change.pauseMs}` : change.state;
  const breakers = createBreakers({
    now: () => time,
    random: () => random,
    onChange: (model, change) => changes.push(`${model} ${describe(change)}`),
  });
  const breaker = breakers("p/m");
  return {
    breakers,
    breaker,
    changes,
    wait: (ms: number) => void (time += ms),
    /** Calls that fail, as far as they are let through. */
    fail: (times: number, error = failure("overloaded"), question = "hi"): void => {
      for (let n = 0; n < times; n++) breaker.enter()?.fail(error, question);
    },
  };
}

test("three failures close the way, and are told once", () => {
  const { breaker, changes, fail } = circuits();
  fail(2);
  expect(breaker.enter()).toBeDefined();
  fail(1);
  expect(breaker.enter()).toBeUndefined();
  fail(5);
  expect(changes).toEqual(["p/m open for 10000"]);
});

test("failures that lie apart do no harm", () => {
  const { breaker, fail, wait } = circuits();
  fail(2);
  wait(60_000);
  fail(2);
  expect(breaker.enter()).toBeDefined();
});

test("calls that take a minute to fail are no further apart for it", () => {
  const { breaker, wait } = circuits();
  for (let n = 0; n < 3; n++) {
    const pass = breaker.enter();
    wait(60_000);
    pass?.fail(failure("unreachable"), "hi");
    wait(5_000);
  }
  expect(breaker.enter()).toBeUndefined();
});

test("a model that begins most of its answers stays in use", () => {
  const { breaker } = circuits();
  for (let n = 0; n < 30; n++) {
    const pass = breaker.enter();
    if (n % 3 === 0) pass?.fail(failure("overloaded"), "hi");
    else pass?.succeed();
  }
  expect(breaker.enter()).toBeDefined();
});

test("a model that begins every answer and breaks off is left out", () => {
  const { breaker } = circuits();
  for (let n = 0; n < 3; n++) {
    const pass = breaker.enter();
    pass?.succeed();
    pass?.fail(failure("unreachable"), "hi");
  }
  expect(breaker.enter()).toBeUndefined();
});

test.each([
  ["too-long", {}],
  ["refused", {}],
  ["unknown", { status: 400 }],
] as const)("%s is the request's own fault", (kind, more) => {
  const { breaker, fail } = circuits();
  fail(10, failure(kind, more));
  expect(breaker.enter()).toBeDefined();
});

test.each([
  ["auth", { status: 401 }],
  ["auth", {}],
  ["rate-limit", { retryAfterMs: 20_000 }],
] as const)("%s counts at once, as it stays", (kind, more) => {
  const { breaker, fail } = circuits();
  breaker.enter()?.succeed();
  fail(1, failure(kind, more));
  expect(breaker.enter()).toBeUndefined();
});

describe.each([
  ["auth", { status: 403 }],
  ["auth", { status: 402 }],
  ["no-model", { status: 404 }],
] as const)("%s with %o", (kind, more) => {
  const error = failure(kind, more);

  test("counts at once where nothing was answered yet", () => {
    const { breaker, fail } = circuits();
    fail(1, error);
    expect(breaker.enter()).toBeUndefined();
  });

  test("counts once a second question has met with it, however often the first one did", () => {
    const { breaker, fail } = circuits();
    breaker.enter()?.succeed();
    fail(10, error, "one");
    expect(breaker.enter()).toBeDefined();
    fail(1, error, "two");
    expect(breaker.enter()).toBeUndefined();
  });

  test("is forgotten with the next answer", () => {
    const { breaker, fail } = circuits();
    for (const question of ["one", "two", "three"]) {
      breaker.enter()?.succeed();
      fail(1, error, question);
    }
    expect(breaker.enter()).toBeDefined();
  });
});

test("what is not let through as far as the model says nothing of it, in a probe either", () => {
  const { breaker, changes, fail, wait } = circuits();
  fail(10, failure("unfit", { status: 403 }));
  expect(breaker.enter()).toBeDefined();
  fail(3);
  wait(10_000);
  fail(1, failure("unfit", { status: 403 }));
  breaker.enter()?.succeed();
  expect(changes).toEqual(["p/m open for 10000", "p/m probing", "p/m probing", "p/m closed"]);
});

test("the vendor's own wait is kept, and what is left of it is told", () => {
  const { breaker, fail, wait } = circuits();
  fail(1, failure("rate-limit", { retryAfterMs: 45_000 }));
  wait(40_000);
  expect(breaker.enter()).toBeUndefined();
  expect(breaker.complaint).toMatchObject({ kind: "rate-limit", retryAfterMs: 5_000 });
  wait(5_000);
  expect(breaker.enter()).toBeDefined();
});

test("after the pause one probe goes through at a time, and its success closes the circuit", () => {
  const { breaker, changes, fail, wait } = circuits();
  fail(3);
  wait(10_000);
  const probe = breaker.enter();
  expect(probe).toBeDefined();
  expect(breaker.enter()).toBeUndefined();
  probe?.succeed();
  expect(breaker.enter()).toBeDefined();
  expect(breaker.complaint).toBeUndefined();
  expect(changes).toEqual(["p/m open for 10000", "p/m probing", "p/m closed"]);
});

test("each failed probe doubles the pause, up to five minutes", () => {
  const { breaker, changes, fail, wait } = circuits();
  fail(3);
  for (let n = 0; n < 6; n++) {
    wait(300_000);
    breaker.enter()?.fail(failure("overloaded"), "hi");
  }
  expect(changes.filter((change) => change.includes("open"))).toEqual(
    [10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000].map((ms) => `p/m open for ${ms}`),
  );
});

test("the pause is random within a fifth, so that many processes do not come back together", () => {
  const pauses = [0, 1].map((random) => {
    const { changes, fail } = circuits(random);
    fail(3);
    return changes;
  });
  expect(pauses).toEqual([["p/m open for 8000"], ["p/m open for 12000"]]);
});

test("a probe that is told its request is too long has found the model at work", () => {
  const { breaker, fail, wait } = circuits();
  fail(3);
  wait(10_000);
  breaker.enter()?.fail(failure("too-long"), "hi");
  expect(breaker.enter()).toBeDefined();
});

test("a probe that is stopped makes room for the next", () => {
  const { breaker, fail, wait } = circuits();
  fail(3);
  wait(10_000);
  breaker.enter()?.leave();
  expect(breaker.enter()).toBeDefined();
});

test("what an earlier call tells late changes nothing", () => {
  const { breaker, changes, fail } = circuits();
  const early = [breaker.enter(), breaker.enter()];
  fail(3);
  early[0]?.succeed();
  early[1]?.fail(failure("auth"), "hi");
  expect(breaker.enter()).toBeUndefined();
  expect(changes).toHaveLength(1);
});

test("who has nobody else to ask probes before the pause is over", async () => {
  const { breaker, fail } = circuits();
  fail(3);
  (await breaker.force(never))?.succeed();
  expect(breaker.enter()).toBeDefined();
});

test("who comes during a probe waits for it: goes through after its success, and not after its failure", async () => {
  const { breaker, fail } = circuits();
  fail(3);
  const probe = await breaker.force(never);
  const waiting = [breaker.force(never), breaker.force(never)];
  probe?.fail(failure("overloaded"), "hi");
  expect(await Promise.all(waiting)).toEqual([undefined, undefined]);

  const second = await breaker.force(never);
  const lucky = breaker.force(never);
  second?.succeed();
  expect(await lucky).toBeDefined();
});

test("when a probe is stopped, one of those who wait takes it up", async () => {
  const { breaker, fail } = circuits();
  fail(3);
  const probe = await breaker.force(never);
  const [next, other] = [breaker.force(never), breaker.force(never)];
  probe?.leave();
  (await next)?.fail(failure("overloaded"), "hi");
  expect(await other).toBeUndefined();
});

test("a stop while waiting for a probe ends the wait with its reason", async () => {
  const { breaker, fail } = circuits();
  fail(3);
  await breaker.force(never);
  const stop = new AbortController();
  const waiting = breaker.force(stop.signal);
  const reason = new Error("stopped");
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

test("each model has its own circuit", () => {
  const { breakers, fail } = circuits();
  fail(3);
  expect(breakers("p/m").enter()).toBeUndefined();
  expect(breakers("p/other").enter()).toBeDefined();
});

test("however many models are named, only so many are remembered", () => {
  const { breakers, fail } = circuits();
  fail(3);
  for (let n = 0; n < 1_000; n++) breakers(`p/${n}`);
  expect(breakers("p/m").enter()).toBeDefined();
});
