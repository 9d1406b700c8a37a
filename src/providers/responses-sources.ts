import type { Source } from "../message.ts";
import type { StreamEvent } from "./provider.ts";

/** A citation of OpenAI's own search: the text links to its page. */
export function* foundInAnnotation(annotation: unknown, by: string): Generator<StreamEvent> {
  const { type, url, title } = fieldsOf(annotation);
  if (type !== "url_citation" || typeof url !== "string") return;
  yield { type: "source", found: { source: sourceOf(url, title, by) } };
}

/** What Perplexity's own search found: the text names it by its number in brackets. */
export function* foundInResults(item: unknown, by: string): Generator<StreamEvent> {
  const { type, results } = fieldsOf(item);
  if (type !== "search_results" || !Array.isArray(results)) return;
  for (const { id, url, title, snippet } of results.map(fieldsOf)) {
    if (typeof url !== "string") continue;
    const quote = typeof snippet === "string" && snippet !== "" ? { quote: snippet } : {};
    const number = typeof id === "number" ? { number: id } : {};
    yield { type: "source", found: { source: sourceOf(url, title, by), ...quote, ...number } };
  }
}

function sourceOf(address: string, title: unknown, by: string): Source {
  return { url: withoutReferrer(address), ...(typeof title === "string" && title !== "" && { title }), by };
}

/** OpenAI says in an address that the visitor comes from it. */
const withoutReferrer = (address: string): string =>
  address.replace(/[?&]utm_source=(?:openai|chatgpt\.com)(?=$|#)/u, "");

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
