import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openConversation } from "../../src/conversation/conversation.ts";
import { DatabaseAway } from "../../src/errors.ts";
import type { ConversationKey, Documents, Store } from "../../src/store/store.ts";
import { testBot } from "../support/test-core.ts";

test("a database that goes away while a thread's conversation opens is one failure, and ends nobody", async () => {
  const { core } = await testBot();
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  const key = "fake:general:t1" as ConversationKey;
  const documents = (): Documents<never> => ({
    async get(name) {
      // What it inherits from is asked for, too, and answered first.
      if (name === key) await sleep(20);
      throw new DatabaseAway("the database is away");
    },
    set: async () => {},
    delete: async () => true,
  });
  const store: Store = { ...core.store, documents };
  await expect(openConversation(store, key)).rejects.toThrow(DatabaseAway);
  await sleep(0);
  expect(unhandled).toEqual([]);
});
