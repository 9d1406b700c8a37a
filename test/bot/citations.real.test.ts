import { eventually } from "../support/eventually.ts";
import { describe, expect, test } from "vitest";
import { answer } from "../support/events.ts";
import { call, say, type Script, stop } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";
import { webServer } from "../support/web-server.ts";

const page = (title: string, ...paragraphs: string[]): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><article><h1>${title}</h1>${paragraphs
    .map((each) => `<p>${each}</p>`)
    .join("")}</article></body></html>`;

const towers = page(
  "Tall towers",
  "The Eiffel Tower is 330 metres tall. It was completed in 1889 and stands on the Champ de Mars in Paris, where some six million people visit it every year.",
  "Gustave Eiffel’s company built it. At first many artists called it “useless and monstrous”, and it was meant to stand for twenty years only.",
);

async function openBot(...scripts: Script[]) {
  const server = await webServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.url === "/towers") response.end(towers);
    else response.writeHead(404).end();
  });
  const personas = [testPersona("assistant", { tools: ["read_page"] })];
  const bot = await testBot({ personas, reach: server.reach, scripts, settings: { footer: "short" } });
  return { bot, server, url: `${server.origin}/towers` };
}

const reads = (url: string): Script => [call("read_page", { url }), stop("tools")];

describe("citations that are true", () => {
  test("the one that is stays, with its page and passage; what is invented or misquoted is taken out and told", async () => {
    const { bot, url } = await openBot();
    bot.model.play(
      reads(url),
      answer(
        [
          'The tower is 330 metres tall [s1 "The Eiffel Tower is 330 metres tall"].',
          'It opened in 1887 [s1 "It was completed in 1887 and stands"].',
          "It sways in the wind [s7].",
          "Artists called it “a triumph of our age and of iron” [s1].",
          "Its lifts are fast ([the makers](https://lifts.example/fast), see also [the page](" + url + ")).",
        ].join("\n"),
      ),
    );
    await bot.say(`How tall is it? ${url}`);
    const shown = bot.chat.posts.at(-1)?.answer;
    expect(shown?.text).toBe(
      [
        "The tower is 330 metres tall [1].",
        "It opened in 1887.",
        "It sways in the wind.",
        "Artists called it “a triumph of our age and of iron”.",
        `Its lifts are fast ([the makers](https://lifts.example/fast) (not opened), see also [the page](${url})).`,
      ].join("\n"),
    );
    expect(shown?.sources).toEqual([{ url, title: "Tall towers" }]);
    expect(shown?.receipt?.findings).toEqual({
      unsourced: ["It sways in the wind"],
      misquoted: ["It opened in 1887", "Artists called it “a triumph of our age and of iron”"],
      unread: 1,
      contradicted: [],
    });
    const [first] = shown?.actions ?? [];
    expect(first?.label).toBe("Passages");

    await bot.command("sources", first?.token.replace("run:sources ", ""));
    expect(bot.last()).toMatch(/\*\*\[1\]\*\* \[Tall towers\]\(<http[^>]+>\) \(127\.0\.0\.1\)\n\n> /u);
    expect(bot.last()).toContain("**The Eiffel Tower is 330 metres tall**. It was completed in 1889");
  });

  test("while it grows nobody sees a citation, and it is kept as it was shown", async () => {
    const { bot, url } = await openBot();
    const text = 'It is 330 metres tall [s1 "is 330 metres tall. It was completed"], they say.';
    const pause = Promise.withResolvers<void>();
    const halves = [say(text.slice(0, 30)), pause.promise, say(text.slice(30)), pause.promise, stop()];
    bot.model.play(reads(url), halves, answer("Yes."));
    const asking = bot.say(`How tall is it? ${url}`);
    await eventually(() => expect(bot.last() !== "").toBe(true));
    pause.resolve();
    await asking;
    const versions = bot.chat.posts.flatMap(({ versions }) => versions.map((version) => version.text));
    expect(versions[0]).toBe("It is 330 metres tall");
    for (const version of versions) expect(version).not.toMatch(/s1|"is/u);
    expect(bot.last()).toBe("It is 330 metres tall [1], they say.");
    await bot.say("Sure?");
    expect(bot.sent()).toContain("It is 330 metres tall [1], they say.");
    expect(bot.sent()).not.toContain('completed\\"],');
  });
});
