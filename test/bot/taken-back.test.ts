import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { deleted } from "../support/events.ts";
import { say as says } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

test("when all parts of a question are deleted within moments, nothing is said of it", async () => {
  const { say, handle, chat, command, model, core } = await testBot({
    scripts: [[says("A"), "wait"], ["wait"], ["wait"]],
  });
  const asked = [say("first")];
  while (chat.posts.length === 0) await sleep(1);
  void say("What is 2+2?", { messageId: "m1" });
  asked.push(say("Who wrote Hamlet?", { messageId: "m2" }));
  await command("stop");
  await until("the joined question is asked", () => model.requests.length === 2);
  await Promise.all([handle(deleted("m1")), handle(deleted("m2"))]);
  await Promise.all(asked);
  expect(chat.posts.map(({ answer: { text, notices } }) => [text, notices])).toEqual([["A", ["Stopped."]]]);
  expect(await core.store.inbox.pending("fake:kim" as never, 9)).toEqual([]);
});
