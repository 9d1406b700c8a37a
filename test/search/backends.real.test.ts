import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { type BackendSettings, createBackend } from "../../src/search/create.ts";
import { createSearch } from "../../src/search/failover.ts";
import type { SearchQuery } from "../../src/search/search.ts";

interface Heard {
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

type Say = (heard: Heard) => { readonly status?: number; readonly text: string } | "silence";

const json = (value: unknown): { readonly text: string } => ({ text: JSON.stringify(value) });

/** A server of a search vendor, which keeps what it was asked. */
async function vendor(say: Say): Promise<{ readonly url: string; readonly heard: readonly Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = [];
    request.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const one = {
        url: new URL(request.url ?? "", "http://vendor"),
        headers: request.headers,
        body: text === "" ? undefined : (JSON.parse(text) as unknown),
      };
      heard.push(one);
      const said = say(one);
      if (said !== "silence") response.writeHead(said.status ?? 200).end(said.text);
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

const signal = new AbortController().signal;
const query: SearchQuery = { text: "tall towers", language: "ko", since: "month" };
const ask = (settings: BackendSettings, asked: SearchQuery = query) =>
  createBackend(settings, "Parlance/test").search(asked, signal);

const one = { url: "https://example.org/towers", title: "Tall towers" };

describe("each backend is asked as it wants, and read as it answers", () => {
  test("SearXNG", async () => {
    const { url, heard } = await vendor(() =>
      json({
        query: "tall towers",
        results: [
          {
            ...one,
            content: "330 m &amp; more",
            publishedDate: "2026-03-01T00:00:00",
            engine: "x",
            score: 1,
          },
          { url: "not an address", title: "Broken", content: "" },
          { url: "https://example.org/2", title: null, content: null },
        ],
      }),
    );
    expect(await ask({ kind: "searxng", url: `${url}/searx` })).toEqual([
      { ...one, text: "330 m & more", published: "2026-03-01" },
      { url: "https://example.org/2", title: "https://example.org/2", text: "" },
    ]);
    expect(heard[0]?.url.pathname).toBe("/searx/search");
    expect(Object.fromEntries(heard[0]?.url.searchParams ?? [])).toEqual({
      q: "tall towers",
      format: "json",
      language: "ko",
      time_range: "month",
    });
  });

  test.each<[BackendSettings["kind"], unknown, string, unknown]>([
    [
      "brave",
      {
        web: { results: [{ ...one, description: "<strong>330</strong> m", extra_snippets: ["In Paris."] }] },
      },
      "330 m\nIn Paris.",
      { "x-subscription-token": "key" },
    ],
    [
      "tavily",
      { results: [{ ...one, content: "330 m", score: 0.9 }] },
      "330 m",
      { authorization: "Bearer key" },
    ],
    [
      "exa",
      { results: [{ ...one, id: "1", text: "330 m", publishedDate: null }] },
      "330 m",
      { "x-api-key": "key" },
    ],
    [
      "serper",
      { organic: [{ link: one.url, title: one.title, snippet: "330 m", position: 1, date: "3 days ago" }] },
      "330 m",
      { "x-api-key": "key" },
    ],
    [
      "perplexity",
      { results: [{ ...one, snippet: "330 m", date: null, last_updated: null }] },
      "330 m",
      { authorization: "Bearer key" },
    ],
  ])("%s", async (kind, answer, text, headers) => {
    const { url, heard } = await vendor(() => json(answer));
    expect(await ask({ kind, key: "key", url } as BackendSettings)).toEqual([{ ...one, text }]);
    expect(heard[0]?.headers).toMatchObject(headers as object);
    const asked = JSON.stringify(heard[0]?.body ?? heard[0]?.url.searchParams.get("q"));
    expect(asked).toContain("tall towers");
  });

  test("DuckDuckGo", async () => {
    const link = `//duckduckgo.com/l/?uddg=${encodeURIComponent(one.url)}&amp;rut=abc`;
    const ad = "https://duckduckgo.com/y.js?ad_domain=shop.example";
    const { url, heard } = await vendor(() => ({
      text: `<html><table>
        <tr><td>1.&nbsp;</td><td><a rel="nofollow" href="${ad}" class='result-link'>Buy towers</a></td></tr>
        <tr><td class='result-snippet'>Cheap.</td></tr>
        <tr><td>2.&nbsp;</td><td><a rel="nofollow" href="${link}" class='result-link'>Tall <b>towers</b></a></td></tr>
        <tr><td>&nbsp;</td><td class='result-snippet'>The <b>tower</b> is 330&#x20;m tall.</td></tr>
      </table></html>`,
    }));
    expect(await ask({ kind: "duckduckgo", url })).toEqual([{ ...one, text: "The tower is 330 m tall." }]);
    expect(heard[0]?.url.searchParams.get("df")).toBe("m");
    const asksWho = await vendor(() => ({ text: "<html>Select all squares with ducks</html>" }));
    await expect(ask({ kind: "duckduckgo", url: asksWho.url })).rejects.toThrow("it turned me away");
  });

  test("Wikipedia, in the language of the question, and any MediaWiki without extracts", async () => {
    const wiki = "https://ko.wikipedia.org/wiki/탑";
    const pages = [
      { pageid: 2, title: "둘", index: 2, fullurl: `${wiki}2`, extract: "두 번째." },
      { pageid: 1, title: "하나", index: 1, fullurl: `${wiki}1`, extract: "첫 번째." },
    ];
    const { url, heard } = await vendor(() => json({ batchcomplete: true, query: { pages } }));
    expect(
      (await ask({ kind: "wikipedia", url: `${url}/w/api.php` })).map(({ title, text }) => [title, text]),
    ).toEqual([
      ["하나", "첫 번째."],
      ["둘", "두 번째."],
    ]);
    expect(heard[0]?.headers["user-agent"]).toBe("Parlance/test");
    expect(heard[0]?.url.searchParams.get("gsrsearch")).toBe("tall towers");

    const bare = await vendor(({ url: asked }) =>
      asked.searchParams.get("list") === "search"
        ? json({ query: { search: [{ pageid: 1, title: "하나", snippet: "a <span>tall</span> tower" }] } })
        : json({ query: { pages: [{ pageid: 1, title: "하나", index: 1, fullurl: `${wiki}1` }] } }),
    );
    const settings = { kind: "mediawiki", name: "Our wiki", url: `${bare.url}/api.php` } as const;
    expect(await ask(settings)).toEqual([{ url: `${wiki}1`, title: "하나", text: "a tall tower" }]);
  });
});

describe("with several backends", () => {
  const found: Say = () => json({ query: { pages: [{ title: "T", fullurl: one.url, extract: "330 m" }] } });
  const log = createLog("silent");

  test("the next answers where one is down, one is slow and one makes no sense; and the same question asks nobody again", async () => {
    const down = await vendor(() => "silence");
    const slow = await vendor(() => "silence");
    const malformed = await vendor(() => ({ text: "<html>Welcome to nginx!</html>" }));
    const wiki = await vendor(found);
    const search = createSearch(
      [
        createBackend({ kind: "searxng", url: "http://127.0.0.1:9" }, "test"),
        createBackend({ kind: "searxng", url: slow.url }, "test"),
        createBackend({ kind: "mediawiki", name: "Broken wiki", url: malformed.url }, "test"),
        createBackend({ kind: "mediawiki", name: "Our wiki", url: wiki.url }, "test"),
      ],
      { seconds: 0.3, log },
    );
    expect(await search.search({ text: "towers" }, signal)).toMatchObject({
      backend: "Our wiki",
      found: [{ url: one.url, text: "330 m" }],
    });
    await search.search({ text: " Towers " }, signal);
    expect(wiki.heard).toHaveLength(1);
    expect(down.heard).toHaveLength(0);
  });

  test("none of them working is one sentence with every reason and no key", async () => {
    const refuses = await vendor(() => ({ status: 403, text: "" }));
    const tired = await vendor(() => ({ status: 429, text: "" }));
    const slow = await vendor(() => "silence");
    const search = createSearch(
      [
        createBackend({ kind: "brave", key: "secret-key", url: refuses.url }, "test"),
        createBackend({ kind: "tavily", key: "secret-key", url: tired.url }, "test"),
        createBackend({ kind: "searxng", url: slow.url }, "test"),
        createBackend({ kind: "searxng", url: "http://127.0.0.1:9" }, "test"),
      ],
      { seconds: 0.3, log },
    );
    await expect(search.search({ text: "towers" }, signal)).rejects.toThrow(
      "I can't search right now (Brave: it refuses the key (403); Tavily: its limit is used up for now (429); SearXNG: no answer within 0.3 s; SearXNG: it can't be reached).",
    );
  });
});
