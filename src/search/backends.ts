import { z } from "zod";
import { askJson, unreadable } from "./json.ts";
import { plainText } from "./plain.ts";
import type { Found, SearchBackend, SearchQuery } from "./search.ts";

/** As many as a model reads with profit. */
export const mostFound = 8;

const text = z.string().nullish();
const days = { day: 1, week: 7, month: 31, year: 366 } as const;

/** A backend's answer as what was found; what has no address is none. */
function read<Answer>(
  schema: z.ZodType<Answer>,
  answer: unknown,
  list: (answer: Answer) => readonly Entry[],
): readonly Found[] {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw unreadable(parsed.error);
  return list(parsed.data)
    .flatMap(({ url, title, text: said, published }): Found[] =>
      url && URL.canParse(url)
        ? [
            {
              url,
              title: plainText(title || url),
              text: plainText(said ?? ""),
              ...(published && { published: published.slice(0, 10) }),
            },
          ]
        : [],
    )
    .slice(0, mostFound);
}

interface Entry {
  readonly url?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly published?: string | null | undefined;
}

const withParameters = (url: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) whole.searchParams.set(name, value);
  return whole.href;
};

const searxngAnswer = z.object({
  results: z.array(z.object({ url: text, title: text, content: text, publishedDate: text })),
});

/** A SearXNG server, whose `search.formats` must have `json`. */
export const createSearxng = (url: string): SearchBackend => ({
  name: "SearXNG",
  async search(query: SearchQuery, signal) {
    const answer = await askJson({
      url: withParameters(new URL("search", url.endsWith("/") ? url : `${url}/`).href, {
        q: query.text,
        format: "json",
        language: query.language,
        time_range: query.since === "week" ? "month" : query.since,
      }),
      signal,
    });
    return read(searxngAnswer, answer, ({ results }) =>
      results.map(({ url, title, content, publishedDate }) => ({
        url,
        title,
        text: content,
        published: publishedDate,
      })),
    );
  },
});

/** Where a vendor's API is, and the key for it. */
export interface Vendor {
  readonly key: string;
  readonly url: string;
}

const braveAnswer = z.object({
  web: z
    .object({
      results: z.array(
        z.object({
          url: text,
          title: text,
          description: text,
          page_age: text,
          extra_snippets: z.array(z.string()).nullish(),
        }),
      ),
    })
    .nullish(),
});

export const createBrave = ({ key, url }: Vendor): SearchBackend => ({
  name: "Brave",
  async search(query, signal) {
    const freshness = query.since && { day: "pd", week: "pw", month: "pm", year: "py" }[query.since];
    const answer = await askJson({
      url: withParameters(`${url}/res/v1/web/search`, {
        q: query.text.slice(0, 400),
        count: String(mostFound),
        extra_snippets: "true",
        search_lang: query.language === "zh" ? "zh-hans" : query.language === "ja" ? "jp" : query.language,
        freshness,
      }),
      headers: { "x-subscription-token": key },
      signal,
    });
    return read(braveAnswer, answer, ({ web }) =>
      (web?.results ?? []).map(({ url, title, description, page_age, extra_snippets }) => ({
        url,
        title,
        text: [description, ...(extra_snippets ?? [])].filter(Boolean).join("\n"),
        published: page_age,
      })),
    );
  },
});

const tavilyAnswer = z.object({
  results: z.array(z.object({ url: text, title: text, content: text, published_date: text })),
});

export const createTavily = ({ key, url }: Vendor): SearchBackend => ({
  name: "Tavily",
  async search(query, signal) {
    const answer = await askJson({
      url: `${url}/search`,
      headers: { authorization: `Bearer ${key}` },
      body: { query: query.text, max_results: mostFound, ...(query.since && { time_range: query.since }) },
      signal,
    });
    return read(tavilyAnswer, answer, ({ results }) =>
      results.map(({ url, title, content, published_date }) => ({
        url,
        title,
        text: content,
        published: published_date,
      })),
    );
  },
});

const exaAnswer = z.object({
  results: z.array(
    z.object({
      url: text,
      title: text,
      text,
      publishedDate: text,
      highlights: z.array(z.string()).nullish(),
    }),
  ),
});

export const createExa = ({ key, url }: Vendor): SearchBackend => ({
  name: "Exa",
  async search(query, signal) {
    const from = query.since && new Date(Date.now() - days[query.since] * 86_400_000).toISOString();
    const answer = await askJson({
      url: `${url}/search`,
      headers: { "x-api-key": key },
      body: {
        query: query.text,
        numResults: mostFound,
        contents: { text: { maxCharacters: 1_500 } },
        ...(from && { startPublishedDate: from }),
      },
      signal,
    });
    return read(exaAnswer, answer, ({ results }) =>
      results.map(({ url, title, text, highlights, publishedDate }) => ({
        url,
        title,
        text: text || (highlights ?? []).join("\n"),
        published: publishedDate,
      })),
    );
  },
});

const serperAnswer = z.object({
  organic: z.array(z.object({ link: text, title: text, snippet: text, date: text })).nullish(),
});

export const createSerper = ({ key, url }: Vendor): SearchBackend => ({
  name: "Serper",
  async search(query, signal) {
    const answer = await askJson({
      url: `${url}/search`,
      headers: { "x-api-key": key },
      body: {
        q: query.text,
        num: mostFound,
        ...(query.language && { hl: query.language }),
        ...(query.since && { tbs: `qdr:${query.since[0]}` }),
      },
      signal,
    });
    // Its dates are words such as "3 days ago": they say nothing once they are kept.
    return read(serperAnswer, answer, ({ organic }) =>
      (organic ?? []).map(({ link, title, snippet }) => ({ url: link, title, text: snippet })),
    );
  },
});

const perplexityAnswer = z.object({
  results: z.array(z.object({ url: text, title: text, snippet: text, date: text })),
});

export const createPerplexity = ({ key, url }: Vendor): SearchBackend => ({
  name: "Perplexity",
  async search(query, signal) {
    const answer = await askJson({
      url: `${url}/search`,
      headers: { authorization: `Bearer ${key}` },
      body: {
        query: query.text,
        max_results: mostFound,
        ...(query.since && { search_recency_filter: query.since }),
      },
      signal,
    });
    return read(perplexityAnswer, answer, ({ results }) =>
      results.map(({ url, title, snippet, date }) => ({ url, title, text: snippet, published: date })),
    );
  },
});
