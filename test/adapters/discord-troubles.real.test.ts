import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { DiscordOptions } from "../../adapters/discord/index.ts";
import type { Inbound, InboundMessage } from "../../src/chat.ts";
import { RateLimited, UserError } from "../../src/errors.ts";
import type { DiscordEmulatorOptions } from "../support/discord/index.ts";
import {
  closeScenes,
  message,
  none,
  openScene as open,
  plainId,
  prepareScene,
  to,
} from "../support/discord/scene.ts";
import { until } from "../support/until.ts";

afterEach(closeScenes);

describe("Discord's troubles", () => {
  test("a post whose answer is lost on the way stands once", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi" });
    const { thread } = await inbound("message");
    discord.rest.dropNextAnswer();
    const id = await adapter.post(thread, message("Hello."), none());
    expect(discord.seen().filter(({ fromBot }) => fromBot)).toMatchObject([
      { id: plainId(id), text: "Hello." },
    ]);
  });

  test("asking to wait is handed on, not waited for", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi" });
    const { thread } = await inbound("message");
    discord.faults.limit(1, 1_500);
    const refused: unknown = await adapter
      .post(thread, message("Hello."), none())
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimited);
    expect((refused as RateLimited).retryAfterMs).toBeGreaterThanOrEqual(1_500);
    expect((refused as RateLimited).retryAfterMs).toBeLessThan(2_000);
  });

  test("a full bucket is noticed before Discord has to say no", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi" });
    const { thread } = await inbound("message");
    const id = await adapter.post(thread, message("0"), none());
    const edits = await Promise.allSettled(
      Array.from({ length: 7 }, (_, index) => adapter.edit(thread, id, message(`${index + 1}`))),
    );
    expect(edits.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    for (const edit of edits.slice(5))
      expect(edit).toMatchObject({ reason: expect.any(RateLimited) as unknown });
    expect(discord.complaints).toEqual([]);
  });

  test("a click that is replayed has the same id, and leaves the first one's answer alone", async () => {
    const { discord, adapter, inbounds } = await open();
    discord.faults.repeatNext();
    await discord.command("new", "");
    const [first, second] = await until(
      "both are heard",
      () => inbounds.length === 2 && (inbounds as [Inbound, Inbound]),
    );
    expect(first).toEqual(second);
    await adapter.post(first.thread, message("Afresh."), to(first));
    adapter.settled?.(first);
    adapter.settled?.(second);
    await sleep(50);
    expect(discord.seen()).toMatchObject([{ text: "Afresh." }]);
    expect(discord.complaints).toEqual([]);
  });

  test("a call that is repeated later does not post twice", async () => {
    const { discord, adapter } = await open();
    const thread = `discord:${discord.world.channel.id}`;
    const once = none();
    const id = await adapter.post(thread, message("Hello."), once);
    expect(await adapter.post(thread, message("Hello."), { ...once })).toBe(id);
    await adapter.post(thread, message("Hello."), none());
    expect(discord.seen("channel")).toHaveLength(2);
  });

  test("what can't be stored is kept and handed over again, in order", async () => {
    let refusals = 3;
    const stored: string[] = [];
    const { discord, log } = await open(
      {},
      {
        async receive(inbound) {
          if (refusals-- > 0) throw new Error("the database is away");
          if (inbound.type === "message") stored.push(inbound.text);
        },
      },
    );
    for (const text of ["one", "two", "three"]) await discord.say({ text });
    await until("all are stored", () => stored.length === 3);
    expect(stored).toEqual(["one", "two", "three"]);
    expect(log.filter((line) => line.includes("can't be stored now"))).toHaveLength(1);
  });

  test("after a stop nothing new is received, and what could not be stored is still tried", async () => {
    const { discord, adapter, inbounds } = await open(
      {},
      { receive: () => Promise.reject(new Error("the database is away")) },
    );
    await discord.say({ text: "one" });
    await until("it is heard", () => inbounds.length > 0);
    await adapter.stop();
    await discord.say({ text: "two" });
    const tried = inbounds.length;
    await until("it is heard again", () => inbounds.length > tried);
    expect(inbounds.map((inbound) => inbound.type === "message" && inbound.text)).not.toContain("two");
  });

  test("when Discord asks to reconnect, nothing is lost, nor said", async () => {
    const { discord, inbound, log } = await open();
    discord.gateway.askToReconnect();
    await sleep(20);
    await discord.say({ text: "in between" });
    expect((await inbound("message")).text).toBe("in between");
    await discord.say({ text: "afterwards" });
    expect((await inbound("message", 1)).text).toBe("afterwards");
    expect(log.filter((line) => line.includes("connect"))).toEqual(["connected to Discord"]);
  });

  test("what is said while the network is away arrives once it is back, and both are logged once", async () => {
    const { discord, inbound, log } = await open();
    discord.faults.downFor(2_500);
    await sleep(200);
    await discord.say({ text: "is anyone there?" });
    expect((await inbound("message")).text).toBe("is anyone there?");
    const told = (line: string) => log.filter((each) => each === line);
    expect(told("Discord: the connection is lost. I keep trying.")).toHaveLength(1);
    expect(told("Discord is connected again")).toHaveLength(1);
  });

  test("a session that Discord has forgotten is begun anew", async () => {
    const { discord, inbound } = await open();
    discord.gateway.cut();
    discord.gateway.forget();
    await until("there is a session", () => discord.gateway.sessions() === 1);
    await discord.say({ text: "hello again" });
    expect((await inbound("message")).text).toBe("hello again");
  });

  test("a token revoked while it runs is said clearly", async () => {
    const { discord, log } = await open();
    discord.gateway.close(4004);
    await until("it is logged", () => log.some((line) => line.includes("refuses the bot's token")));
  });
});

describe("a start that fails says what to do", () => {
  async function failure(
    emulator: DiscordEmulatorOptions,
    options: Partial<DiscordOptions>,
  ): Promise<unknown> {
    const { adapter } = await prepareScene(emulator, options);
    return adapter.start(async () => {}).catch((error: unknown) => error);
  }

  test.each([
    ["a wrong token", {}, { token: "wrong" }, /refuses the bot's token.*Reset Token/u],
    ["a refused intent", { refusesIntents: true }, {}, /refuses an intent.*Message Content Intent/u],
    [
      "no network",
      {},
      { apiUrl: "http://127.0.0.1:2/api" },
      /can't be reached at http:\/\/127.0.0.1:2\/api \(ECONNREFUSED\)/u,
    ],
  ])("%s", async (_, emulator, options, sentence) => {
    const error = await failure(emulator, options);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(sentence);
  });

  test("and may be tried again", async () => {
    const { adapter, discord } = await prepareScene({}, {});
    discord.faults.downFor(300);
    await expect(adapter.start(async () => {})).rejects.toThrow(/Discord answers 503/u);
    await sleep(350);
    const asked = Promise.withResolvers<InboundMessage>();
    await adapter.start(async (inbound) => void (inbound.type === "message" && asked.resolve(inbound)));
    await discord.say({ text: "hello" });
    expect((await asked.promise).text).toBe("hello");
  });
});
