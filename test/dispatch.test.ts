import { expect, test } from "vitest";
import { pino } from "pino";
import { createDispatch, type Outcome } from "../src/dispatch.ts";
import { DatabaseAway } from "../src/errors.ts";
import { createLocalCoordinator } from "../src/store/coordinator-local.ts";
import type { ConversationKey } from "../src/store/store.ts";

test("a database that is away is told once, whatever waits for it, and once that it is back", async () => {
  const told: string[] = [];
  const write = (line: string) => void told.push((JSON.parse(line) as { msg: string }).msg);
  const away = new DatabaseAway("the database is away");
  let isAway = true;
  const dispatch = createDispatch({
    inbox: {
      async conversations() {
        if (isAway) throw away;
        return [];
      },
    },
    coordinator: createLocalCoordinator(),
    log: pino({ level: "info" }, { write }),
    platforms: () => ["fake"],
    hold: async () => {},
    claims: 1_000,
    patienceMs: 1_000,
    work: async () => {
      throw away;
    },
  });
  for (const name of ["fake:kim", "fake:mina"]) dispatch.wake(name as ConversationKey);
  await dispatch.idle();
  for (let second = 0; second < 3; second++) await dispatch.look();
  isAway = false;
  for (let second = 0; second < 3; second++) await dispatch.look();
  dispatch.close();
  expect(told).toEqual(["the database can't be used now; I keep trying", "the database can be used again"]);
});

test("a conversation is looked at again where something came while the last was dealt with, and only there", async () => {
  const outcomes: Outcome[] = ["done", "last", "last"];
  let looks = 0;
  const dispatch = createDispatch({
    inbox: { conversations: async () => [] },
    coordinator: createLocalCoordinator(),
    log: pino({ level: "silent" }),
    platforms: () => ["fake"],
    hold: async () => {},
    claims: 1_000,
    patienceMs: 1_000,
    async work(conversation) {
      looks++;
      // It comes while the second one is dealt with.
      if (looks === 2) dispatch.wake(conversation);
      return outcomes[looks - 1] ?? "nothing";
    },
  });
  dispatch.wake("fake:kim" as ConversationKey);
  await dispatch.idle();
  dispatch.close();
  expect(looks).toBe(3);
});
