import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { createBot } from "../../src/bot.ts";
import type { Inbound, InboundMessage } from "../../src/chat.ts";
import type { Settings } from "../../src/core.ts";
import type { CouncilProgress } from "../../src/council/progress.ts";
import type { Binding } from "../../src/conversation/conversation.ts";
import { openStore } from "../../src/store/open.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { ConversationKey, FinishedRounds } from "../../src/store/store.ts";
import type { Tool } from "../../src/tools/tool.ts";
import type { ModelStream } from "../../src/turn.ts";
import { fakeAdapter } from "./fake-adapter.ts";
import { makeStoreFolder } from "./store-folder.ts";
import { storeWithPowerCut } from "./power.ts";
import type { Script } from "./scripted-model.ts";
import { testBot, testPersona } from "./test-core.ts";

/** Something that happens, with what answers it. */
export interface Life {
  readonly persona?: Record<string, unknown>;
  readonly settings?: Partial<Settings>;
  readonly scripts: readonly Script[];
  readonly tools?: readonly Tool[];
  /** Models of their own, which answer in both lives. */
  readonly streams?: Readonly<Record<string, ModelStream>>;
  /** What people do; done again after the cut, as platforms repeat what was not acknowledged. */
  happen(handle: (inbound: Inbound) => Promise<void>): Promise<void>;
}

/** Lives through something with the power cut at a write, then starts again on what was stored; the chat lives on. */
async function liveWithCut(life: Life, at: number, when: "before" | "after") {
  const dataFolder = await makeStoreFolder();
  const chat = fakeAdapter({ finds: true, uploads: true });
  const personas = [testPersona("assistant", life.persona)];
  const common = {
    personas,
    scripts: life.scripts,
    streams: life.streams ?? {},
    tools: life.tools ?? [],
    chat,
    pictureText: () => "안녕하세요",
    ...(life.settings && { settings: life.settings }),
  };

  const opened = await openStore({ dataFolder });
  const store = storeWithPowerCut(opened, at, when);
  const first = await testBot(common);
  const bot = createBot({ ...first.core, store });
  const lived = life.happen(async (inbound) => {
    await bot.receive(chat, inbound);
    await chat.dealtWith(inbound.id);
  });
  await Promise.race([lived, store.cut]);
  const wasCut = store.isCut();
  // What was on its way to the chat when the power went arrives.
  await sleep(1);
  await opened.close();
  const left = await openSqlite(dataFolder);
  type Left = { readonly rounds: string | null; readonly council: string | null };
  const jobs = await left.query<Left>("SELECT rounds, council FROM job");
  await left.close();

  const second = await testBot({ ...common, dataFolder });
  const { inbox, turns } = second.core.store;
  const quiet = async (): Promise<void> => {
    while ((await inbox.pending(kim, 1)).length > 0) await sleep(1);
  };
  await second.bot.work([chat]);
  await life.happen(async (inbound) => {
    await second.bot.receive(chat, inbound);
    await quiet();
  });
  await quiet();
  await second.bot.stop();
  const stored = await turns.list(kim);
  const { bookmark } = (await second.core.store.documents<Binding>("binding").get(kim)) ?? {};
  const kept = await second.core.store.files.list(kim);
  const summary = await second.core.store.summaries.find(kim);
  const requests = [...first.model.requests, ...second.model.requests];
  await second.core.store.close();
  const database = await openSqlite(dataFolder);
  const events = await database.query("SELECT person, conversation, message, payload FROM event");
  await database.close();
  const standing = chat.posts.filter(({ isRemoved }) => !isRemoved);
  const shown = standing.filter(({ file }) => !file).map(({ answer }) => answer.text);
  return {
    wasCut,
    shown,
    notices: standing.flatMap(({ answer }) => answer.notices),
    files: standing.flatMap(({ file }) => (file ? [Buffer.from(file.data).toString("utf8")] : [])),
    stayed: kept,
    bookmark,
    asked: requests.length,
    summed: requests.filter(({ instructions }) => instructions.startsWith("You write the notes")).length,
    summary: summary?.text,
    turns: stored,
    events,
    states: chat.posts.map((post) => post.answer.state),
    /** Of an answer's rounds, at the cut. */
    rounds: jobs.flatMap(({ rounds }) => JSON.parse(rounds ?? "[]") as FinishedRounds | []),
    /** Of a council, at the cut. */
    kept: jobs.flatMap(({ council }) => JSON.parse(council ?? "null") as CouncilProgress | null),
    folds: standing.flatMap(({ answer }) => answer.folds?.map(({ text }) => text) ?? []).toSorted(),
  };
}

const kim = "fake:kim" as ConversationKey;

/** Where all of it happens. */
export const place = {
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
} as const;

/** Something that Kim says there. */
export const message = (id: string, text: string, more: Partial<InboundMessage> = {}): InboundMessage => ({
  ...place,
  id,
  type: "message",
  messageId: id,
  text,
  attachments: [],
  ...more,
});

/** Cuts at the first write, then at the second, until there are no more. */
export async function atEachWrite(
  when: "before" | "after",
  life: Life,
  check: (lived: Awaited<ReturnType<typeof liveWithCut>>, where: string) => void,
): Promise<void> {
  for (let at = 1; ; at++) {
    const lived = await liveWithCut(life, at, when);
    check(lived, `cut ${when} write ${at}`);
    if (!lived.wasCut) return expect(at).toBeGreaterThan(5);
  }
}
