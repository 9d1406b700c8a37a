import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { answer, createStage } from "../support/chat-stage.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";

/** A store in which everything came half an hour ago. */
const longAgo = (store: Store): Store => ({
  ...store,
  inbox: {
    ...store.inbox,
    put: (key, event) => store.inbox.put(key, { ...event, at: event.at - 1_800_000 }),
  },
});

describe("an answer that the platform does not take yet", () => {
  const stage = createStage(() => startDiscordEmulator({ bucket: { calls: 100, ms: 1_000 } }));

  test(
    "is shown when the platform said, however often that was put off and however old its question is",
    async () => {
      await stage.open([answer("Canberra.")], { store: longAgo });
      stage.chat.faults.limit(12, 200);
      await stage.chat.say({ text: "What is the capital of Australia?" });
      await stage.finished();
      expect(stage.fromBot()).toHaveLength(1);
      expect(stage.text()).toMatch(/^Canberra\./u);
    },
    // By its question's age alone it would rest for two minutes.
    60_000,
  );
});
