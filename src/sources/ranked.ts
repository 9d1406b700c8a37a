import MiniSearch from "minisearch";
import { termsOf } from "../text/terms.ts";

/** The texts that have something of the query, by their places, those that fit it best first (BM25). */
export function ranked(texts: readonly string[], query: string): readonly number[] {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ["text"],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: { prefix: (term) => term.length > 3 },
  });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return index.search(query).map(({ id }) => Number(id));
}
