import { z } from "zod";
import { mostLetters, passagesOf } from "../search/show.ts";
import type { Search } from "../search/search.ts";
import type { Tool } from "./tool.ts";

const input = z.object({
  query: z.string().min(1).max(300).describe("A few words."),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/u)
    .optional()
    .describe("To search in, such as `ko`."),
  since: z.enum(["day", "week", "month", "year"]).optional(),
});

/** Searches the web; what is found is passages to cite. */
export const createSearchTool = (search: Search): Tool<z.output<typeof input>> => ({
  name: "search",
  description: `Searches the web. Gives up to ${mostLetters} letters of each page; read_page reads on.`,
  input,
  cites: true,
  mostUsd: search.mostUsd,
  status: (words) => words.web.searching,
  async run({ query, language, since }, { signal }) {
    const asked = { text: query, ...(language !== undefined && { language }), ...(since && { since }) };
    const { backend, found, fees } = await search.search(asked, signal);
    if (found.length === 0) return { text: `${backend} found nothing. Try other words, or fewer.`, fees };
    return { text: `Found by ${backend}:`, passages: passagesOf(found), fees };
  },
});
