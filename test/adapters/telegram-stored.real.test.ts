import { eventually } from "../support/eventually.ts";
import { afterEach, describe, expect, it } from "vitest";
import { createTelegramAdapter } from "../../adapters/telegram/index.ts";
import type { Inbound } from "../../src/chat.ts";
import { startTelegramEmulator, type TelegramEmulator } from "../support/telegram/index.ts";
import { closeAll, keep, next, openStage, optionsFor, wordsOf } from "../support/telegram/stage.ts";

afterEach(closeAll);

/** A store that refuses while it is told to. */
async function listen(telegram: TelegramEmulator, refuses: (inbound: Inbound) => boolean) {
  const stored: Inbound[] = [];
  const refused: Inbound[] = [];
  const log: string[] = [];
  const adapter = keep(createTelegramAdapter(optionsFor(telegram, log)));
  await adapter.start(async (inbound) => {
    (refuses(inbound) ? refused : stored).push(inbound);
    if (refused.includes(inbound)) throw new Error("the disk is full");
  });
  await telegram.ready();
  return { adapter, stored, refused, log };
}

describe("what came in", () => {
  it("comes again until it is stored, once and in order, and holds up no other chat", async () => {
    const telegram = keep(await startTelegramEmulator());
    let isFull = true;
    const { stored, refused, log } = await listen(telegram, ({ author }) => isFull && author.name === "Kim");
    for (const text of ["one", "two", "three"]) await telegram.say({ text });
    await telegram.say({ text: "me too", as: "Lee" });
    await eventually(() => expect(stored.map(wordsOf)).toEqual(["me too"]));
    await eventually(() => expect(refused.map(wordsOf)).toEqual(["one", "one", "one"]));
    isFull = false;
    await eventually(() => expect(stored).toHaveLength(4));
    await telegram.say({ text: "four" });
    await eventually(() => expect(stored).toHaveLength(5));
    expect(stored.map(wordsOf)).toEqual(["me too", "one", "two", "three", "four"]);
    expect(log.filter((line) => line.includes("can't be stored"))).toHaveLength(1);
  });

  it("is not confirmed to Telegram before it is stored: after a crash it comes to the next process", async () => {
    const telegram = keep(await startTelegramEmulator());
    const first = await listen(telegram, () => true);
    await telegram.say({ text: "don't lose me" });
    await eventually(() => expect(first.refused).not.toEqual([]));
    await first.adapter.stop();
    const second = await listen(telegram, () => false);
    await eventually(() => expect(second.stored.map(wordsOf)).toEqual(["don't lose me"]));
    expect(second.stored[0]?.id).toBe(first.refused[0]?.id);
  });

  it("is passed over when it can't be read", async () => {
    const stage = await openStage();
    const [message] = stage.telegram.world.write({ text: "hi" });
    stage.telegram.deliver({ message: { ...message, entities: "none" } as never });
    await stage.telegram.say({ text: "after it" });
    expect(wordsOf(await next(stage))).toBe("after it");
    expect(stage.log.join("")).toContain("an update can't be read");
  });
});
