import { describe, expect, test } from "vitest";
import { answer, attachment, edited, inChannel, inThread } from "../support/events.ts";
import { testBot, testPersona } from "../support/test-core.ts";

const personas = [testPersona("assistant"), testPersona("tutor")];

describe("a message that is a command", () => {
  test("is carried out, and a slip is named", async () => {
    const { say, last, chat, model } = await testBot({ personas });
    await say("/persona tutor");
    expect(last()).toBe("tutor answers here now.");
    await say("/persnoa");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "There is no /persnoa. Did you mean /persona? /help lists what I can do.",
    ]);
    expect(model.requests).toEqual([]);
  });

  test("is a question where it only looks like one", async () => {
    const { say, sent } = await testBot({ scripts: [answer("A file.")] });
    await say("/etc/hosts is what?");
    expect(sent()).toContain("/etc/hosts is what?");
  });

  test("asks with /ask, also where that is no command of the platform", async () => {
    const { say, sent } = await testBot({ scripts: [answer("Blue.")] });
    await say("/ask why is the sky blue?");
    expect(sent()).toContain('"why is the sky blue?"');
  });

  test("says that it takes no files", async () => {
    const { say, chat } = await testBot();
    await say("/help new", { attachments: [attachment("notes.md", Buffer.from("# Notes"))] });
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "I left out what came with it: `/help` takes no files.",
    ]);
  });

  test("is not made of an answered question that is changed", async () => {
    const { say, handle, chat, core } = await testBot({ personas, scripts: [answer("Hi.")] });
    await say("hello", { messageId: "m1" });
    await handle(edited("m1", "/persona tutor"));
    expect(chat.posts.map(({ answer: shown }) => shown.text)).toEqual(["Hi."]);
    expect(await core.store.documents("binding").get("fake:kim")).toBeUndefined();
  });

  test("in a thread is for the bot where it takes part, and for nobody in others", async () => {
    const { say, chat, last } = await testBot({ personas, scripts: [answer("Hi.")] });
    await say("/persona tutor", { ...inThread, address: "follow-up" });
    expect(chat.posts).toEqual([]);
    await say("hello", inThread);
    await say("/persona tutor", { ...inThread, address: "follow-up" });
    expect(last()).toBe("tutor answers here now.");
  });
});

describe("/help", () => {
  const boss = { author: { id: "fake:boss", name: "Boss" } };

  test("says what this person may do here", async () => {
    const { command, last } = await testBot({ access: { owners: ["fake:boss"] } });
    const offered = async (where: object): Promise<string> => {
      await command("help", "", where);
      return [...last().matchAll(/^- `\/(\w+)`/gmu)].map(([, name]) => name).join(" ");
    };
    expect(await offered({})).toBe(
      "new undo branch compact context files read again stop search sources persona model think council usage memory instructions link unlink privacy export forget",
    );
    expect(await offered(inChannel("kim"))).toBe(
      "new undo context files read again stop search sources council memory instructions privacy forget",
    );
    expect(await offered(inThread)).toBe(
      "new undo branch compact context files read scope again stop search sources persona model think council memory instructions privacy forget",
    );
    expect(await offered({ ...inChannel("boss") })).toContain("scope");
    expect(await offered(boss)).toContain("allow");
  });

  test("says more about one", async () => {
    const { command, last, chat } = await testBot();
    await command("help", "/branch");
    expect(last()).toBe(
      "`/branch [number | back]`: go on from an earlier answer; what came after it leaves my view\n\nA reply with `/branch` to one of my answers goes on from that one; `back` brings back what was left.\n\nFor example: `/branch 2`",
    );
    await command("help", "brnch");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "There is no /brnch. Did you mean /branch? /help lists what I can do.",
    ]);
  });
});
