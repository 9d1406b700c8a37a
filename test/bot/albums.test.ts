import { describe, expect, test } from "vitest";
import type { ConversationKey } from "../../src/store/store.ts";
import { part, reworded } from "../support/album.ts";
import { answer, inThread } from "../support/events.ts";
import { say as says } from "../support/scripted-model.ts";
import { type TestBot, testBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

/** The numbers of the pictures that a request has last. */
const picturesIn = ({ model }: TestBot, request: number): readonly number[] =>
  (model.requests[request]?.messages.at(-1)?.parts ?? []).flatMap((each) =>
    each.type === "image" ? [each.data.at(-1) ?? 0] : [],
  );

/** What stands in the chat. */
const shown = ({ chat }: TestBot) => chat.posts.map(({ answer: { text, notices } }) => [text, ...notices]);

const tooLate =
  "This came too late to join the rest of its album. Send the whole album again, and I'll look at all of it together.";

async function answeredAlbum(): Promise<TestBot> {
  const stage = await testBot({ scripts: [answer("One cat."), answer("Two cats.")] });
  await stage.bot.receive(stage.chat, part(1, "How many cats?"));
  await stage.chat.dealtWith("album");
  return stage;
}

describe("an album", () => {
  test("is one question with all its pictures, though one part alone names the bot", async () => {
    const stage = await testBot({ scripts: [answer("Three cats.")] });
    const { bot, chat, model } = stage;
    for (const inbound of [part(1), part(2, "How many cats?"), part(2, "How many cats?"), part(3)])
      await bot.receive(chat, inbound);
    await chat.dealtWith("album");
    expect(picturesIn(stage, 0)).toEqual([1, 2, 3]);
    expect(shown(stage)).toEqual([["Three cats."]]);
    expect(model.requests).toHaveLength(1);
  });

  test("that names the bot nowhere is passed over, also in a thread where the bot does not take part", async () => {
    const { bot, chat, model, core } = await testBot();
    const { address: _, ...followUp } = part(1, "look", { ...inThread, album: "thread" });
    await bot.receive(chat, { ...followUp, address: "follow-up" });
    await bot.receive(chat, part(2));
    await core.store.inbox.sweepAlbums(Date.now() + 1);
    const edit = reworded(2, "look");
    await bot.receive(chat, { ...edit, message: { ...edit.message, address: "others" } });
    expect(await core.store.inbox.conversations(["fake"], 9)).toEqual([]);
    expect(await core.store.inbox.knows("fake:general" as ConversationKey)).toBe(false);
    expect([chat.posts, model.requests]).toEqual([[], []]);
  });

  test("is answered anew in the same message, with the part that comes while it is answered", async () => {
    const stage = await testBot({ scripts: [[says("One"), "wait"], answer("Two cats.")] });
    const { bot, chat } = stage;
    await bot.receive(chat, part(1, "How many cats?"));
    await until("its answer grows", () => chat.posts.length > 0);
    await bot.receive(chat, part(2));
    await chat.dealtWith("album");
    expect([picturesIn(stage, 0), picturesIn(stage, 1)]).toEqual([[1], [1, 2]]);
    expect(shown(stage)).toEqual([["Two cats."]]);
  });

  test("is answered anew in the same message, with the part that comes when it is answered", async () => {
    const stage = await answeredAlbum();
    await stage.bot.receive(stage.chat, part(2));
    await stage.chat.dealtWith("album-2");
    expect(picturesIn(stage, 1)).toEqual([1, 2]);
    expect(shown(stage)).toEqual([["Two cats."]]);
  });

  test("keeps its answer and says so, when a part or other words come after its parts are forgotten", async () => {
    const stage = await answeredAlbum();
    const { bot, chat, core, model } = stage;
    await core.store.inbox.sweepAlbums(Date.now() + 1);
    await bot.receive(chat, part(2));
    await chat.dealtWith("album-2");
    await bot.receive(chat, reworded(1, "How many dogs?"));
    await chat.dealtWith("edit-1");
    expect(shown(stage)).toEqual([["One cat."], ["", tooLate], ["", tooLate]]);
    expect(model.requests).toHaveLength(1);
  });

  test("that came with a command, of which a part comes when the command has been carried out, says so", async () => {
    const stage = await testBot();
    const { bot, chat } = stage;
    await bot.receive(chat, part(1, "/usage"));
    await chat.dealtWith("album");
    await bot.receive(chat, part(2));
    await chat.dealtWith("album-2");
    expect(shown(stage)[1]).toEqual(["", tooLate]);
  });
});
