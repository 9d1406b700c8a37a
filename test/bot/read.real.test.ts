import { expect, test } from "vitest";
import { novel, secretOf } from "../support/book.ts";
import { answer } from "../support/events.ts";
import { testBot } from "../support/test-core.ts";
import { webServer } from "../support/web-server.ts";

test("/read takes a page of the web as well, and says so when there is none", async () => {
  const server = await webServer(({ url }, response) => {
    if (url === "/book.txt") response.writeHead(200, { "content-type": "text/plain" }).end(novel(8, 6_000));
    else response.writeHead(404).end();
  });
  const bot = await testBot({ reach: server.reach, scripts: [answer("1"), answer("2")] });
  await bot.command("read", `${server.origin}/book.txt`);
  expect(bot.chat.posts.at(-1)?.answer.notices[0]).toMatch(/^We read .+ together: 8 chapters/u);
  expect(bot.sent()).toContain(secretOf(1));
  await bot.command("read", "next");
  expect(bot.sent()).toContain(secretOf(2));
  expect(bot.sent()).not.toContain(secretOf(3));
  await bot.command("read", `${server.origin}/gone.txt`);
  expect(bot.chat.posts.at(-1)?.answer.notices[0]).toContain("has no such page (404)");
});

test("a page is fetched for whoever a limit lets in, and for nobody else", async () => {
  let asked = 0;
  const server = await webServer((_, response) => {
    asked++;
    response.writeHead(200, { "content-type": "text/plain" }).end(novel(2));
  });
  const limits = { person: { messages: { minute: 1 } } };
  const bot = await testBot({ reach: server.reach, limits, scripts: [answer("1")] });
  await bot.say("hi");
  await bot.command("read", `${server.origin}/book.txt`);
  expect(bot.chat.posts.at(-1)?.answer.state).toBe("failed");
  expect(asked).toBe(0);
});
