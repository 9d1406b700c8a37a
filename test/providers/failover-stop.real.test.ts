import { eventually } from "../support/eventually.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sleep } from "../../src/providers/retry.ts";
import { busy, chatSays, claudeSays, play, startVendors } from "./vendors.ts";

/** A stop while vendors fail, and what is left behind. */

const never = new AbortController().signal;
let vendors: Awaited<ReturnType<typeof startVendors>>;

beforeEach(async () => {
  vendors = await startVendors();
});
afterEach(async () => {
  // Whatever happened, nobody holds a connection to a vendor any more.
  await eventually(() => expect(vendors.open()).toBe(0));
  await vendors.stop();
});

describe("a stop", () => {
  const stopWhen = (ready: () => boolean) => {
    const stop = new AbortController();
    const watch = async () => {
      while (!ready()) await sleep(5, never);
      // The answer has come in; the turn is in the pause behind it.
      await sleep(50, never);
      stop.abort(new Error("stopped by the person"));
    };
    return { signal: stop.signal, watch: watch() };
  };

  test("ends the pause before the same vendor is asked again", async () => {
    vendors.chat.enqueue({ ...busy, headers: { "retry-after": "5" } });
    const { signal, watch } = stopWhen(
      () => vendors.chat.requests().length === 1 && vendors.chat.open() === 0,
    );
    const done = await play(vendors.openModels({ order: ["chat/one"] }), { signal });
    await watch;
    expect(done.result).toMatchObject({ outcome: "stopped", messages: [] });
    expect(vendors.chat.requests()).toHaveLength(1);
  });

  test("ends the wait for another's probe", async () => {
    const models = vendors.openModels({ order: ["chat/one"] });
    vendors.chat.enqueue(busy, busy, busy, { events: [], end: "hang" });
    await play(models);
    const probe = new AbortController();
    const probing = play(models, { signal: probe.signal });
    await eventually(() => expect(vendors.chat.requests()).toHaveLength(4));
    const stop = new AbortController();
    const waiting = play(models, { signal: stop.signal });
    await sleep(20, never);
    stop.abort(new Error("stopped"));
    expect((await waiting).result).toMatchObject({ outcome: "stopped" });
    expect(vendors.chat.requests()).toHaveLength(4);
    probe.abort(new Error("stopped"));
    await probing;

    // A stopped probe has said nothing of the model: the next one may ask at once.
    vendors.chat.enqueue(chatSays(["Hi."]));
    expect((await play(models)).text).toBe("Hi.");
  });

  test("closes the connection while a vendor is silent, before and after its first token", async () => {
    for (const answer of [{ events: [], end: "hang" } as const, chatSays(["So"], "hang")]) {
      const before = vendors.chat.requests().length;
      vendors.chat.enqueue(answer);
      const { signal, watch } = stopWhen(() => vendors.chat.requests().length > before);
      expect((await play(vendors.openModels(), { signal })).result?.outcome).toBe("stopped");
      await watch;
      await vendors.chat.requests().at(-1)?.closed;
    }
  });
});

test("no timer outlives an answer", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const models = vendors.openModels({ bounds: "firstTokenSeconds: 30, idleSeconds: 30" });
  vendors.chat.enqueue(chatSays(["warm"]));
  await play(models);
  const before = timers();
  vendors.chat.enqueue(chatSays(["오늘은 맑"], "drop"), busy);
  vendors.claude.enqueue(claudeSays("맑아요."));
  const { stream } = await models.choose("smart");
  const request = { instructions: "", messages: [], stableMessages: 0, tools: [] };
  for await (const event of stream(request, never)) {
    // Leaves in the middle of the second call.
    if (event.type === "answering" && event.model === "claude/two") break;
  }
  expect(timers()).toBeLessThanOrEqual(before);
});
