import { join } from "node:path";
import { expect, test } from "vitest";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { startParlance } from "../support/process.ts";
import { until } from "../support/until.ts";

test("what is written on Discord between two processes is answered by the second, once", async () => {
  const discord = await startDiscordEmulator();
  const cwd = makeFolder({ "parlance.yaml": "access: { servers: open, directMessages: open }\n" });
  const environment = { ...discord.environment, PARLANCE_DATA: join(cwd, "data") };
  const answers = (place: "channel" | "dm") =>
    discord.seen(place).filter(({ fromBot, text }) => fromBot && text.includes("the demo"));
  const ask = async (text: string): Promise<void> => {
    await discord.say({ text, place: "channel", mention: true });
    await discord.say({ text });
  };
  const first = startParlance(environment, cwd);
  await discord.ready();
  await ask("one");
  await until("both are answered", () => answers("channel").length === 1 && answers("dm").length === 1);
  expect((await first.end()).code).toBe(0);
  await ask("two");
  const second = startParlance(environment, cwd);
  await until("both are answered", () => answers("channel").length === 2 && answers("dm").length === 2);
  process.kill(second.pid, "SIGKILL");
  await second.ended;
  await ask("three");
  const third = startParlance(environment, cwd);
  await until("both are answered", () => answers("channel").length >= 3 && answers("dm").length >= 3);
  await third.end();
  expect([answers("channel").length, answers("dm").length]).toEqual([3, 3]);
  expect(discord.complaints).toEqual([]);
  await discord.stop();
});
