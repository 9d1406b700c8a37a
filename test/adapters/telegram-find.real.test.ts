import { afterEach, describe, expect, it } from "vitest";
import { createTelegramAdapter } from "../../adapters/telegram/index.ts";
import { RateLimited } from "../../src/errors.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import {
  about,
  answerOf,
  closeAll,
  first,
  keep,
  next,
  openStage,
  optionsFor,
} from "../support/telegram/stage.ts";

afterEach(closeAll);

const buttons = { actions: [{ token: "stop", label: "Stop" }] };

describe("a message whose receipt was lost", () => {
  it("is found in a group between other people's messages and the known ones", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "why?", place: "channel", mention: true });
    const { thread, id: cause } = await next(stage);
    await telegram.say({ text: "and I?", place: "channel", as: "Lee" });
    const known = await adapter.post(thread, first(stage, "known", buttons), about(cause, question));
    const options = about(cause, question);
    const lost = await adapter.post(thread, first(stage, "lost", buttons), options);
    await telegram.say({ text: "later", place: "channel" });
    expect(await adapter.find?.(thread, { ...options, known: [known] })).toBe(lost);
    const seen = telegram.seen("channel");
    expect(seen.find(({ id }) => id === known)?.buttons).toEqual(["Stop"]);
    expect(seen.find(({ id }) => id === lost)).toMatchObject({ text: "lost", buttons: [] });
    expect(await adapter.find?.(thread, { ...options, known: [known, lost] })).toBeUndefined();
  });

  it("is not mistaken for an answer in another topic", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "why?", place: "thread", mention: true });
    const { thread, id: cause } = await next(stage);
    await adapter.post(`telegram:${telegram.world.group.id}`, first(stage, "elsewhere"), about(cause));
    const options = about(cause, question);
    expect(await adapter.find?.(thread, { ...options, known: [] })).toBeUndefined();
    const lost = await adapter.post(thread, first(stage, "lost"), options);
    expect(await adapter.find?.(thread, { ...options, known: [] })).toBe(lost);
  });

  it("is found in a private chat, where a later part follows the known ones", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "tell me all" });
    const { thread, id: cause } = await next(stage);
    await telegram.say({ text: "elsewhere", as: "Lee" });
    const options = about(cause, question);
    const one = await adapter.post(thread, first(stage, "part one"), options);
    expect(await adapter.find?.(thread, { ...options, known: [] })).toBe(one);
    const further = about(cause);
    expect(await adapter.find?.(thread, { ...further, known: [one] })).toBeUndefined();
    const two = await adapter.post(thread, first(stage, "part two"), further);
    expect(await adapter.find?.(thread, { ...further, known: [one] })).toBe(two);
    expect(await adapter.find?.(thread, { ...further, known: [] })).toBeUndefined();
  });

  it("was not posted when only people wrote, and in a group the search ends soon", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "why?", place: "channel", mention: true });
    const { thread, id: cause } = await next(stage);
    await telegram.say({ text: "hm", place: "channel" });
    expect(await adapter.find?.(thread, { ...about(cause, question), known: [] })).toBeUndefined();
    const probes = telegram.calls.filter(({ method }) => method === "editMessageReplyMarkup");
    expect(probes).toHaveLength(6);
  });

  it("is found when an earlier search broke off, and not where that one had left its button", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "why?", place: "channel", mention: true });
    const { thread, id: cause } = await next(stage);
    const options = about(cause, question);
    const mark = { actions: [{ token: options.key, label: "…" }] };
    await adapter.post(
      `${thread}:${telegram.world.topicRoot.message_id}`,
      first(stage, "in the topic", mark),
      about(cause),
    );
    expect(await adapter.find?.(thread, { ...options, known: [] })).toBeUndefined();
    const lost = await adapter.post(thread, first(stage, "lost", mark), options);
    expect(await adapter.find?.(thread, { ...options, known: [] })).toBe(lost);
    const left = [...telegram.seen("channel"), ...telegram.seen("thread")].flatMap(({ buttons }) => buttons);
    expect(left).toEqual([]);
  });

  it("is looked for later when Telegram asks to wait", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "why?" });
    const { thread, id: cause } = await next(stage);
    const options = about(cause, question);
    await adapter.post(thread, first(stage, "lost"), options);
    telegram.faults.limit(1, 2000);
    await expect(adapter.find?.(thread, { ...options, known: [] })).rejects.toThrow(RateLimited);
  });
});

describe("an adapter that does not listen", () => {
  it("posts, edits, uploads, downloads and finds before a start and after a stop", async () => {
    const telegram = keep(await startTelegramEmulator());
    const adapter = createTelegramAdapter(optionsFor(telegram));
    await adapter.prepare?.();
    const data = Buffer.from("abc");
    const thread = `telegram:${telegram.world.person("Kim").id}`;
    const attachment = { name: "a", mimeType: "text/plain", ref: telegram.world.keep({ name: "a", data }) };
    for (const text of ["before", "after"]) {
      const [message] = adapter.render(answerOf(text));
      const [changed] = adapter.render(answerOf(`${text} all`));
      const options = about("1", await telegram.say({ text: "hi" }));
      const id = await adapter.post(thread, message as never, options);
      await adapter.edit(thread, id, changed as never);
      expect(await adapter.find?.(thread, { ...options, known: [] })).toBe(id);
      await adapter.upload?.(thread, { ...attachment, data }, about("1"));
      expect(Buffer.from(await adapter.download(attachment, AbortSignal.timeout(5000)))).toEqual(data);
      await adapter.start(async () => {});
      await adapter.stop();
    }
    const posts = telegram.seen().filter(({ fromBot }) => fromBot);
    expect(posts.map(({ text }) => text)).toEqual(["before all", "", "after all", ""]);
  });
});

describe("who may change what holds for everyone", () => {
  it("is the person in a private chat, and in a group its administrators, also hidden ones", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "mine" });
    const mine = await next(stage);
    await telegram.say({ text: "ours", place: "channel", mention: true, as: "Lee" });
    const lees = await next(stage, 2);
    await telegram.say({ text: "ours", place: "thread", mention: true, as: "Admin" });
    const admins = await next(stage, 3);
    const hidden = { ...lees, author: { id: `telegram:as${telegram.world.group.id}`, name: "Korean" } };
    const rights = [];
    for (const inbound of [mine, lees, admins, lees, hidden]) rights.push(await adapter.manages?.(inbound));
    expect(rights).toEqual([true, false, true, false, true]);
    expect(telegram.calls.filter(({ method }) => method === "getChatAdministrators")).toHaveLength(1);
    expect([mine.server, lees.server]).toEqual([undefined, `telegram:${telegram.world.group.id}`]);
  });
});
