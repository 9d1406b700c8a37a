import { UserError } from "../errors.ts";
import { pause } from "../pause.ts";
import type { Fetch, Fetched, FetchOptions } from "./fetch.ts";
import { createRemembered } from "./remembered.ts";
import { readRobots } from "./robots.ts";

/** How a site is asked. */
export interface PoliteOptions {
  readonly fetch: Fetch;
  /** The name that robots.txt may call it by. */
  readonly robotName: string;
  /** The least time between two requests to one host, in milliseconds. */
  readonly spacingMs: number;
}

interface Rules {
  allows(url: URL): boolean;
  /** What the site asks for, in milliseconds. */
  readonly spacingMs: number;
}

const hourMs = 3_600_000;
/** No site may hold somebody up for longer. */
const longestSpacingMs = 5_000;
const anything: Rules = { allows: () => true, spacingMs: 0 };
const nothing: Rules = { allows: () => false, spacingMs: 0 };

/** A fetch that asks robots.txt before every page and leaves a host its time. */
export function createPoliteFetch({ fetch, robotName, spacingMs }: PoliteOptions): Fetch {
  const rules = createRemembered<Rules>({ most: 500, bytes: Infinity, forMs: 6 * hourMs });
  const free = new Map<string, number>();

  async function rulesOf(url: URL, { signal }: FetchOptions): Promise<Rules> {
    const known = rules.get(url.origin);
    if (known) return known.value;
    const found = await readRules(url, robotName, (address) =>
      fetch(address, { signal, maxBytes: 500_000, deadlineMs: 5_000, accept: "text/plain" }),
    );
    rules.set(url.origin, found);
    return found;
  }

  /** One after the other, as the clock of each host says. */
  async function wait(host: string, spacing: number, signal: AbortSignal): Promise<void> {
    const now = Date.now();
    if (free.size > 1_000) for (const [each, at] of free) if (at < now) free.delete(each);
    const at = Math.max(now, free.get(host) ?? 0);
    free.set(host, at + spacing);
    await pause(at - now, signal);
  }

  return (address, options) =>
    fetch(address, {
      ...options,
      async allow(url) {
        const site = await rulesOf(url, options);
        if (!site.allows(url)) throw new UserError(({ web }) => web.noRobots(url.hostname));
        await wait(url.host, Math.max(spacingMs, Math.min(site.spacingMs, longestSpacingMs)), options.signal);
      },
    });
}

/** By RFC 9309: without rules all is allowed; where the server fails, nothing is. */
async function readRules(
  url: URL,
  robotName: string,
  get: (address: string) => Promise<Fetched>,
): Promise<Rules> {
  const address = new URL("/robots.txt", url).href;
  let found: Fetched;
  try {
    found = await get(address);
  } catch (error) {
    // What can't be had says nothing, and the page itself will tell why; but a refusal of ours holds for it too.
    if (error instanceof UserError) return anything;
    throw error;
  }
  if (found.status >= 500) return nothing;
  if (found.status >= 400) return anything;
  const rules = readRobots(new TextDecoder().decode(found.bytes), robotName);
  return {
    allows: ({ pathname, search }) => rules.allows(pathname + search),
    spacingMs: rules.delay * 1000,
  };
}
