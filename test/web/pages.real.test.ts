import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { answer } from "../support/events.ts";
import { call, type Script, stop } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";
import { webServer } from "../support/web-server.ts";

const reads = (input: object): Script => [call("read_page", input), stop("tools")];
const article = (title: string, text: string): string =>
  `<!doctype html><html><head><title>${title}</title><meta name="author" content="Kim Lee"><meta property="article:published_time" content="2026-03-01T10:00:00Z"></head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${text}</article></body></html>`;

/** EUC-KR, which Node only reads. */
const korean = Buffer.concat([
  Buffer.from('<html><head><meta charset="euc-kr"><title>'),
  Buffer.from("bcadbfef", "hex"),
  Buffer.from("</title></head><body><p>"),
  Buffer.from("bcadbfefc0ba20c7d1b1b9c0c720bcf6b5b5c0ccb4d92e", "hex"),
  Buffer.from("</p></body></html>"),
]);

async function openBot(
  pages: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>>,
) {
  const server = await webServer((request, response) => {
    const page = pages[request.url ?? ""];
    if (page) response.writeHead(200, { "content-type": page.type }).end(page.body);
    else response.writeHead(404).end("nothing");
  });
  const personas = [testPersona("assistant", { tools: ["read_page"] })];
  return { server, bot: await testBot({ personas, reach: server.reach }) };
}

describe("a page is read", () => {
  test("with its title, author and date, without what stands around it, and once for a while", async () => {
    const body = article(
      "Tall towers",
      "<p>The tower is 330 metres tall.<sup><a href='#n1'>[1]</a></sup></p>".repeat(3),
    );
    const { bot, server } = await openBot({ "/a": { type: "text/html", body } });
    const url = `${server.origin}/a#part`;
    bot.model.play(reads({ url }), answer("Yes."), reads({ url }), answer("Still."));
    await bot.say(`What does ${url} say?`);
    const sent = bot.sent();
    expect(sent).toContain("Author: Kim Lee");
    expect(sent).toContain("Published: 2026-03-01");
    expect(sent).toContain("330 metres tall.\\n");
    expect(sent).not.toMatch(/Home|\[1\]/u);
    await bot.say("Look again.");
    expect(server.asked.filter((path) => path === "/a")).toHaveLength(1);
  });

  test("in whatever encoding it names, and as plain text", async () => {
    const { bot, server } = await openBot({
      "/ko": { type: "text/html", body: korean },
      "/notes.txt": { type: "text/plain; charset=utf-8", body: "Milk, bread and honey." },
    });
    const at = (path: string): string => `${server.origin}${path}`;
    bot.model.play(
      reads({ url: at("/ko") }),
      answer("Yes."),
      reads({ url: at("/notes.txt") }),
      answer("Yes."),
    );
    await bot.say(`Read ${at("/ko")}`);
    expect(bot.sent()).toContain("서울은 한국의 수도이다.");
    await bot.say(`Read ${at("/notes.txt")}`);
    expect(bot.sent()).toContain("Milk, bread and honey.");
  });

  test("by what fits a query where it is long, and on from there part by part", async () => {
    const paragraphs = Array.from(
      { length: 120 },
      (_, index) =>
        `<p>Paragraph ${index} says nothing of note about anything, at some length, so that the page is a long one${index === 77 ? ", but for the zebra in the garden" : ""}. ${"Words follow words. ".repeat(8)}</p>`,
    );
    const { bot, server } = await openBot({
      "/long": { type: "text/html", body: article("Long", paragraphs.join("")) },
    });
    const url = `${server.origin}/long`;
    bot.model.play(reads({ url, query: "zebra garden" }), reads({ url, part: 2 }), answer("There."));
    await bot.say(`Where is the zebra on ${url}?`);
    const [found, second] = bot.model.requests
      .slice(1)
      .map(({ messages }) => JSON.stringify(messages.at(-1)));
    expect(found).toContain("the zebra in the garden");
    expect(found).toMatch(/All of it: part 1 to \d+/u);
    expect(second).toMatch(/this is part 2 of \d+/u);
    expect(second).not.toContain("Paragraph 0 says");
  });
});

describe("a hostile page is one sentence, and the bot answers the next message", () => {
  test.each<[string, (response: ServerResponse) => void, RegExp]>([
    [
      "an endless body",
      (response) => {
        const more = (): void => {
          while (response.write("x".repeat(65_536)));
          response.once("drain", more);
        };
        more();
      },
      /is larger than 1 MB/u,
    ],
    [
      "a redirect to a private address",
      (response) =>
        void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
      /169\.254\.169\.254 is not on the public internet/u,
    ],
    [
      "DNS that changes",
      (response) => void response.writeHead(302, { location: "http://rebound.test/" }).end(),
      /rebound\.test is not on the public internet/u,
    ],
    [
      "50,000 nested elements",
      (response) => void response.writeHead(200, { "content-type": "text/html" }).end("<div>".repeat(50_000)),
      /I found no text on the page/u,
    ],
  ])(
    "%s",
    async (_, give, sentence) => {
      const asked: string[] = [];
      const server = await webServer(
        (request, response) => {
          if (request.url === "/robots.txt") response.writeHead(404).end();
          else give(response);
        },
        // The first answer is the test's own server; once it was connected to, the name moves.
        async (host) => {
          asked.push(host);
          return [
            { address: asked.length === 1 && host !== "rebound.test" ? "127.0.0.1" : "10.0.0.1", family: 4 },
          ];
        },
      );
      const personas = [testPersona("assistant", { tools: ["read_page"] })];
      const bot = await testBot({ personas, reach: server.reach });
      const url = `${server.origin}/`;
      bot.model.play(reads({ url }), answer("I could not read it."), answer("Here I am."));
      await bot.say(`Read ${url}`);
      expect(bot.sent()).toMatch(sentence);
      await bot.say("Still there?");
      expect(bot.last()).toBe("Here I am.");
    },
    20_000,
  );
});
