import { withoutEnds } from "../conversation/marks.ts";
import type { ReadPassage } from "../tools/tool.ts";
import type { Found } from "./search.ts";

/** What is given of one page, in letters: a page that matters is read by itself. */
export const mostLetters = 1_500;

/** What was found, as passages to cite. */
export const passagesOf = (found: readonly Found[]): readonly ReadPassage[] =>
  found.map(({ url, title, text, published }) => ({
    source: { url, title },
    text: withoutEnds(
      [...(published === undefined ? [] : [`(${published})`]), text.slice(0, mostLetters)].join("\n"),
    ),
  }));
