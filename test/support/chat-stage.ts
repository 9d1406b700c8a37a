import { until } from "./until.ts";
import { afterEach, beforeEach } from "vitest";
import type { Adapter } from "../../src/chat.ts";
import { loadConfig } from "../../src/config.ts";
import { adaptersFor } from "./adapters.ts";
import type { ChatEmulator, Said, Seen } from "./chat-emulator.ts";
import { makeFolder } from "./folder.ts";
import { type Script, say as says, stop, usage } from "./scripted-model.ts";
import { type TestBot, testBot } from "./test-core.ts";

export const answer = (text: string): Script => [says(text), usage(10, 2), stop()];

/** The real adapter and the whole core in front of an emulator, and what people see. */
export interface ChatStage {
  readonly chat: ChatEmulator;
  readonly bot: TestBot;
  /** The threads that people spoke in. */
  readonly heard: readonly string[];
  /** Connects a bot whose model plays these. */
  readonly open: (scripts: readonly Script[], options?: Parameters<typeof testBot>[0]) => Promise<void>;
  /** Another adapter to the same emulator, that does not listen. */
  readonly apart: () => Promise<Adapter>;
  readonly fromBot: (place?: Said["place"], as?: string) => readonly Seen[];
  readonly text: (place?: Said["place"], as?: string) => string;
  /** Settles when the bot says this. */
  readonly shown: (what: string, place?: Said["place"], as?: string) => Promise<true>;
  /** Settles when the receipt stands under the answer. */
  readonly finished: (place?: Said["place"], as?: string) => Promise<true>;
}

/** A fresh stage for each test of the suite that calls this. */
export function createStage(start: () => Promise<ChatEmulator>): ChatStage {
  let chat: ChatEmulator;
  let adapter: Adapter;
  let bot: TestBot;
  const heard: string[] = [];

  async function connect(): Promise<Adapter> {
    const { platforms } = loadConfig({ env: chat.environment, cwd: makeFolder() });
    const [opened] = await adaptersFor({ platforms }, bot.core);
    if (!opened) throw new Error("no adapter was configured");
    return opened;
  }

  beforeEach(async () => {
    chat = await start();
    heard.length = 0;
  });

  afterEach(async () => {
    await bot.bot.stop();
    await adapter.stop();
    await chat.stop();
  });

  const stage: ChatStage = {
    get chat() {
      return chat;
    },
    get bot() {
      return bot;
    },
    heard,
    async open(scripts, options = {}) {
      bot = await testBot({ scripts, ...options });
      adapter = await connect();
      await adapter.start((inbound) => {
        heard.push(inbound.thread);
        return bot.bot.receive(adapter, inbound);
      });
      await chat.ready();
    },
    apart: connect,
    fromBot: (place, as) => chat.seen(place, as).filter((seen) => seen.fromBot),
    text: (place, as) =>
      stage
        .fromBot(place, as)
        .map((seen) => seen.text)
        .join("\n"),
    shown: (what, place, as) =>
      until(
        `the bot says ${what}; it says ${stage.text(place, as)}`,
        () => stage.text(place, as).includes(what) || undefined,
      ),
    finished: (place, as) =>
      until(
        `the answer is finished; so far ${stage.text(place, as)}`,
        () => stage.text(place, as).includes("scripted/model") || undefined,
      ),
  };
  return stage;
}
