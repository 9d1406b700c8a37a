import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createBot, type Bot } from "../../src/bot.ts";
import type { Adapter, Answer } from "../../src/chat.ts";
import { createLog } from "../../src/log.ts";
import { createPostgresCoordinator } from "../../src/store/coordinator-postgres.ts";
import { openStore } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { type FakeAdapter, fakeAdapter } from "../support/fake-adapter.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { type Script, say as says, scriptedModel, stop, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

/** A process of its own as far as the database and the chat can tell. */
interface Process {
  /** Begins to answer, at once. */
  work(): Promise<Bot>;
  /** What its calls to the platform wait for, and receipts before they are stored. */
  line: { post?: () => Promise<void>; edit?: () => Promise<void>; receipt?: () => Promise<void> };
  asked(): number;
  /** Its connection for claims breaks, and all else goes on. */
  loseClaims(): Promise<void>;
}

/** A platform that, like Telegram, can only tell which of the bot's messages nobody knows. */
const findUnknown =
  (chat: FakeAdapter): NonNullable<Adapter["find"]> =>
  async (_, { known }) => {
    const index = chat.posts.findIndex((_, each) => !known.includes(String(each)));
    return index < 0 ? undefined : String(index);
  };

async function open(
  url: string,
  { chat, script, settleMs = 0 }: { chat: FakeAdapter; script: Script; settleMs?: number },
): Promise<Process> {
  const { core } = await testBot({ settings: { settleMs } });
  const store = await openStore({ dataFolder: "/nonexistent", databaseUrl: url });
  const model = scriptedModel(...Array.from({ length: 20 }, () => script));
  const choose = async (name: string) => ({ ...(await core.models.choose(name)), stream: model.stream });
  const named = new URL(url);
  const name = `claims of ${Math.random()}`;
  named.searchParams.set("application_name", name);
  const coordinator = createPostgresCoordinator(named.href, createLog("silent"));
  const line: Process["line"] = {};
  const adapter: Adapter<Answer> = {
    ...chat,
    find: findUnknown(chat),
    async post(...call) {
      await line.post?.();
      return chat.post(...call);
    },
    async edit(...call) {
      await line.edit?.();
      return chat.edit(...call);
    },
  };
  let bot: Bot | undefined;
  onTestFinished(async () => {
    await bot?.stop();
    await coordinator.close();
    await store.close();
  });
  return {
    line,
    async work() {
      const { outbox } = store;
      const slow: Store["outbox"] = {
        ...outbox,
        async posts(job, posts, options) {
          if (options?.isReceipt) await line.receipt?.();
          return outbox.posts(job, posts, options);
        },
      };
      bot = createBot({
        ...core,
        store: { ...store, outbox: slow },
        coordinator,
        models: { ...core.models, choose },
      });
      await bot.work([adapter]);
      return bot;
    },
    asked: () => model.requests.length,
    async loseClaims() {
      const lost = new Promise<void>((resolve) => coordinator.onLost(() => resolve()));
      const database = await openPostgres(url);
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?",
        [name],
      );
      await database.close();
      await lost;
    },
  };
}

const echo: Script = ({ messages }) => {
  const last = messages.at(-1)?.parts[0];
  return [says(`You said ${last?.type === "text" ? last.text : ""}.`), usage(1, 1), stop()];
};

const question = (id: string) =>
  ({
    type: "message",
    id,
    messageId: id,
    thread: "fake:kim",
    place: "dm",
    channelName: "Kim",
    author: { id: "fake:kim", name: "Kim" },
    text: id,
    attachments: [],
  }) as const;

const textsIn = ({ posts }: FakeAdapter): readonly string[] => posts.map(({ answer }) => answer.text);

describe("a process that lives on without its claims", () => {
  test("posts nothing more, and leaves what waits to the process that claims it", async () => {
    const url = await server.createStoreDatabase();
    const chat = fakeAdapter();
    const one = await open(url, { chat, script: echo });
    const other = await open(url, { chat, script: echo });
    const bot = await one.work();
    const lost = Promise.withResolvers<void>();
    // Nothing came of its post, so that it would be tried again after a while.
    one.line.post = async () => {
      delete one.line.post;
      await one.loseClaims();
      lost.resolve();
      throw new Error("the connection broke");
    };
    await bot.receive(chat, question("one"));
    await lost.promise;
    const next = await other.work();
    await next.receive(chat, question("two"));
    await chat.dealtWith("two");
    // By now the other one has long tried again, and looked for what waits.
    await sleep(3_000);
    expect(textsIn(chat)).toEqual(["You said one.", "You said two."]);
  });

  test("leaves what waits behind it to whoever claims it", async () => {
    const url = await server.createStoreDatabase();
    const chat = fakeAdapter();
    const one = await open(url, { chat, script: echo });
    const bot = await one.work();
    const other = createPostgresCoordinator(url, createLog("silent"));
    onTestFinished(() => other.close());
    const key = "fake:kim" as ConversationKey;
    one.line.post = async () => {
      delete one.line.post;
      await bot.receive(chat, question("two"));
      await one.loseClaims();
      await other.claim(key);
    };
    await bot.receive(chat, question("one"));
    await sleep(2_500);
    expect(textsIn(chat)).toEqual(["You said one."]);
    expect(one.asked()).toBe(1);
    await other.release(key);
    await chat.dealtWith("two");
    expect(textsIn(chat)).toEqual(["You said one.", "You said two."]);
  });

  test("may still have a message on its way, which is waited for before anyone looks for it", async () => {
    const url = await server.createStoreDatabase();
    const chat = fakeAdapter();
    const one = await open(url, { chat, script: echo });
    const other = await open(url, { chat, script: echo, settleMs: 2_000 });
    const bot = await one.work();
    const lost = Promise.withResolvers<void>();
    one.line.post = async () => {
      delete one.line.post;
      await one.loseClaims();
      lost.resolve();
      await sleep(500);
    };
    await bot.receive(chat, question("one"));
    await lost.promise;
    const next = await other.work();
    await next.receive(chat, question("two"));
    await chat.dealtWith("two");
    expect(textsIn(chat)).toEqual(["You said one.", "You said two."]);
  });

  test.each(["itself", "another process"])(
    "may still be storing what it posted, which changes nothing of what %s has stored since",
    async (next) => {
      const url = await server.createStoreDatabase();
      // Growing answers are shown after a tenth of a second, and whole ones at once.
      const chat = fakeAdapter({ most: 10, editEveryMs: 10_000 });
      const parts = ["0123456789", "abcdefghij", "ABCDEFGHIJ"];
      const whole: Script = () => [says(parts.join("")), usage(1, 1), stop()];
      const begun: Script = () =>
        one.asked() === 1 ? [says("0123"), "wait"] : [says(parts.join("")), stop()];
      const one = await open(url, { chat, script: begun });
      const other = await open(url, { chat, script: whole });
      const heir = await open(url, { chat, script: whole });
      const late = Promise.withResolvers<void>();
      one.line.receipt = async () => {
        delete one.line.receipt;
        await one.loseClaims();
        if (next !== "itself") await other.work();
        setTimeout(late.resolve, 2_000);
        await late.promise;
      };
      const holder = next === "itself" ? one : other;
      // The next attempt's end is sudden, too: before its last part.
      holder.line.post = async () => {
        if (chat.posts.length < 2) return;
        delete holder.line.post;
        late.resolve();
        await sleep(300);
        await heir.work();
        await holder.loseClaims();
        throw new Error("the connection broke");
      };
      const bot = await one.work();
      await bot.receive(chat, question("one"));
      await chat.dealtWith("one");
      expect(textsIn(chat)).toEqual(parts);
      expect(heir.asked() + one.asked() + other.asked()).toBe(2);
    },
  );
});
