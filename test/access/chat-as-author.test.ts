import { expect, test } from "vitest";
import { decodeUpdate } from "../../adapters/telegram/decode.ts";
import { answer, inChannel } from "../support/events.ts";
import { call, stop } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

const group = { id: -5, type: "supergroup", title: "Club" } as const;
/** Telegram tells nobody who it is. */
const decoded = decodeUpdate(
  {
    update_id: 1,
    message: {
      message_id: 1,
      date: 1,
      chat: group,
      sender_chat: group,
      from: { id: 1087968824, is_bot: true, first_name: "Group" },
      text: "@bot hi",
      entities: [{ type: "mention", offset: 0, length: 4 }],
    },
  },
  { me: { id: 1, username: "bot" }, bot: { commands: [], shortcuts: [] } },
);
const { author, server } = decoded ?? { author: { id: "", name: "" } };
const here = { ...inChannel("kim"), ...(server !== undefined && { server }) };
const asGroup = { ...here, author };
const personas = [testPersona("assistant", { memory: "read-write" })];
const code = (text: string): string => /[A-Z2-9]{3}-[A-Z2-9]{3}/u.exec(text)?.[0] ?? "";

test("/forget me of who writes as the group takes nothing away from the group", async () => {
  const access = { servers: "approve" as const, owners: ["fake:boss"] };
  const bot = await testBot({ access, scripts: [answer("One."), answer("Two."), answer("Three.")] });
  await bot.say("hi", here);
  const told = bot.chat.posts.at(-1)?.answer.notices.join(" ") ?? "";
  await bot.command("allow", code(told), { author: { id: "fake:boss", name: "Boss" } });
  await bot.say("hi", here);
  await bot.say("We meet at noon", asGroup);
  await bot.command("forget", "me yes", asGroup);
  expect(bot.last()).toContain("Done");
  await bot.say("hi again", here);
  expect(bot.last()).toBe("Three.");
  expect(bot.sent()).not.toContain("noon");
});

test("nothing is known or kept of who writes as a group: it may be anybody", async () => {
  const keeps = [call("remember", { fact: "Likes tea." }), stop("tools")];
  const bot = await testBot({ personas, scripts: [keeps, answer("Ok.")] });
  await bot.say("I like tea", asGroup);
  expect(bot.model.requests[0]?.tools).toEqual([]);
  expect(await bot.core.store.facts.list(asGroup.author.id)).toEqual([]);
  const refused = "You write as Club, and I can't tell who that is. Please write as yourself for this.";
  for (const name of ["memory", "instructions"]) {
    await bot.command(name, "add I like tea", asGroup);
    expect(bot.chat.posts.at(-1)?.answer.notices).toEqual([refused]);
  }
  const claim = await bot.core.access.offerOwnership();
  await bot.command("own", claim, asGroup);
  expect(bot.chat.posts.at(-1)?.answer.notices).toEqual([refused]);
  expect(await bot.core.access.isAdmin(asGroup.author)).toBe(false);
});
