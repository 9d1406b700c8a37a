import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setImmediate as immediate, setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createBot, type Bot } from "../../src/bot.ts";
import type { Coordinator, Signal } from "../../src/coordinator.ts";
import { ClaimLost } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { channel } from "../../src/store/claims-connection.ts";
import { createPostgresCoordinator } from "../../src/store/coordinator-postgres.ts";
import { openStore } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { english } from "../../src/words/words.ts";
import { inChannel, pressed } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Script, say as says, scriptedModel, stop, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";
import { twoBots } from "../support/two-bots.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const kim = "fake:kim" as ConversationKey;

function open(url: string, options?: { beatMs: number }): Coordinator {
  const coordinator = createPostgresCoordinator(url, createLog("silent"), options);
  onTestFinished(() => coordinator.close());
  return coordinator;
}

/** A way to the database that can fall silent, as when a host vanishes. */
async function openWire(url: string): Promise<{ readonly url: string; mute(): void }> {
  const { port } = new URL(url);
  const sockets: Socket[] = [];
  const wire = createServer((near) => {
    const far = connect(Number(port), "127.0.0.1");
    for (const socket of [near, far]) sockets.push(socket.on("error", () => undefined));
    near.pipe(far).pipe(near);
  }).listen(0, "127.0.0.1");
  await once(wire, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    wire.close();
  });
  const through = new URL(url);
  through.host = `127.0.0.1:${(wire.address() as AddressInfo).port}`;
  return { url: through.href, mute: () => sockets.forEach((socket) => socket.unpipe()) };
}

/** Cuts the connections of all coordinators of a database, as a network does. */
async function cut(url: string): Promise<void> {
  const database = await openPostgres(url);
  await database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parlance claims' AND datname = current_database()",
  );
  await database.close();
}

describe("processes on one database", () => {
  test("claim a conversation one at a time", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [open(url), open(url)];
    expect(await one.claim(kim)).toBeDefined();
    expect(await one.claim(kim)).toBeUndefined();
    expect(await other.claim(kim)).toBeUndefined();
    expect(await other.claim("fake:mina" as ConversationKey)).toBeDefined();
    await one.release(kim);
    expect(await other.claim(kim)).toBeDefined();
  });

  test("claim many at once, each by one of them, and while they do a signal still gets through", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [open(url), open(url)];
    await Promise.all([one.claim(kim), other.claim(kim)]);
    const heard = Promise.withResolvers<void>();
    other.listen(() => heard.resolve());
    const names = Array.from({ length: 5_000 }, (_, index) => `fake:${index}` as ConversationKey);
    const claiming = [one, other].map((each) => Promise.all(names.map((name) => each.claim(name))));
    const done = Promise.all(claiming).then(() => "claimed");
    await one.publish({ type: "wake", conversation: kim });
    expect(await Promise.race([heard.promise.then(() => "heard"), done])).toBe("heard");
    const [ones = [], others = []] = await Promise.all(claiming);
    expect(names.filter((_, index) => (ones[index] === undefined) === (others[index] === undefined))).toEqual(
      [],
    );
    const mine = names.filter((_, index) => ones[index] !== undefined);
    await Promise.all(mine.map((name) => one.release(name)));
    const theirs = await Promise.all(mine.map((name) => other.claim(name)));
    expect(theirs.filter((claim) => claim === undefined)).toEqual([]);
  });

  test("hear what one of them says", async () => {
    const url = await server.createStoreDatabase();
    const coordinators = [open(url), open(url), open(url)];
    const heard: Signal[][] = [[], [], []];
    coordinators.forEach((each, index) => each.listen((signal) => heard[index]?.push(signal)));
    for (const each of coordinators) await each.claim(`fake:${each.process}` as ConversationKey);
    const signal: Signal = { type: "stop", conversation: kim, reason: "edited", message: "m'1" };
    await coordinators[1]?.publish(signal);
    while (heard.some((each) => each.length === 0)) await sleep(5);
    expect(heard).toEqual([[signal], [signal], [signal]]);
  });

  test("heed no signal that none of them sent, and hear what comes after it", async () => {
    const url = await server.createStoreDatabase();
    const [one, other] = [open(url), open(url)];
    const heard: Signal[] = [];
    other.listen((signal) => heard.push(signal));
    await Promise.all([one.claim(kim), other.claim(kim)]);
    const database = await openPostgres(url);
    const notify = `SELECT pg_notify(${channel}, ?)`;
    for (const foreign of ["hello", "", "null", "[]", '{"hello":1}']) await database.query(notify, [foreign]);
    await database.close();
    await one.publish({ type: "wake", conversation: kim });
    while (heard.length === 0) await sleep(5);
    expect(heard).toEqual([{ type: "wake", conversation: kim }]);
  });

  test("are told when their claims are lost, and can claim again", async () => {
    const url = await server.createStoreDatabase();
    const one = open(url);
    const losses: true[] = [];
    one.onLost(() => void losses.push(true));
    const claim = await one.claim(kim);
    await cut(url);
    while (losses.length === 0) await sleep(5);
    expect(claim?.reason).toBeInstanceOf(ClaimLost);
    const heard: Signal[] = [];
    one.listen((signal) => heard.push(signal));
    expect((await one.claim(kim))?.aborted).toBe(false);
    await one.publish({ type: "wake", conversation: kim });
    while (heard.length === 0) await sleep(5);
    expect(losses).toHaveLength(1);
  });

  test("keep none of the claims that they were about to get when the connection broke", async () => {
    const url = await server.createStoreDatabase();
    const one = open(url);
    const lost = new AbortController();
    one.onLost(() => lost.abort());
    const names: ConversationKey[] = [];
    const claims: Promise<unknown>[] = [];
    // What is not connected yet can't be cut.
    await one.claim(kim);
    const cutting = cut(url);
    // Some are got before, some after, and some are asked for before and got after. No more than the server has room for.
    while (!lost.signal.aborted && names.length < 4_000) {
      const name = `fake:${names.length}` as ConversationKey;
      names.push(name);
      claims.push(one.claim(name).catch(() => undefined));
      if (claims.length > 50) await claims.at(-50);
      await immediate();
    }
    await cutting;
    while (!lost.signal.aborted) await sleep(5);
    await Promise.all(claims);
    await Promise.all(names.map((name) => one.release(name)));
    // Only now: what is cut is cut for all.
    const other = open(url);
    const free = await Promise.all(names.map((name) => other.claim(name).catch(() => undefined)));
    expect(free.filter((claim) => claim === undefined)).toEqual([]);
  });

  test("miss a server that says nothing any more, before it gives their claims to others", async () => {
    const url = await server.createStoreDatabase();
    const wire = await openWire(url);
    const one = open(wire.url, { beatMs: 100 });
    const claim = await one.claim(kim);
    wire.mute();
    await new Promise((resolve) => claim?.addEventListener("abort", resolve));
    expect(claim?.reason).toBeInstanceOf(ClaimLost);
  });

  test("one of them leads; another takes over when it ends, or loses its connection", async () => {
    const url = await server.createStoreDatabase();
    const stopping = new AbortController();
    const leading = new Set<string>();
    const leaders: string[] = [];
    const lead = (name: string, coordinator: Coordinator, signal: AbortSignal): Promise<void> =>
      coordinator.lead("telegram", signal, async (leads) => {
        leading.add(name);
        leaders.push(name);
        expect(leading.size).toBe(1);
        await new Promise<void>((resolve) => {
          leads.addEventListener("abort", () => resolve());
        });
        leading.delete(name);
      });
    const first = new AbortController();
    const [one, other] = [open(url), open(url)];
    const running = [lead("one", one, first.signal)];
    while (leading.size === 0) await sleep(5);
    running.push(lead("other", other, stopping.signal));
    first.abort();
    while (!leading.has("other")) await sleep(5);
    await cut(url);
    while (leaders.length < 3) await sleep(5);
    stopping.abort();
    await Promise.all(running);
    expect(leading.size).toBe(0);
  });

  test("choose a scope that the other one heeds, also when it only listens", async () => {
    const { one, other, chat } = await twoBots(await server.createStoreDatabase(), { answersThere: false });
    const asks = (name: string) => ({ ...inChannel(name), type: "message", attachments: [] }) as const;
    await one.bot.receive(chat, { ...asks("kim"), id: "1", text: "Kim's" });
    await other.bot.receive(chat, { ...asks("mina"), id: "2", text: "hi" });
    await Promise.all(["1", "2"].map((id) => chat.dealtWith(id)));
    expect(one.sent()).toContain("Kim's");
    const choice = { ...inChannel("boss"), type: "command", name: "scope", argument: "user" } as const;
    await one.bot.receive(chat, { ...choice, id: "3" });
    await chat.dealtWith("3");
    // The signal travels on its own.
    for (let n = 4; ; n++) {
      await other.bot.receive(chat, { ...asks("mina"), id: `${n}`, text: "and now?" });
      await chat.dealtWith(`${n}`);
      if (!one.sent().includes("Kim's")) break;
    }
  });

  test("stop what the other one writes, for who asked and nobody else", async () => {
    const { other, chat } = await twoBots(await server.createStoreDatabase(), { answersThere: false });
    const asked = { ...inChannel("kim"), id: "1", type: "message", text: "wait", attachments: [] } as const;
    await other.bot.receive(chat, asked);
    while (chat.posts[0]?.answer.text !== "writing") await sleep(5);
    await other.bot.receive(chat, { ...pressed("stop"), ...inChannel("mina"), id: "2" });
    await sleep(100);
    expect(chat.posts.map(({ answer }) => answer.state)).toEqual(["growing"]);
    await other.bot.receive(chat, { ...pressed("stop"), ...inChannel("kim"), id: "3" });
    await Promise.all(["1", "2", "3"].map((id) => chat.dealtWith(id)));
    expect(chat.posts.map(({ answer: { state, notices } }) => [state, notices])).toEqual([
      ["stopped", ["Stopped."]],
      ["failed", [english.notYourAnswer]],
    ]);
  });

  test("forget a person also where the other one is writing for them", async () => {
    const { one, other, chat } = await twoBots(await server.createStoreDatabase(), { answersThere: true });
    const kims = { ...inChannel("kim"), thread: "fake:run" };
    // Whichever of them takes it writes until it is told to stop.
    await other.bot.receive(chat, { ...kims, id: "1", type: "message", text: "wait", attachments: [] });
    while (!chat.posts.some((post) => post.answer.text === "writing")) await sleep(5);
    const idle = one.requests() > 0 ? other : one;
    const direct = { thread: "fake:kim", place: "dm", channelName: "kim" } as const;
    const author = { id: "fake:kim", name: "kim" };
    await idle.bot.receive(chat, {
      ...direct,
      author,
      id: "2",
      type: "command",
      name: "forget",
      argument: "me yes",
    });
    await chat.dealtWith("2");
    const texts = chat.posts.map((post) => [post.answer.state, post.answer.text.slice(0, 7)]);
    expect(texts.toSorted(([one = ""], [other = ""]) => one.localeCompare(other))).toEqual([
      ["done", "Done: I"],
      ["stopped", "writing"],
    ]);
    expect(await one.store.people.count("fake:kim")).toMatchObject({ questions: 0, accounts: 0 });
    expect(await one.store.turns.list("fake:run" as ConversationKey)).toEqual([]);
  });

  test("three workers answer many at once, each question once and in order, also when one of them leaves", async () => {
    const url = await server.createStoreDatabase();
    const chat = fakeAdapter({ finds: true });
    const echo: Script = ({ messages }) => {
      const last = messages.at(-1)?.parts[0];
      return [says(`You said ${last?.type === "text" ? last.text : ""}.`), usage(1, 1), stop()];
    };
    const { core } = await testBot();
    const bots: Bot[] = [];
    for (let index = 0; index < 3; index++) {
      const store = await openStore({ dataFolder: "/nonexistent", databaseUrl: url });
      const model = scriptedModel(...Array.from({ length: 100 }, () => echo));
      const choose = async (name: string) => ({ ...(await core.models.choose(name)), stream: model.stream });
      const coordinator = open(url);
      const bot = createBot({ ...core, store, coordinator, models: { ...core.models, choose } });
      await bot.work([chat]);
      bots.push(bot);
      onTestFinished(async () => {
        await bot.stop();
        await store.close();
      });
    }
    const people = Array.from({ length: 12 }, (_, person) => `p${person}`);
    const numbers = [1, 2, 3, 4];
    let stopping: Promise<void> | undefined;
    await Promise.all(
      people.map(async (person, index) => {
        for (const number of numbers) {
          const id = `${person}-${number}`;
          if (index === 5 && number === 2) stopping = bots[0]?.stop();
          // What one process does not take any more, another one is given.
          const turn = (index + number) % 3;
          await bots[stopping && turn === 0 ? 1 : turn]?.receive(chat, {
            type: "message",
            id,
            messageId: id,
            thread: `fake:${person}`,
            place: "dm",
            channelName: person,
            author: { id: `fake:${person}`, name: person },
            text: `${number}`,
            attachments: [],
          });
          await chat.dealtWith(id);
        }
      }),
    );
    await stopping;
    for (const person of people) {
      const said = chat.posts
        .filter(({ thread }) => thread === `fake:${person}`)
        .map((post) => post.answer.text);
      expect(said, person).toEqual(numbers.map((number) => `You said ${number}.`));
    }
  });
});
