import { describe, expect, it } from "vitest";
import { testBot } from "../support/test-core.ts";

const boss = { author: { id: "fake:boss", name: "Boss" } };
const told = { place: "fake:club", name: "#korean", event: "e1", code: "ABC-234" };

async function botWithOwner() {
  const bot = await testBot({ access: { owners: ["fake:boss"] } });
  await bot.core.store.grants.request(told, Date.now());
  const notices = () => bot.chat.posts.at(-1)?.answer.notices.join(" ");
  return { ...bot, notices };
}

describe("/allow", () => {
  it("lets in what was told the code", async () => {
    const { command, core, last } = await botWithOwner();
    await command("allow", "abc-234", boss);
    expect(last()).toBe("Allowed: #korean (fake:club).");
    expect(await core.store.grants.has("fake:club", "allowed")).toBe(true);
  });

  it("is for those who run the bot alone, whatever the code", async () => {
    const { command, core, notices } = await botWithOwner();
    await command("allow", "ABC-234");
    expect(notices()).toBe("Only those who run me can do that.");
    expect(await core.store.grants.has("fake:club", "allowed")).toBe(false);
  });

  it("says so when it does not know the code", async () => {
    const { command, notices } = await botWithOwner();
    await command("allow", "XYZ-999", boss);
    expect(notices()).toContain("I don't know the code “XYZ-999”");
  });
});

describe("/own", () => {
  it("makes an owner of who sends the code, once", async () => {
    const { command, core, last, notices } = await botWithOwner();
    const code = await core.access.offerOwnership();
    await command("own", code);
    expect(last()).toBe("You own me now: /allow lets others in.");
    await command("allow", "ABC-234");
    expect(last()).toContain("Allowed");
    await command("own", code, { author: { id: "fake:lee", name: "Lee" } });
    expect(notices()).toContain("That code is wrong, used up or older than an hour.");
  });

  it("can't be guessed at for long", async () => {
    const { command, notices } = await botWithOwner();
    for (let n = 0; n < 6; n++) await command("own", `guess-${n}`);
    expect(notices()).toBe("Too many wrong codes. Please try again in an hour.");
  });
});

describe("/help", () => {
  it("shows /allow to those who run the bot, and /own to nobody", async () => {
    const { command, last } = await botWithOwner();
    await command("help");
    expect(last()).not.toMatch(/\/allow|\/own/u);
    await command("help", "", boss);
    expect(last()).toContain("/allow");
    expect(last()).not.toContain("/own");
  });
});
