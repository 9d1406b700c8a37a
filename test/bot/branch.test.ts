import { describe, expect, test } from "vitest";
import type { InboundMessage } from "../../src/chat.ts";
import { openConversation } from "../../src/conversation/conversation.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { answer, edited, inChannel } from "../support/events.ts";
import { testBot, type TestBot, type TestBotOptions, testPersona } from "../support/test-core.ts";

/** Questions `q1` to `qN`, answered by `a1` to `aN` in the posts `0` to `N-1`; further answers are `b1`, `b2`, … */
async function talked(exchanges: number, options: TestBotOptions = {}, where: Partial<InboundMessage> = {}) {
  const scripts = [
    ...Array.from({ length: exchanges }, (_, n) => answer(`a${n + 1}`)),
    ...Array.from({ length: 6 }, (_, n) => answer(`b${n + 1}`)),
  ];
  const bot = await testBot({ scripts, ...options });
  for (let n = 1; n <= exchanges; n++) await bot.say(`q${n}`, { messageId: `m${n}`, ...where });
  return {
    ...bot,
    /** Which of the questions and answers the model saw last. */
    seen: () => seenBy(bot),
    notices: () => bot.chat.posts.at(-1)?.answer.notices,
    buttons: () => bot.chat.posts.at(-1)?.answer.actions.map(({ label }) => label),
    /** Presses the button under the last answer. */
    press: async (label: string) => {
      const token = bot.chat.posts.at(-1)?.answer.actions.find((each) => each.label === label)?.token ?? "";
      const kim = { thread: "fake:kim", place: "dm", channelName: "Kim" } as const;
      const author = { id: "fake:kim", name: "Kim" };
      const id = `press-${token}-${bot.chat.posts.length}`;
      await bot.handle({ ...kim, author, id, type: "press", token, messageId: "0" });
    },
  };
}

function seenBy({ model }: TestBot): string {
  const messages = model.requests.at(-1)?.messages ?? [];
  const texts = messages.flatMap((message) =>
    message.role === "tool" ? [] : message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])),
  );
  return texts.join(" ");
}

const replyTo = (post: number, text = `a${post + 1}`) => ({
  quoted: { author: "Parlance", text, attachments: [], messageId: String(post) },
});

describe("a reply to an older answer, in a direct message", () => {
  test("goes on from there, and says so once, with a way back", async () => {
    const { say, seen, notices, buttons, press, last } = await talked(4);
    await say("other", replyTo(1));
    expect(seen()).toBe("q1 a1 q2 a2 other");
    expect(notices()).toEqual(["I go on from there: the 2 exchanges after it are out of view."]);
    expect(buttons()).toContain("Back");
    await press("Back");
    expect(last()).toBe("The 2 exchanges that were out of view are back.");
    await say("all?");
    expect(seen()).toBe("q1 a1 q2 a2 q3 a3 q4 a4 other b1 all?");
    expect(notices()).toEqual([]);
  });

  test("stays there, also when the last answer is replied to, and for an answer that was left", async () => {
    const { say, seen, notices } = await talked(3);
    await say("other", replyTo(0));
    await say("more", replyTo(3, "b1"));
    expect(seen()).toBe("q1 a1 other b1 more");
    expect(notices()).toEqual([]);
    await say("back again", replyTo(2));
    expect(seen()).toBe("q1 a1 q2 a2 q3 a3 back again");
    expect(notices()).toEqual(["I go on from there: the 2 exchanges after it are out of view."]);
  });

  test("to the last answer changes nothing, and is no quote of what is known", async () => {
    const { say, seen, notices } = await talked(2);
    await say("more", replyTo(1));
    expect(seen()).toBe("q1 a1 q2 a2 more");
    expect(notices()).toEqual([]);
  });

  test("quotes the words that were chosen of it", async () => {
    const { say, sent } = await talked(2);
    const { quoted } = replyTo(1, "some words");
    await say("why these?", { quoted: { ...quoted, isPart: true } });
    expect(sent()).toContain("some words");
  });

  test("from before a fresh start is quoted, and brings nothing else back", async () => {
    const { say, command, seen, notices } = await talked(3);
    await command("new");
    await say("that one", replyTo(1));
    expect(seen()).toContain("a2");
    expect(seen()).not.toContain("q2");
    expect(seen()).not.toContain("a1");
    expect(notices()).toEqual([]);
  });

  test("is forgotten by a fresh start, and lasts beyond a full context", async () => {
    const { say, command, seen, core } = await talked(3);
    await say("other", replyTo(0));
    await command("new");
    await say("afresh");
    expect(seen()).toBe("afresh");
    const binding = await core.store.documents<object>("binding").get("fake:kim");
    expect(binding).not.toHaveProperty("skips");
  });

  test("brings back whole what had left for want of room, or into a summary", async () => {
    const { say, seen, core } = await talked(4);
    const key = "fake:kim" as ConversationKey;
    const [, second] = await core.store.turns.list(key);
    const trimmed = { trimmed: second?.id, toldTrimmed: true };
    await core.store.documents<object>("binding").set(key, trimmed);
    await say("other", replyTo(1));
    expect(seen()).toBe("q1 a1 q2 a2 other");

    const summed = await talked(4);
    const conversation = await openConversation(summed.core.store, key);
    const turns = (await conversation.allTurns()).slice(0, 2);
    await conversation.compact({ text: "SUMMARY", person: "fake:kim" }, turns);
    await summed.say("more");
    expect(summed.seen()).toMatch(/SUMMARY[^]*q3 a3 q4 a4 more/u);
    await summed.say("other", replyTo(2));
    expect(summed.seen()).toMatch(/SUMMARY[^]*q3 a3 other/u);
    await summed.say("before", replyTo(0));
    expect(summed.seen()).toBe("q1 a1 before");
  });

  test("a question that is changed after it sees what it saw", async () => {
    const { say, handle, seen } = await talked(3);
    await say("other", { ...replyTo(0), messageId: "m4" });
    await say("more", { messageId: "m5" });
    await handle(edited("m3", "changed q3"));
    expect(seen()).toBe("q1 a1 q2 a2 changed q3");
    await handle(edited("m5", "changed more"));
    expect(seen()).toBe("q1 a1 other b1 changed more");
  });

  test("with a persona that never looks back is a question about that answer", async () => {
    const { say, sent, notices } = await talked(3, {
      personas: [testPersona("assistant", { context: 0 })],
    });
    await say("why?", replyTo(0));
    expect(sent()).toContain("Message by Parlance that this is about");
    expect(notices()).toEqual([]);
  });
});

describe("a reply to an older answer, where several share the conversation", () => {
  test("sees the context as it was then, for this answer alone", async () => {
    const { say, seen, notices } = await talked(3, {}, inChannel("mina"));
    await say("then?", { ...inChannel("kim"), ...replyTo(0) });
    expect(seen()).toBe("mina: q1 a1 kim: then?");
    expect(notices()).toEqual([
      "For this answer I went back there: the 2 exchanges after it were left aside.",
    ]);
    await say("and now?", inChannel("mina"));
    expect(seen()).toBe("mina: q1 a1 mina: q2 a2 mina: q3 a3 kim: then? b1 mina: and now?");
  });

  test("goes on from there for good where each person has their own", async () => {
    const scoped = { settings: { channels: { fake: { scope: "user" as const } } } };
    const { say, seen, notices } = await talked(3, scoped, inChannel("kim"));
    await say("then?", { ...inChannel("kim"), ...replyTo(0) });
    await say("more", inChannel("kim"));
    expect(seen()).toBe("kim: q1 a1 kim: then? b1 kim: more");
    expect(notices()).toEqual([]);
  });
});

describe("/branch", () => {
  test("lists the last exchanges, and goes back to one by number or button", async () => {
    const { command, say, seen, last, buttons, press } = await talked(4);
    await command("branch");
    expect(last()).toBe(
      [
        "Where shall I go on from?",
        "",
        "1. q3",
        "2. q2",
        "3. q1",
        "",
        "`/branch 1` or a reply with `/branch` to one of my answers goes on from there.",
      ].join("\n"),
    );
    expect(buttons()).toEqual(["1", "2", "3"]);
    await press("2");
    expect(last()).toBe("I go on from “q2”. The 2 exchanges after it are out of view.");
    await command("branch", "1");
    expect(last()).toBe("I go on from “q1”. The exchange after it is out of view.");
    await say("other");
    expect(seen()).toBe("q1 a1 other");
    await command("branch", "back");
    await command("branch", "back");
    expect(last()).toBe("The 2 exchanges that were out of view are back.");
    await say("all?");
    expect(seen()).toBe("q1 a1 q2 a2 q3 a3 q4 a4 other b1 all?");
    await command("branch", "back");
    expect(last()).toBe("Nothing is out of view here.");
  });

  test("as a reply to an answer goes on from that one", async () => {
    const { say, seen, last } = await talked(3);
    await say("/branch", replyTo(0));
    expect(last()).toBe("I go on from “q1”. The 2 exchanges after it are out of view.");
    await say("other");
    expect(seen()).toBe("q1 a1 other");
  });

  test("says what can't be", async () => {
    const { command, notices, last } = await talked(1);
    await command("branch");
    expect(last()).toBe("There is nothing to go back to yet: it takes two exchanges.");
    await command("branch", "0", replyTo(7));
    expect(notices()).toEqual([
      "I no longer have that answer in view. Reply to a newer one, or ask again with what matters of it.",
    ]);
    const { command: other, notices: otherNotices } = await talked(3);
    await other("branch", "3");
    expect(otherNotices()).toEqual([
      "I can go back 2 exchanges at most here. `/branch` lists the last ones.",
    ]);
  });

  test("in a shared channel is for those who manage it", async () => {
    const { command, notices, say, seen } = await talked(3, {}, inChannel("mina"));
    await command("branch", "1", inChannel("kim"));
    expect(notices()?.[0]).toContain("That would hold for everyone here");
    await say("still all?", inChannel("kim"));
    expect(seen()).toContain("a3");
  });
});

describe("/undo", () => {
  test("takes back the exchange that is seen as the last, one after the other", async () => {
    const { command, say, seen, last, buttons, press } = await talked(4);
    await command("branch", "2");
    await command("undo");
    expect(last()).toBe("Taken back: “q2” and its answer.");
    await say("other");
    expect(seen()).toBe("q1 a1 other");
    await command("undo");
    expect(buttons()).toEqual(["One more"]);
    await press("One more");
    expect(last()).toBe("Taken back: “q1” and its answer.");
    expect(buttons()).toEqual([]);
    await command("branch", "back");
    await say("rest?");
    expect(seen()).toBe("q3 a3 q4 a4 rest?");
  });

  test.each([
    ["channel", {}],
    ["thread", { thread: "fake:general:t1", place: "thread" }],
  ] as const)("leaves what another person asked in a shared %s", async (_, place) => {
    const { command, notices, last } = await talked(1, {}, { ...inChannel("mina"), ...place });
    await command("undo", "", { ...inChannel("kim"), ...place });
    expect(notices()).toEqual([
      "The last question was another person's: only they, or who manages this channel, can take it back.",
    ]);
    await command("undo", "", { ...inChannel("mina"), ...place });
    expect(last()).toBe("Taken back: “mina: q1” and its answer.");
  });
});

describe("/again", () => {
  const personas = [testPersona("assistant"), testPersona("tutor")];

  test("answers the last question anew, in place of its answer", async () => {
    const { command, say, seen, last, core } = await talked(2, { personas });
    await command("again");
    expect(last()).toBe("b1");
    expect(seen()).toBe("q1 a1 q2");
    await say("more");
    expect(seen()).toBe("q1 a1 q2 b1 more");
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(3);
  });

  test("has another model or persona answer", async () => {
    const { command, model, notices, last } = await talked(1, { personas });
    await command("again", "other/model");
    expect(last()).toBe("b1");
    await command("again", "tutor");
    expect(model.requests.at(-1)?.instructions).toContain("You are tutor.");
    await command("again", "nobody");
    expect(notices()).toEqual([
      "I know no model or persona “nobody”. There are: smart, assistant, tutor; any `provider/model` works, too.",
    ]);
  });

  test("is about one's own question where several write, and /undo takes all of it back", async () => {
    const { command, say, seen, last, notices } = await talked(1, { personas }, inChannel("mina"));
    await say("mine", inChannel("kim"));
    await command("again", "", inChannel("mina"));
    expect(seen()).toBe("mina: q1");
    await command("again", "", inChannel("bo"));
    expect(notices()).toEqual(["There is no question of yours here that I could answer again."]);
    await command("undo", "", inChannel("kim"));
    await command("undo", "", inChannel("mina"));
    expect(last()).toBe("Taken back: “mina: q1” and its answer.");
    await say("left?", inChannel("kim"));
    expect(seen()).toBe("kim: left?");
  });
});

describe("/new keep", () => {
  test("starts afresh from the last question on", async () => {
    const { command, say, seen, last } = await talked(3);
    await command("new", "keep");
    expect(last()).toBe("A fresh start from that question on: I no longer see what was said before it.");
    await say("more");
    expect(seen()).toBe("q3 a3 more");
  });
});
