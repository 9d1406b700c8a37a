import { describe, expect, test } from "vitest";
import { topics } from "../fixtures/topics.ts";
import { answer, inChannel } from "../support/events.ts";
import { testBot, type TestBotOptions, testPersona } from "../support/test-core.ts";

const { earlier = [], other: [other = ""] = [] } = topics[0] ?? {};
const question = typeof other === "string" ? other : other[0];
const hint = "This looks like a new topic. A fresh start keeps answers to the point and costs less.";

/** Cooking, at length. */
async function cooked(options: TestBotOptions = {}, where = {}) {
  const answers = earlier.map(([, text]) => answer(`${text} `.repeat(12)));
  const scripts = [
    ...answers,
    ...Array.from({ length: 9 }, () => answer("It may be the driver of the fan.")),
  ];
  const bot = await testBot({ scripts, ...options });
  for (const [asked] of earlier) await bot.say(asked, where);
  const shown = () => bot.chat.posts.at(-1)?.answer;
  return { ...bot, shown };
}

describe("a change of topic", () => {
  test("is pointed out once, with a button that starts afresh from it", async () => {
    const { say, handle, shown, sent, last } = await cooked();
    expect(shown()?.notices).toEqual([]);
    await say(question);
    expect(shown()?.notices).toEqual([hint]);
    const button = shown()?.actions.find(({ label }) => label === "Start afresh");
    await say("Would an older version of Windows run quieter on that laptop?");
    expect(shown()?.notices).toEqual([]);
    const kim = { thread: "fake:kim", place: "dm", channelName: "Kim" } as const;
    const press = { ...kim, author: { id: "fake:kim", name: "Kim" }, type: "press", messageId: "0" } as const;
    await handle({ ...press, id: "p1", token: button?.token ?? "" });
    expect(last()).toBe("A fresh start from that question on: I no longer see what was said before it.");
    await say("Is that so?");
    expect(sent()).toContain("laptop's fan");
    expect(sent()).toContain("quieter");
    expect(sent()).not.toContain("spaghetti");
  });

  test.each([
    ["it is switched off", { settings: { topicHints: false } }, {}],
    ["others share the conversation", {}, inChannel("kim")],
    [
      "each message is a piece of work",
      { personas: [testPersona("assistant", { examples: [{ user: "사과", assistant: "apple" }] })] },
      {},
    ],
  ])("is nobody's business where %s", async (_, options, where) => {
    const { say, shown } = await cooked(options, where);
    await say(question, where);
    expect(shown()?.notices).toEqual([]);
  });
});
