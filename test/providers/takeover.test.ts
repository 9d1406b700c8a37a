import { describe, expect, test } from "vitest";
import { createBreakers } from "../../src/providers/breaker.ts";
import type { Candidate } from "../../src/providers/attempt.ts";
import { type FailoverOptions, streamWithFailover } from "../../src/providers/failover.ts";
import {
  type ModelRequest,
  ProviderError,
  type Sign,
  type StreamEvent,
} from "../../src/providers/provider.ts";
import { sleep } from "../../src/providers/retry.ts";
import type { ModelEvent } from "../../src/turn.ts";

type Act = StreamEvent | Error | "hang" | Sign;

const never = new AbortController().signal;
const say = (text: string): Act => ({ type: "text", text });
const done: Act = { type: "stop", reason: "end" };
const cut = new ProviderError("unreachable", { provider: "p", message: "cut" });
const tokens = (inputTokens: number, outputTokens: number): Act => ({
  type: "usage",
  usage: { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0, thinkingTokens: 0 },
});

const four = (sign: Sign) => [sign, sign, sign, sign];

/** A candidate that plays one list of acts per call, and fails when there is none. */
function candidate(id: string, ...plays: readonly (readonly Act[])[]) {
  const requests: ModelRequest[] = [];
  let open = 0;
  const made: Candidate = {
    model: "m",
    provider: {
      id,
      vendor: id,
      body: async (request) => request,
      async *stream(request, signal, heard) {
        requests.push(request);
        open++;
        try {
          for (const act of plays[requests.length - 1] ?? [cut]) {
            signal.throwIfAborted();
            if (act === "hang") await sleep(60_000, signal);
            else if (typeof act === "string") {
              await sleep(200, signal);
              heard?.(act);
            } else if (act instanceof Error) throw act;
            else yield act;
          }
        } finally {
          open--;
        }
      },
    },
  };
  return { ...made, requests, open: () => open };
}

async function run(
  candidates: readonly Candidate[],
  more: Partial<FailoverOptions> & { readonly signal?: AbortSignal } = {},
  request: Partial<ModelRequest> = {},
) {
  const waits: number[] = [];
  const events: ModelEvent[] = [];
  const options: FailoverOptions = {
    firstTokenMs: 5_000,
    idleMs: 5_000,
    breakers: createBreakers({ onChange() {} }),
    random: () => 1,
    sleep: async (ms) => void waits.push(ms),
    ...more,
  };
  const messages = [{ role: "user", parts: [{ type: "text", text: "Hi" }] }] as const;
  const all = { instructions: "", messages, stableMessages: 0, tools: [], ...request };
  let error: unknown;
  try {
    for await (const event of streamWithFailover(candidates, all, options, more.signal ?? never))
      events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const text = events.map((event) => (event.type === "text" ? event.text : "")).join("");
  const answering = events.filter((event) => event.type === "answering");
  return { events, text, answering, waits, error };
}

describe("an answer that breaks off", () => {
  test("is finished by the same model after a pause, and nobody is said to have taken over", async () => {
    const only = candidate("a", [say("오늘은 날씨가 좋"), cut], [say("날씨가 좋아요."), done]);
    const { text, answering, waits } = await run([only, candidate("b")]);
    expect(text).toBe("오늘은 날씨가 좋아요.");
    expect(answering.map(({ model, failed }) => [model, failed.length])).toEqual([
      ["a/m", 0],
      ["a/m", 0],
    ]);
    expect(waits).toEqual([500]);
  });

  test("is finished by the next model when the same one fails again, which is told once", async () => {
    const first = candidate("a", [say("one two "), cut], [say("two three "), cut]);
    const second = candidate("b", [say("three four "), cut], [cut]);
    const third = candidate("c", [say("four five."), done]);
    const { text, answering } = await run([first, second, third]);
    expect(text).toBe("one two three four five.");
    expect(answering.map(({ model, failed }) => [model, failed.map((one) => one.model)])).toEqual([
      ["a/m", []],
      ["a/m", []],
      ["b/m", ["a/m"]],
      ["c/m", ["b/m"]],
    ]);
    expect(first.requests).toHaveLength(2);
  });

  test("is asked for with what was said, its last words, and what is left of its length", async () => {
    const said = `${"word ".repeat(200)}and the last few words of a long begin`;
    const second = candidate("b", [say("ning."), done]);
    await run([candidate("a", [say(said), cut]), second], {}, { maxOutputTokens: 1_000 });
    const [, answered, asked] = second.requests[0]?.messages ?? [];
    expect(answered).toEqual({ role: "assistant", parts: [{ type: "text", text: said }] });
    expect(JSON.stringify(asked)).toMatch(/\\n\\nand the last few words of a long begin"/u);
    expect(second.requests[0]?.maxOutputTokens).toBeLessThan(800);
    expect(second.requests[0]?.maxOutputTokens).toBeGreaterThan(500);
  });

  test("is asked anew when nothing was said yet, in a new paragraph of thoughts", async () => {
    const think = (text: string): Act => ({ type: "thinking", text });
    const second = candidate("b", [think("Hm"), think("m."), say("Hi."), done]);
    const { text, events } = await run([candidate("a", [think("So"), cut], [cut]), second]);
    expect(second.requests[0]?.messages).toHaveLength(1);
    expect(text).toBe("Hi.");
    const thoughts = events.map((event) => (event.type === "thinking" ? event.text : "")).join("");
    expect(thoughts).toBe("So\n\nHmm.");
  });

  test.each([
    ["no spaces", "가나다라마바사아자차카타파하".repeat(5)],
    ["a space near its end only", `${"가나다라마바사아자차카타파하".repeat(5)} 좋`],
    ["one short word", "네"],
  ])("is asked for with words that can be found again where it has %s", async (_what, said) => {
    const second = candidate("b", [done]);
    await run([candidate("a", [say(said), cut], [cut]), second]);
    const last = second.requests[0]?.messages.at(-1)?.parts[0];
    const asked = last?.type === "text" ? last.text.split("\n\n").at(-1) : "";
    expect(said.endsWith(asked ?? "?")).toBe(true);
    expect(asked?.length).toBeGreaterThanOrEqual(Math.min(said.length, 20));
  });

  test("is asked anew when only space was said, which stays", async () => {
    const second = candidate("b", [say("Hi."), done]);
    const { text } = await run([candidate("a", [say("\n"), cut], [cut]), second]);
    expect(JSON.stringify(second.requests)).not.toContain("connection broke");
    expect(text).toBe("\nHi.");
  });

  test("is not thought about by a vendor with another's thoughts", async () => {
    const replay = { vendor: "a", data: { signature: "secret" } };
    const call = { type: "tool-call", id: "1", name: "t", arguments: "{}" } as const;
    const messages = [
      { role: "user", parts: [{ type: "text", text: "Hi" }] },
      { role: "assistant", parts: [{ type: "thinking", text: "hm", replay }, call] },
      { role: "tool", parts: [{ type: "tool-result", id: "1", name: "t", text: "r", failed: false }] },
    ] as const;
    const second = candidate("b", [say("so."), done]);
    const thought = { type: "thought", part: { type: "thinking", text: "hm", replay } } as const;
    const first = candidate("a", [thought, say("And "), cut]);
    const { events } = await run([first, second], {}, { messages });
    expect(events).toContainEqual({
      ...thought,
      part: { ...thought.part, replay: { ...replay, by: "a/m" } },
    });
    const roles = second.requests[0]?.messages.map(({ role }) => role);
    expect(roles?.join(" ")).toBe("user assistant tool assistant user");
    expect(JSON.stringify(second.requests)).not.toContain("secret");
  });

  test("has its usage counted, also where nothing had been said", async () => {
    const first = candidate("a", [tokens(10, 0), cut], [tokens(10, 1), say("So "), tokens(10, 3), cut]);
    const { events } = await run([first, candidate("b", [say("it is."), tokens(20, 4), done])]);
    const spent = events.flatMap((event) => (event.type === "spent" ? [event] : []));
    expect(spent.map(({ spent }) => spent.map(({ model, usage }) => [model, usage.outputTokens]))).toEqual([
      [["a/m", 0]],
      [["a/m", 3]],
    ]);
    expect(events.filter(({ type }) => type === "usage")).toEqual([
      tokens(10, 1),
      tokens(10, 3),
      tokens(20, 4),
    ]);
  });

  test("stays as it is when nobody is left, and that is told as what it is", async () => {
    const busy = new ProviderError("overloaded", { provider: "a", message: "busy" });
    const { text, error } = await run([candidate("a", [say("So far"), cut], [busy])]);
    expect(text).toBe("So far");
    expect(error).toMatchObject({ kind: "unreachable", cause: busy });
  });

  test("stays as it is when the vendor declines the rest", async () => {
    const refusal = new ProviderError("refused", { provider: "a", message: "no" });
    const second = candidate("b", [say("Sure."), done]);
    const { error } = await run([candidate("a", [say("So"), refusal]), second]);
    expect(error).toBe(refusal);
    expect(second.requests).toHaveLength(0);
  });

  test("stays as it is when it is stopped in the pause before somebody goes on", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const only = candidate("a", [say("So far"), cut], [say("never"), done]);
    const pause = (_ms: number, signal: AbortSignal) => (stop.abort(reason), sleep(60_000, signal));
    const { text, error } = await run([only], { signal: stop.signal, sleep: pause });
    expect(text).toBe("So far");
    expect(error).toBe(reason);
    expect(only.requests).toHaveLength(1);
  });

  test("repeats nothing that was held back when the next call died before it was decided", async () => {
    const first = candidate("a", [say("the quick brown"), cut], [say("the quick"), cut]);
    const { text } = await run([first, candidate("b", [say("quick brown fox"), done])]);
    expect(text).toBe("the quick brown fox");
  });
});

describe("a model that falls silent in mid-answer", () => {
  test("is left for the next, and closed", async () => {
    const first = candidate("a", [say("Once upon"), "hang"]);
    const { text, answering } = await run([first, candidate("b", [say("upon a time."), done])], {
      idleMs: 20,
    });
    expect(text).toBe("Once upon a time.");
    expect(answering.at(-1)).toMatchObject({ model: "b/m", failed: [{ model: "a/m", kind: "unreachable" }] });
    expect(first.requests).toHaveLength(1);
    expect(first.open()).toBe(0);
  });

  test("is asked once more when there is nobody else", async () => {
    const only = candidate("a", [say("Once upon"), "hang"], [say("upon a"), "hang"], [say("never"), done]);
    const { text, error } = await run([only], { idleMs: 20 });
    expect(text).toBe("Once upon a");
    expect(error).toMatchObject({ kind: "unreachable" });
    expect(only.requests).toHaveLength(2);
  });

  test("is not silent while it writes what nobody sees yet", async () => {
    const only = candidate("a", [say("I look."), ...four("writes"), done]);
    const { error } = await run([only], { idleMs: 600 });
    expect(error).toBeUndefined();
  });

  test("is left also where its connection lives", async () => {
    const first = candidate("a", [say("Once upon"), ...four("lives"), say(" never"), done]);
    const { text } = await run([first, candidate("b", [say("upon a time."), done])], { idleMs: 600 });
    expect(text).toBe("Once upon a time.");
  });
});

describe("a model that says nothing yet", () => {
  const second = () => candidate("b", [say("Hi."), done]);
  const late = [say("Late."), done];

  test.each([
    ["is waited for while it thinks and its connection lives", ["thinks", ...four("lives")], "Late."],
    ["is waited for while it writes what comes whole", four("writes"), "Late."],
    ["gets no more time by living alone", four("lives"), "Hi."],
    ["is left where it thinks and its connection is dead", ["thinks", "hang"], "Hi."],
  ] as const)("%s", async (_what, acts, said) => {
    const short = { firstTokenMs: 600, idleMs: 600 };
    expect((await run([candidate("a", [...acts, ...late]), second()], short)).text).toBe(said);
  });

  test("gets more time where it was told to think hard, unless it tells when it does", async () => {
    const slow = () => candidate("a", [...four("lives"), ...late]);
    const { provider, ...rest } = slow();
    const telling = { ...rest, provider: { ...provider, tellsOfThinking: true } };
    const ask = (first: Candidate) => run([first, second()], { firstTokenMs: 600 }, { thinking: "max" });
    const all = await Promise.all([slow(), telling].map(ask));
    expect(all.map(({ text }) => text)).toEqual(["Late.", "Hi."]);
  });
});

describe("a model that keeps failing", () => {
  test("is skipped at once by the next answers, which say why, until a probe succeeds", async () => {
    let now = 0;
    const breakers = createBreakers({ onChange() {}, now: () => now, random: () => 0.5 });
    const plays = Array.from({ length: 3 }, () => [cut]);
    const first = candidate("a", ...plays, [say("Back."), done]);
    const second = candidate("b", ...Array.from({ length: 3 }, () => [say("Hi."), done]));
    for (let n = 0; n < 3; n++) {
      const { answering } = await run([first, second], { breakers });
      expect(answering).toMatchObject([{ model: "b/m", failed: [{ model: "a/m", kind: "unreachable" }] }]);
    }
    expect(first.requests).toHaveLength(3);
    now += 10_000;
    const { text, answering } = await run([first, second], { breakers });
    expect(text).toBe("Back.");
    expect(answering).toMatchObject([{ model: "a/m", failed: [] }]);
  });

  test("is asked all the same when all are down: the one that comes back soonest, once", async () => {
    let now = 0;
    const breakers = createBreakers({ onChange() {}, now: () => now, random: () => 0.5 });
    const key = new ProviderError("auth", { provider: "b", message: "key", retryAfterMs: 60_000 });
    const first = candidate("a", [cut], [cut], [cut], [cut], [say("Hi."), done]);
    const second = candidate("b", [key], [say("never"), done]);
    await run([first, second], { breakers });
    now += 1;
    const failed = await run([first, second], { breakers });
    expect(failed.error).toMatchObject({ kind: "unreachable" });
    expect([first.requests.length, second.requests.length]).toEqual([4, 1]);
    const { text } = await run([first, second], { breakers });
    expect(text).toBe("Hi.");
    expect(second.requests).toHaveLength(1);
  });

  test("is asked by one of many at a time, and all get its answer", async () => {
    const breakers = createBreakers({ onChange() {} });
    const many = Array.from({ length: 20 }, () => [say("Hi."), done]);
    const only = candidate("a", [cut], [cut], [cut], [cut], ...many);
    await run([only], { breakers });
    const down = await Promise.all(Array.from({ length: 10 }, () => run([only], { breakers })));
    expect(only.requests).toHaveLength(4);
    expect(down.every(({ error }) => error instanceof ProviderError)).toBe(true);
    const up = await Promise.all(Array.from({ length: 10 }, () => run([only], { breakers })));
    expect(up.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, () => "Hi."));
  });
});
