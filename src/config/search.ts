import { UserError } from "../errors.ts";
import type { BackendEntry } from "../search/schema.ts";
import type { BackendSettings } from "../search/create.ts";
import type { Variables } from "../yaml/variables.ts";
import { conceal } from "./conceal.ts";

/** Where search looks, in order. */
export interface SearchPlan {
  /** The vendor's own search goes first, for models that have one. */
  readonly byModel: boolean;
  readonly backends: readonly BackendSettings[];
  readonly seconds: number;
}

/** The paid backends that a limit in dollars leaves out, for nobody told their price: each as a sentence that says what to do. */
export const unpricedSearches = ({ backends }: Pick<SearchPlan, "backends">): readonly string[] =>
  backends
    .filter((backend) => "key" in backend && backend.price === undefined)
    .map(
      ({ kind }) =>
        `limits: a limit in dollars leaves out the search by ${kind}, for its price is not known. Write what one search costs under search.prices.${kind}, in US dollars; 0 for a plan that is free.`,
    );

const keyNames = {
  brave: ["BRAVE_API_KEY", "BRAVE_SEARCH_API_KEY"],
  tavily: ["TAVILY_API_KEY"],
  exa: ["EXA_API_KEY"],
  serper: ["SERPER_API_KEY"],
  perplexity: ["PERPLEXITY_API_KEY", "PPLX_API_KEY"],
} as const;
type Keyed = keyof typeof keyNames;
type Prices = Readonly<Partial<Record<Keyed, number>>>;

/** Looked for by themselves; Perplexity's key is there for its models. */
const byThemselves: readonly Exclude<Keyed, "perplexity">[] = ["brave", "tavily", "exa", "serper"];

/** The configured backends with their keys and addresses. Throws UserError for one that lacks its own. */
export function gatherSearch(
  {
    backends,
    prices,
    seconds,
  }: {
    readonly backends?: readonly BackendEntry[] | undefined;
    readonly prices: Prices;
    readonly seconds: number;
  },
  variables: Variables,
): SearchPlan {
  const entries = backends ?? defaultBackends(variables);
  if (entries.lastIndexOf("model") > 0)
    throw new UserError("search.backends: `model` can only stand first, for its search is the model's own.");
  const others = entries.filter((entry) => entry !== "model");
  return {
    byModel: others.length < entries.length,
    seconds,
    // Models without a search of their own, and `/search`, need one all the same.
    backends: (others.length > 0 ? others : (["wikipedia"] as const)).map((entry) =>
      complete(entry, { variables, prices }),
    ),
  };
}

function defaultBackends(variables: Variables): readonly BackendEntry[] {
  return [
    ...(variables["SEARXNG_URL"] ? (["searxng"] as const) : []),
    ...byThemselves.filter((kind) => keyOf(kind, variables)),
    "wikipedia",
  ];
}

const keyOf = (kind: Keyed, variables: Variables): string | undefined =>
  keyNames[kind].map((name) => variables[name]).find(Boolean);

function complete(
  entry: Exclude<BackendEntry, "model">,
  { variables, prices }: { readonly variables: Variables; readonly prices: Prices },
): BackendSettings {
  if (typeof entry === "object")
    return "searxng" in entry
      ? { kind: "searxng", url: entry.searxng }
      : { kind: "mediawiki", url: entry.mediawiki, name: entry.name ?? new URL(entry.mediawiki).hostname };
  if (entry === "duckduckgo" || entry === "wikipedia") return { kind: entry };
  if (entry === "searxng") {
    const url = variables["SEARXNG_URL"] ?? "";
    if (/^https?:/u.test(url) && URL.canParse(url)) return { kind: entry, url };
    throw new UserError(
      "search.backends names searxng: set SEARXNG_URL to its address, or write `searxng: http://…` there.",
    );
  }
  const key = keyOf(entry, variables);
  if (key === undefined)
    throw new UserError(`search.backends names ${entry}: set ${keyNames[entry][0]}, or take it out.`);
  const price = prices[entry];
  return conceal<BackendSettings & { readonly key: string }>(
    { kind: entry, key, ...(price !== undefined && { price }) },
    ["key"],
  );
}
