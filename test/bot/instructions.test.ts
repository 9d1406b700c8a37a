import { expect, test } from "vitest";
import { answer, inChannel } from "../support/events.ts";
import { type TestBot, testBot, testPersona } from "../support/test-core.ts";

const personas = [
  testPersona("assistant"),
  testPersona("tutor", { name: "Korean tutor", languages: ["ko"] }),
  testPersona("cards", { strict: true }),
];

const open = (): Promise<TestBot> =>
  testBot({ personas, scripts: Array.from({ length: 9 }, () => answer("ok")) });

/** The lines of the first message's part before what was asked. */
const told = ({ model }: TestBot): readonly string[] => {
  const texts = (model.requests.at(-1)?.messages ?? []).flatMap(({ parts }) =>
    parts.flatMap((part) => (part.type === "text" ? part.text.split("\n") : [])),
  );
  return texts.filter((line) => line.startsWith("- ") || line.startsWith("The form"));
};

test("a person's instructions stand before what they say, and nobody else's do", async () => {
  const bot = await open();
  await bot.command("instructions", "add be brief");
  expect(bot.last()).toBe("Number 1: be brief");
  await bot.say("hi");
  expect(bot.sent()).toContain("[How this person wants to be answered]\\n- be brief");
  await bot.say("hi", inChannel("mina"));
  expect(told(bot)).toEqual([]);
  await bot.say("hi", inChannel("kim"));
  expect(bot.sent()).toContain("[How kim wants to be answered]\\n- be brief");
});

test("they are shown, changed, switched off and on, and removed by number", async () => {
  const bot = await open();
  await bot.command("instructions");
  expect(bot.last()).toContain("You have told me nothing about how to talk to you.");
  await bot.command("instructions", "add be brief");
  await bot.command("instructions", "add call me Captain");
  await bot.command("instructions", "off 1");
  await bot.command("instructions", "edit 2 call me Skipper");
  await bot.command("instructions");
  expect(bot.last()).toContain("- `1` be brief *(off)*\n- `2` call me Skipper\n");
  await bot.say("hi");
  expect(told(bot)).toEqual(["- call me Skipper"]);
  await bot.command("instructions", "on 1");
  await bot.command("instructions", "remove 2");
  expect(bot.last()).toBe("Removed: call me Skipper");
  await bot.say("hi");
  expect(told(bot)).toEqual(["- be brief"]);
  await bot.command("instructions", "remove 9");
  expect(bot.chat.posts.at(-1)?.answer.notices).toEqual([
    "There is no number “9”. `/instructions` shows the numbers.",
  ]);
});

test("what was written in private is not shown where others read along", async () => {
  const bot = await open();
  const inRoom = inChannel("kim");
  const inPrivate = { ...inRoom, thread: "fake:kim", place: "dm" } as const;
  for (const rule of ["I have dyslexia9: short sentences", "call me Captain9"])
    await bot.command("instructions", `add ${rule}`, inPrivate);
  await bot.command("instructions", "", inRoom);
  expect(bot.last()).toBe(
    "You have told me 2 things about how to talk to you. Others read along here: ask me for them in a direct message.",
  );
  for (const [change, said] of [
    ["off 1", "Off: 1"],
    ["on 1", "On: 1"],
    ["remove 2", "Removed: 2"],
  ] as const) {
    await bot.command("instructions", change, inRoom);
    expect(bot.last()).toBe(said);
  }
  await bot.command("instructions", "", inPrivate);
  expect(bot.last()).toContain("- `1` I have dyslexia9: short sentences\n");
});

test("a scope decides where one holds: places, languages and personas here, all else by the model", async () => {
  const bot = await open();
  for (const rule of [
    "in channels: be brief",
    "in DMs: take your time",
    "when Korean is involved: 해요체",
    "with Korean tutor: ask me harder questions",
    "when I sound tired: be gentle",
    "Note: no emoji",
  ])
    await bot.command("instructions", `add ${rule}`);
  await bot.say("hi");
  expect(told(bot)).toEqual(["- take your time", "- when I sound tired: be gentle", "- Note: no emoji"]);
  await bot.say("안녕?");
  expect(told(bot)).toContain("- 해요체");
  await bot.say("hi", inChannel("kim"));
  expect(told(bot)).toEqual(["- be brief", "- when I sound tired: be gentle", "- Note: no emoji"]);
  await bot.say("tutor: hi");
  expect(told(bot)).toEqual([
    "- take your time",
    "- 해요체",
    "- ask me harder questions",
    "- when I sound tired: be gentle",
    "- Note: no emoji",
  ]);
});

test.each([
  ["채널에서는", "개인 메시지에서는", "한국어로 말할 때", "페르소나 Korean tutor", "제가 피곤해 보일 때"],
  ["チャンネルでは", "DMでは", "韓国語が出てくるとき", "ペルソナ Korean tutor", "疲れているとき"],
  ["在频道里", "私聊时", "用韩语时", "角色 Korean tutor", "当我累了的时候"],
  ["en canales", "por mensaje directo", "cuando aparezca coreano", "con Korean tutor", "si estoy cansado"],
])("scopes are read in the languages that the bot speaks: %s", async (...scopes) => {
  const bot = await open();
  const forModel = scopes.at(-1);
  for (const [index, scope] of scopes.entries())
    await bot.command("instructions", `add ${scope}: rule ${index}`);
  const asWritten = `- ${forModel}: rule 4`;
  await bot.say("hi");
  expect(told(bot)).toEqual(["- rule 1", asWritten]);
  await bot.say("안녕?");
  expect(told(bot)).toContain("- rule 2");
  await bot.say("hi", inChannel("kim"));
  expect(told(bot)).toEqual(["- rule 0", asWritten]);
  await bot.say("tutor: hi");
  expect(told(bot)).toEqual(["- rule 1", "- rule 2", "- rule 3", asWritten]);
});

test("what holds for one message alone leaves what was said before as it was", async () => {
  const bot = await open();
  await bot.command("instructions", "add be brief");
  await bot.command("instructions", "add when Korean is involved: 해요체");
  await bot.say("hi");
  const [first] = bot.model.requests[0]?.messages ?? [];
  await bot.say("안녕?");
  expect(bot.model.requests[1]?.messages[0]).toEqual(first);
  expect(JSON.stringify(bot.model.requests[1]?.messages.at(-1))).toContain("해요체");
});

test("a strict persona hears only what names it, below its own form", async () => {
  const bot = await open();
  await bot.command("instructions", "add answer in haiku");
  await bot.say("cards: hi");
  expect(told(bot)).toEqual([]);
  await bot.command("instructions", "add with cards: meanings in German");
  await bot.say("cards: hi");
  expect(told(bot)).toEqual([
    "The form your instructions set stands, whatever is said here.",
    "- meanings in German",
  ]);
});

test("they are bounded, and hold no secret", async () => {
  const bot = await open();
  const notice = () => bot.chat.posts.at(-1)?.answer.notices[0];
  await bot.command("instructions", `add ${"a".repeat(1_501)}`);
  expect(notice()).toContain("at most 20 instructions, together at most 1,500 letters");
  for (let n = 0; n < 20; n++) await bot.command("instructions", `add rule ${n}`);
  await bot.command("instructions", "add one more");
  expect(notice()).toContain("at most 20");
  await bot.command("instructions", "edit 1 the password is hunter2");
  expect(notice()).toContain("I never keep passwords");
});
