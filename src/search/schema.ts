import { z } from "zod";

/** The `search` part of parlance.yaml. */

/** Those that a name is enough for, with a key or an address from the environment where they need one. */
export const backendNames = [
  "model",
  "searxng",
  "brave",
  "tavily",
  "exa",
  "serper",
  "perplexity",
  "duckduckgo",
  "wikipedia",
] as const;

/** Those that are paid for. */
export const paidBackends = ["brave", "tavily", "exa", "serper", "perplexity"] as const;

const address = z.url({ protocol: /^https?$/u });

const backend = z.union([
  z.enum(backendNames),
  z.strictObject({
    searxng: address.describe("The address of a SearXNG server."),
  }),
  z.strictObject({
    mediawiki: address.describe("The address of a MediaWiki's `api.php`."),
    name: z.string().trim().min(1).optional().describe("What people call it. Default: its host."),
  }),
]);

export const searchSchema = z
  .strictObject({
    backends: z
      .array(backend)
      .nonempty()
      .optional()
      .describe(
        "Where to search, in order; when one fails, the next is asked. `model` stands for the search of the model's own vendor, where it has one, and only in the first place; `/search`, and models without one, use the others (Wikipedia, where there are none). Default: those whose key or address is in the environment (`SEARXNG_URL`, `BRAVE_API_KEY`, `TAVILY_API_KEY`, `EXA_API_KEY`, `SERPER_API_KEY`), then `wikipedia`.",
      ),
    prices: z
      .partialRecord(z.enum(paidBackends), z.number().min(0))
      .default({})
      .describe(
        "What one search costs, in US dollars, by backend (`brave`, `tavily`, `exa`, `serper`, `perplexity`): counted with the answer. Without it, the cost under an answer says that a search is not in it, and while a limit in dollars holds the backend is left out; 0 for a plan that is free.",
      ),
    seconds: z.number().positive().default(8).describe("The longest that one of them may take."),
  })
  .prefault({})
  .describe("Searching the web: see docs/search.md.");

export type BackendEntry = z.output<typeof backend>;
