import { expect, it } from "vitest";
import { runAction } from "../../src/actions.ts";
import { testBot } from "../support/test-core.ts";

it("a button of a command is that command, written by who presses it", async () => {
  const { handle, command, last } = await testBot();
  await command("memory", "add I live in Seoul.");
  await handle({
    id: "press-1",
    type: "press",
    thread: "fake:kim",
    place: "dm",
    channelName: "Kim",
    author: { id: "fake:kim", name: "Kim" },
    messageId: "m1",
    token: runAction("Forget it", "memory", "forget 1").token,
  });
  expect(last()).toBe("Forgotten for good: I live in Seoul.");
});
