import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { makeFolder } from "../support/folder.ts";
import { call, say as says, type Script, stop, takeOver, usage } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

test("what is known of a cost counts also where another call of the answer has no price", async () => {
  const dataFolder = makeFolder();
  const round: Script = [call("nothing", {}), usage(1_000, 10), stop("tools")];
  const first = await testBot({
    dataFolder,
    scripts: [round, round, [...takeOver("other/model"), says("Done."), usage(1_000, 10), stop()]],
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

test("a stop while a tool runs loses nothing of what another tool of that round cost", async () => {
  const tool = { description: "Works.", input: z.object({}), status: "working" };
  const running = Promise.withResolvers<void>();
  const bot = await testBot({
    limits: { all: { usd: { day: 50 } } },
    personas: [testPersona("assistant", { tools: ["paid", "slow"] })],
    tools: [
      { ...tool, name: "paid", run: async () => ({ text: "Paid.", fees: { usd: 1, unpriced: 0 } }) },
      {
        ...tool,
        name: "slow",
        run: (_, { signal }) => {
          running.resolve();
          return new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason as Error));
          });
        },
      },
    ],
    scripts: [[call("paid", {}), call("slow", {}), usage(10, 10), stop("tools")]],
  });
  const question = bot.say("hi");
  await running.promise;
  await sleep(10);
  await bot.command("stop");
  await question;
  expect(await bot.core.limits.budgets("all")).toMatchObject([{ used: 1.001e9, held: 0 }]);
});
