import { z } from "zod";
import { askJson, unreadable } from "./json.ts";
import { mostFound } from "./backends.ts";
import { plainText } from "./plain.ts";
import type { Found, SearchBackend, SearchQuery } from "./search.ts";

const answer = z.object({
  error: z.unknown().optional(),
  query: z
    .object({
      pages: z.array(
        z.object({
          title: z.string(),
          index: z.number().optional(),
          fullurl: z.url(),
          extract: z.string().optional(),
          touched: z.string().optional(),
        }),
      ),
    })
    .optional(),
});

const snippets = z.object({
  query: z.object({
    search: z.array(z.object({ pageid: z.number(), title: z.string(), snippet: z.string() })),
  }),
});

/** The beginning of an article, in letters. */
const extractLetters = 1_200;

/** Any MediaWiki by the address of its `api.php`; `name` is for people. `userAgent` says who asks: Wikimedia wants to know. */
export function createMediaWiki({
  name,
  api,
  userAgent,
}: {
  readonly name: string;
  /** By the query's language, where there is a wiki for each. */
  readonly api: (query: SearchQuery) => string;
  readonly userAgent: string;
}): SearchBackend {
  return {
    name,
    async search(query, signal) {
      const headers = { "user-agent": userAgent, "api-user-agent": userAgent };
      const common = { action: "query", format: "json", formatversion: "2" };
      const search = query.text.slice(0, 300);
      const url = (parameters: Readonly<Record<string, string>>): string =>
        `${api(query)}?${new URLSearchParams({ ...common, ...parameters }).toString()}`;
      const ask = (parameters: Readonly<Record<string, string>>): Promise<unknown> =>
        askJson({ url: url(parameters), headers, signal });
      const parsed = answer.safeParse(
        await ask({
          generator: "search",
          gsrsearch: search,
          gsrlimit: String(mostFound),
          prop: "extracts|info",
          inprop: "url",
          exintro: "1",
          explaintext: "1",
          exlimit: "max",
          exchars: String(extractLetters),
        }),
      );
      if (!parsed.success || parsed.data.error !== undefined) throw unreadable(parsed.error);
      const pages = (parsed.data.query?.pages ?? []).toSorted(
        (one, other) => (one.index ?? 0) - (other.index ?? 0),
      );
      // A wiki without the extension for extracts gives the words around what was found.
      const lacking = pages.length > 0 && pages.every(({ extract = "" }) => extract === "");
      const around = lacking ? await readSnippets(ask, search) : new Map<string, string>();
      return pages.map(({ title, fullurl, extract }): Found => ({
        url: fullurl,
        title,
        text: plainText(extract || (around.get(title) ?? "")),
      }));
    },
  };
}

async function readSnippets(
  ask: (parameters: Readonly<Record<string, string>>) => Promise<unknown>,
  search: string,
): Promise<ReadonlyMap<string, string>> {
  const parsed = snippets.safeParse(
    await ask({ list: "search", srsearch: search, srlimit: String(mostFound) }),
  );
  return new Map(parsed.data?.query.search.map(({ title, snippet }) => [title, snippet]));
}
