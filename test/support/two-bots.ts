import { onTestFinished } from "vitest";
import { createBot, type Bot } from "../../src/bot.ts";
import { createLimits } from "../../src/limits/limits.ts";
import { createLog } from "../../src/log.ts";
import { createPostgresCoordinator } from "../../src/store/coordinator-postgres.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import { type FakeAdapter, fakeAdapter } from "./fake-adapter.ts";
import { type Script, say as says, scriptedModel, stop, usage } from "./scripted-model.ts";
import { testBot } from "./test-core.ts";

/** What one of two processes did. */
export interface Half {
  readonly bot: Bot;
  readonly store: Store;
  /** How often it asked its model. */
  readonly requests: () => number;
  /** What it sent last. */
  readonly sent: () => string;
}

/** Two processes on one Postgres database and one chat, the second perhaps only as a gateway. Asked to wait, their model never ends. */
export async function twoBots(
  url: string,
  { answersThere }: { readonly answersThere: boolean },
): Promise<{ readonly chat: FakeAdapter; readonly one: Half; readonly other: Half }> {
  const chat = fakeAdapter({ finds: true, managers: ["fake:boss"] });
  const { core } = await testBot();
  const script: Script = ({ messages }) =>
    JSON.stringify(messages.at(-1)).includes("wait")
      ? [says("writing"), "wait"]
      : [says("yes"), usage(1, 1), stop()];
  const start = async (answers: boolean): Promise<Half> => {
    const store = await openStore({ dataFolder: "/nonexistent", databaseUrl: url });
    const coordinator = createPostgresCoordinator(url, createLog("silent"));
    const model = scriptedModel(...Array.from({ length: 50 }, () => script));
    const choose = async (name: string) => ({ ...(await core.models.choose(name)), stream: model.stream });
    const limits = createLimits({ ledger: store.ledger, models: core.models, seconds: 60 });
    const models = { ...core.models, choose };
    const bot = createBot({ ...core, store, limits, coordinator, models }, { answers });
    if (answers) await bot.work([chat]);
    onTestFinished(async () => {
      await bot.stop();
      await coordinator.close();
      await store.close();
    });
    return {
      bot,
      store,
      requests: () => model.requests.length,
      sent: () => JSON.stringify(model.requests.at(-1)?.messages),
    };
  };
  return { chat, one: await start(true), other: await start(answersThere) };
}
