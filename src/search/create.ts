import {
  createBrave,
  createExa,
  createPerplexity,
  createSearxng,
  createSerper,
  createTavily,
} from "./backends.ts";
import { createDuckDuckGo } from "./duckduckgo.ts";
import { createMediaWiki } from "./mediawiki.ts";
import { createSearch, type SearchOptions } from "./failover.ts";
import type { paidBackends } from "./schema.ts";
import type { Search, SearchBackend } from "./search.ts";

/** One backend as it is configured. `url` of a vendor's API is its own when left out. */
export type BackendSettings =
  | { readonly kind: "searxng"; readonly url: string }
  | { readonly kind: "mediawiki"; readonly url: string; readonly name: string }
  | { readonly kind: "wikipedia" | "duckduckgo"; readonly url?: string }
  | {
      readonly kind: (typeof paidBackends)[number];
      readonly key: string;
      /** Of one search, in US dollars, where it is known. */
      readonly price?: number | undefined;
      readonly url?: string;
    };

/** The search over these backends, in this order. */
export const openSearch = (
  { backends, seconds }: { readonly backends: readonly BackendSettings[]; readonly seconds: number },
  { userAgent, ...options }: Omit<SearchOptions, "seconds"> & { readonly userAgent: string },
): Search =>
  createSearch(
    backends.map((each) => createBackend(each, userAgent)),
    { seconds, ...options },
  );

/** A backend that can be asked. `userAgent` says who asks, where a server wants to know. */
export function createBackend(settings: BackendSettings, userAgent: string): SearchBackend {
  switch (settings.kind) {
    case "searxng":
      return createSearxng(settings.url);
    case "mediawiki":
      return createMediaWiki({ name: settings.name, api: () => settings.url, userAgent });
    case "wikipedia":
      return createMediaWiki({
        name: "Wikipedia",
        api: ({ language = "en" }) => settings.url ?? `https://${wikiOf(language)}.wikipedia.org/w/api.php`,
        userAgent,
      });
    case "duckduckgo":
      return createDuckDuckGo(settings.url ?? "https://lite.duckduckgo.com");
    case "brave":
      return paid(createBrave({ url: "https://api.search.brave.com", ...settings }), settings);
    case "tavily":
      return paid(createTavily({ url: "https://api.tavily.com", ...settings }), settings);
    case "exa":
      return paid(createExa({ url: "https://api.exa.ai", ...settings }), settings);
    case "serper":
      return paid(createSerper({ url: "https://google.serper.dev", ...settings }), settings);
    case "perplexity":
      return paid(createPerplexity({ url: "https://api.perplexity.ai", ...settings }), settings);
    default:
      throw settings satisfies never;
  }
}

const paid = (backend: SearchBackend, { price }: { readonly price?: number | undefined }): SearchBackend => ({
  ...backend,
  price: price ?? "unknown",
});

/** A code is a part of the address: nothing else may become one. */
const wikiOf = (language: string): string => /^[a-z]{2,3}(?=$|-)/u.exec(language.toLowerCase())?.[0] ?? "en";
