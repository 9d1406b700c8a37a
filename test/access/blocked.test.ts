import { expect, test } from "vitest";
import { conversationKey } from "../../src/conversation/scope.ts";
import { answer, inChannel } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { testBot } from "../support/test-core.ts";

test("who is blocked gets no answer either to what waits; what was begun is brought to its end", async () => {
  const dataFolder = makeFolder();
  const kim = inChannel("kim");
  const quoted = { author: "Lee", text: "Hm.", attachments: [] };
  const first = await testBot({ dataFolder, scripts: [["wait"]] });
  const ask = (text: string, from = kim) =>
    void first.handle({ ...from, id: text, type: "message", messageId: text, text, attachments: [], quoted });
  for (const text of ["One?", "Two?", "Three?"]) ask(text);
  const pending = () => first.core.store.inbox.pending(conversationKey(kim), 9);
  await expect.poll(pending).toHaveLength(3);
  await expect.poll(() => first.model.requests).toHaveLength(1);
  await first.bot.stop();
  await first.core.store.close();
  const { bot, chat, core, model } = await testBot({
    dataFolder,
    chat: first.chat,
    access: { block: ["fake:kim"] },
    scripts: [answer("1")],
  });
  await bot.work([chat]);
  await expect.poll(() => core.store.inbox.pending(conversationKey(kim), 9)).toEqual([]);
  expect(model.requests).toHaveLength(1);
  expect(chat.posts.filter(({ isRemoved }) => !isRemoved).map((post) => post.answer.text)).toEqual(["1"]);
});
