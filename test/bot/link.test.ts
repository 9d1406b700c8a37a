import { expect, test } from "vitest";
import { answer } from "../support/events.ts";
import { type TestBot, testBot, testPersona } from "../support/test-core.ts";

const account = (id: string, name: string) =>
  ({ thread: id, place: "dm", channelName: name, author: { id, name } }) as const;
const kim = account("fake:kim", "Kim");
const kimElsewhere = account("fake:k99", "kim_lee");
const mallory = account("fake:mal", "Mallory");

const open = (): Promise<TestBot> =>
  testBot({
    personas: [testPersona("assistant", { memory: "read-write" })],
    scripts: Array.from({ length: 9 }, () => answer("ok")),
  });

const code = ({ last }: TestBot): string => /`(?<code>[A-Z\d-]{11})`/u.exec(last())?.groups?.["code"] ?? "";
const notice = ({ chat }: TestBot): string => chat.posts.at(-1)?.answer.notices[0] ?? "";
/** The command behind the button with this label under the last post. */
const behind = ({ chat }: TestBot, label: string): string =>
  chat.posts
    .at(-1)
    ?.answer.actions.find((each) => each.label === label)
    ?.token.replace("run:link ", "") ?? "";

async function linkUp(bot: TestBot): Promise<void> {
  await bot.command("link", "", kim);
  await bot.command("link", code(bot), kimElsewhere);
  await bot.command("link", "confirm", kim);
  await bot.command("link", behind(bot, "Link"), kim);
  expect(bot.last()).toContain("Linked with kim_lee on Fake");
}

test("two accounts share facts, instructions and the pause once both have said so", async () => {
  const bot = await open();
  await bot.command("memory", "add Likes tea.", kim);
  await bot.command("instructions", "add be brief", kim);
  await bot.command("memory", "add Has a dog.", kimElsewhere);
  await linkUp(bot);
  await bot.say("hi", kimElsewhere);
  expect(bot.sent()).toContain("- be brief");
  expect(bot.sent()).toContain("1. Likes tea.\\n2. Has a dog.");
  await bot.command("memory", "forget 1", kimElsewhere);
  await bot.command("memory", "pause", kimElsewhere);
  await bot.say("hi", kim);
  expect(bot.sent()).not.toMatch(/tea|dog/u);
  await bot.command("memory", "resume", kim);
  await bot.say("hi", kim);
  expect(bot.sent()).toContain("2. Has a dog.");
});

test("nobody is linked by a code alone, nor by a confirmation alone", async () => {
  const bot = await open();
  await bot.command("memory", "add Likes tea.", kim);
  await bot.command("link", "", kim);
  const theirs = code(bot);
  await bot.command("link", "confirm", kim);
  expect(bot.last()).toContain("Nobody has entered your code yet");
  await bot.command("link", "yes 0123456789abcdef", kim);
  expect(notice(bot)).toContain("Nobody has entered your code yet");

  // Somebody else got hold of the code.
  await bot.command("link", theirs, mallory);
  expect(bot.last()).toContain("Until then, nothing is linked.");
  await bot.command("link", "confirm", mallory);
  expect(bot.last()).toContain("Nobody has entered your code");
  await bot.say("hi", mallory);
  expect(bot.sent()).not.toContain("tea");
  await bot.command("link", theirs, kimElsewhere);
  expect(notice(bot)).toContain("wrong, used up");
  await bot.command("link", "confirm", kim);
  expect(bot.last()).toContain("Mallory on Fake has entered your code. Is that you?");
  await bot.command("link", "no", kim);
  await bot.command("link", "yes 0123456789abcdef", kim);
  await bot.say("hi", mallory);
  expect(bot.sent()).not.toContain("tea");
});

test("an answer about one account is none about another", async () => {
  const bot = await open();
  await bot.command("link", "", kim);
  await bot.command("link", code(bot), kimElsewhere);
  await bot.command("link", "confirm", kim);
  const yes = behind(bot, "Link");
  await bot.command("link", "", kim);
  await bot.command("link", code(bot), mallory);
  await bot.command("link", yes, kim);
  expect(notice(bot)).toContain("Nobody has entered your code yet");
  expect(await bot.core.store.links.accounts("fake:mal")).toEqual([]);
});

test("a code is for one's own eyes, can't be guessed at will, and is not kept as it is", async () => {
  const bot = await open();
  await bot.command("link", "", { ...kim, thread: "fake:general", place: "channel" });
  expect(notice(bot)).toContain("ask me in a direct message");
  await bot.command("link", "", kim);
  await bot.command("link", code(bot), kim);
  expect(notice(bot)).toContain("or your own");
  for (let n = 0; n < 5; n++) await bot.command("link", "AAA-BBB-CCC", mallory);
  expect(notice(bot)).toContain("wrong, used up");
  await bot.command("link", "AAA-BBB-CCC", mallory);
  expect(notice(bot)).toContain("Too many wrong codes");
});

test("apart again, each has what was learned by it, also what the other's had taken the place of", async () => {
  const bot = await open();
  await bot.command("memory", "add Lives in Seoul.", kim);
  await linkUp(bot);
  await bot.command("memory", "add Lives in Busan.", kimElsewhere);
  await bot.command("memory", "", kim);
  expect(bot.last()).toContain("Lives in Busan.");
  expect(bot.last()).not.toContain("Seoul");
  await bot.command("link", "", kimElsewhere);
  expect(bot.last()).toContain("Linked: Kim on Fake and kim_lee on Fake.");
  await bot.command("privacy", "", kim);
  expect(bot.last()).toContain("Linked: Kim on Fake and kim_lee on Fake.");
  await bot.command("unlink", "", kimElsewhere);
  const facts = async (person: string) => (await bot.core.store.facts.list(person)).map(({ text }) => text);
  expect(await facts("fake:kim")).toEqual(["Lives in Seoul."]);
  expect(await facts("fake:k99")).toEqual(["Lives in Busan."]);
  expect(await bot.core.store.links.accounts("fake:kim")).toEqual([]);
  await bot.command("unlink", "", kim);
  expect(bot.last()).toBe("This account is not linked.");
});

test("to forget one is to leave the other what is its own", async () => {
  const bot = await open();
  await bot.command("memory", "add Likes tea.", kim);
  await linkUp(bot);
  await bot.command("memory", "add Has a dog.", kimElsewhere);
  await bot.command("forget", "me", kim);
  expect(bot.last()).toContain("Your other accounts keep what was learned there");
  await bot.command("forget", "me yes", kim);
  const facts = async (person: string) => (await bot.core.store.facts.list(person)).map(({ text }) => text);
  expect(await facts("fake:kim")).toEqual([]);
  expect(await facts("fake:k99")).toEqual(["Has a dog."]);
});
