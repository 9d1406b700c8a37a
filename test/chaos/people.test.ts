import { expect, test } from "vitest";
import { createLedger, live, type Place } from "../../scripts/chaos/people.ts";
import { createChance } from "../../scripts/chaos/random.ts";
import type { ChatEmulator } from "../support/chat-emulator.ts";

test("people ask on and on also where the model makes no mistakes", async () => {
  const ended = new AbortController();
  const said: string[] = [];
  const chat: Pick<ChatEmulator, "platform" | "say" | "seen"> = {
    platform: "telegram",
    async say({ text }) {
      if (said.push(text) === 100) ended.abort();
      return `${said.length}`;
    },
    seen: () => [],
  };
  const place: Place = { name: "dm", chat: chat as ChatEmulator, where: "dm", owner: "Kim" };
  const ledger = createLedger([place], () => false);
  const answered = { ...ledger, waits: () => false };
  await live(
    { name: "Kim", place, manner: "hasty" },
    {
      ledger: answered,
      chance: { ...createChance(1), between: () => 0 },
      signal: ended.signal,
      pauseMs: 0,
      faults: [],
      mayWrite: async () => !ended.signal.aborted,
    },
  );
  expect(said).toHaveLength(100);
  expect(said.join(" ")).not.toMatch(/busy|broken|cut/u);
});
