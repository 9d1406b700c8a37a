import { expect, test } from "vitest";
import { answer } from "../support/events.ts";
import { testBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

test("who writes where a process has no room for their conversation is told how many are ahead, and answered in that place", async () => {
  const gate = Promise.withResolvers<void>();
  const people = ["ann", "ben", "cho", "dan", "eva", "fay"];
  const bot = await testBot({
    settings: { claims: 4, parallel: 4, patienceMs: 20 },
    scripts: people.map(() => [gate.promise, ...answer("Hello.")]),
  });
  const asked = people.map((name) =>
    bot.say("hi", { thread: `fake:${name}`, author: { id: `fake:${name}`, name }, channelName: name }),
  );
  const told = () => bot.chat.posts.map(({ answer: { text } }) => text);
  await until("the others are told", () => told().length === 2);
  expect(told().toSorted()).toEqual([
    "4 questions are ahead of yours; I'll answer here.",
    "5 questions are ahead of yours; I'll answer here.",
  ]);
  gate.resolve();
  await Promise.all(asked);
  expect(told()).toEqual(people.map(() => "Hello."));
});
