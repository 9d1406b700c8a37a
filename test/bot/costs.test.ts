import { expect, test } from "vitest";
import { makeFolder } from "../support/folder.ts";
import { call, say as says, type Script, stop, takeOver, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

test("what is known of a cost counts also where another call of the answer has no price", async () => {
  const dataFolder = makeFolder();
  const round: Script = [call("nothing", {}), usage(1_000, 10), stop("tools")];
  const first = await testBot({
    dataFolder,
    scripts: [round, round, [takeOver("other/model"), says("Done."), usage(1_000, 10), stop()]],
  });
  Object.assign(first.core.models, {
    cost: async (model: string) => (model === "other/model" ? undefined : 1),
  });
  await first.say("hi");
  expect(first.last()).toBe("Done.");
  expect(first.chat.posts.at(-1)?.answer.receipt).not.toHaveProperty("costUsd");
  await first.bot.stop();
  await first.core.store.close();
  const next = await testBot({ dataFolder, limits: { all: { usd: { day: 50 } } } });
  // Two rounds, and the call that died.
  expect(await next.core.limits.budgets("all")).toMatchObject([{ used: 3e9, held: 0 }]);
});
