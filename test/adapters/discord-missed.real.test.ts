import { afterEach, describe, expect, test } from "vitest";
import type { Inbound, ThreadId } from "../../src/chat.ts";
import { adapterOf, closeScenes, openScene as open, type Scene } from "../support/discord/scene.ts";
import { until } from "../support/until.ts";

afterEach(closeScenes);

/** The adapter of the next process, which knows that all was taken until then, and what it handed over. */
async function next(
  { discord, adapter }: Pick<Scene, "discord" | "adapter">,
  threads: readonly ThreadId[] = [],
) {
  const since = Date.now() - 1_000;
  await adapter.stop();
  const inbounds: Inbound[] = [];
  const log: string[] = [];
  const other = adapterOf(discord, {}, log);
  return {
    inbounds,
    log,
    /** What is heard while it is read comes twice: the store knows it by its id. */
    texts: () =>
      [...new Map(inbounds.map((each) => [each.id, each])).values()].map((each) =>
        "text" in each ? each.text : each.type,
      ),
    async start() {
      await other.start(
        async (inbound) => void inbounds.push(inbound),
        async () => ({ since, threads }),
      );
    },
    stop: () => other.stop(),
  };
}

describe("what was written while no process listened", () => {
  test("is taken in a channel, a thread and a direct message, each in order and before what comes now", async () => {
    const scene = await open();
    const { discord } = scene;
    await discord.say({ text: "before" });
    const direct = (await scene.inbound("message")).thread;
    const other = await next(scene, [direct]);
    for (const place of ["channel", "thread", "dm"] as const)
      for (const text of ["one", "two"])
        await discord.say({ text: `${text} ${place}`, place, mention: true });
    await discord.say({ text: "not for the bot", place: "channel" });
    await other.start();
    await discord.say({ text: "three channel", place: "channel", mention: true });
    await until("all are taken", () => other.texts().length === 8);
    const said = (place: string) => other.texts().filter((text) => text.endsWith(place));
    expect(said("channel")).toEqual(["one channel", "two channel", "three channel"]);
    expect(said("thread")).toEqual(["one thread", "two thread"]);
    expect(said("dm")).toEqual(["one dm", "two dm"]);
    expect(other.log).toContain("Discord: read what was written while nobody listened");
    expect(discord.complaints).toEqual([]);
    await other.stop();
  });

  test("is told with what its person may do, as if it had been heard", async () => {
    const scene = await open();
    const { discord } = scene;
    const question = { text: "hi", place: "channel", mention: true } as const;
    await discord.say(question);
    const heard = await scene.inbound("message");
    const other = await next(scene);
    await discord.say(question);
    await other.start();
    await until("it is taken", () => other.inbounds.length > 1);
    const { id: _, messageId: __, at: ___, ...facts } = heard;
    expect(other.inbounds[1]).toMatchObject(facts);
    expect(other.inbounds[0]?.id).toBe(heard.id);
    await other.stop();
  });

  test("waits out a limit, and what may not be read keeps nothing else back", async () => {
    const scene = await open();
    const { discord } = scene;
    const other = await next(scene, ["discord:1000000000000000404"]);
    await discord.say({ text: "hi", place: "channel", mention: true });
    discord.rest.limit(1, 50);
    await other.start();
    await until("it is taken", () => other.inbounds.length > 0);
    expect(other.texts()).toEqual(["hi"]);
    await other.stop();
  });

  test("is left alone by a bot that never heard anything", async () => {
    const scene = await open();
    const { discord } = scene;
    await scene.adapter.stop();
    await discord.say({ text: "long ago", place: "channel", mention: true });
    const inbounds: Inbound[] = [];
    const other = adapterOf(discord);
    await other.start(
      async (inbound) => void inbounds.push(inbound),
      async () => ({ threads: [] }),
    );
    await discord.say({ text: "now", place: "channel", mention: true });
    await until("it is heard", () => inbounds.length > 0);
    expect(inbounds).toMatchObject([{ text: "now" }]);
    await other.stop();
  });
});
