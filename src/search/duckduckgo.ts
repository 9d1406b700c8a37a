import { askText } from "./json.ts";
import { mostFound } from "./backends.ts";
import { plainText } from "./plain.ts";
import type { Found, SearchBackend } from "./search.ts";
import { UserError } from "../errors.ts";

const result =
  /<a\b(?=[^>]*class=["'][^"']*\bresult-link\b)[^>]*href=["']([^"']+)["'][^>]*>([^]*?)<\/a>([^]*?)(?=<a\b[^>]*class=["'][^"']*\bresult-link\b|<\/table>|$)/giu;
const hrefFirst =
  /<a\b[^>]*href=["']([^"']+)["'][^>]*class=["'][^"']*\bresult-link\b[^"']*["'][^>]*>([^]*?)<\/a>/giu;
const snippet = /class=["']result-snippet["'][^>]*>([^]*?)<\/td>/iu;

/** The page for browsers without scripts: there is no API, and it sends away who asks too often. */
export const createDuckDuckGo = (url: string): SearchBackend => ({
  name: "DuckDuckGo",
  async search({ text, since }, signal) {
    const asked = new URL("/lite/", url);
    asked.searchParams.set("q", text);
    if (since) asked.searchParams.set("df", since.slice(0, 1));
    const page = await askText({ url: asked.href, headers: { accept: "text/html" }, signal });
    const found = readResults(page);
    // Where nothing is found it says so; a page with neither asks whether one is human.
    if (found.length === 0 && !/no (?:more )?results/iu.test(page))
      throw new UserError(({ search }) => search.turnedAway);
    return found.slice(0, mostFound);
  },
});

function readResults(page: string): readonly Found[] {
  const matches = [...page.matchAll(result)];
  const anchors = matches.length > 0 ? matches : [...page.matchAll(hrefFirst)];
  return anchors.flatMap((match, index): Found[] => {
    const [, href = "", title = ""] = match;
    const next = anchors[index + 1]?.index ?? page.length;
    const [, said = ""] = snippet.exec(page.slice(match.index, next)) ?? [];
    const address = targetOf(plainText(href));
    return address === undefined ? [] : [{ url: address, title: plainText(title), text: plainText(said) }];
  });
}

/** Its links go through a page of its own; those of advertisements lead elsewhere. */
function targetOf(href: string): string | undefined {
  const link = URL.parse(href, "https://duckduckgo.com");
  if (!link) return undefined;
  const target = link.hostname.endsWith("duckduckgo.com") ? link.searchParams.get("uddg") : link.href;
  return target !== null && /^https?:/u.test(target) && !target.includes("duckduckgo.com/y.js")
    ? target
    : undefined;
}
