import type { Response } from "undici";
import { UserError } from "../errors.ts";
import { checkDoor, webAddress } from "./address.ts";
import { checkLiteral, publicConnections, type Reach } from "./connect.ts";

/** What the web gave. */
export interface Fetched {
  /** Where it really stands, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Lower-case, without parameters; empty where the server names none. */
  readonly mimeType: string;
  /** As the server names it. */
  readonly charset?: string;
  /** Unpacked. */
  readonly bytes: Uint8Array;
}

/** How one fetch is bounded. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Of the body, unpacked. */
  readonly maxBytes: number;
  /** The longest that all of it may take, redirects included, in milliseconds. */
  readonly deadlineMs: number;
  readonly accept?: string;
  /** Asked before every request, redirects included; throws where it must not be made. */
  allow?(url: URL): Promise<void>;
}

/** Fetches what anybody may see. Throws UserError, never with anything of a private network in it; the signal's reason when aborted. */
export type Fetch = (address: string, options: FetchOptions) => Promise<Fetched>;

/** What fetching needs to know. */
export interface FetcherOptions extends Reach {
  /** Who asks, as servers are told. */
  readonly userAgent: string;
}

const mostRedirects = 5;

/** A fetch that reaches no private network, however its addresses, names, redirects and bodies try. */
export function createFetch({ userAgent, ...reach }: FetcherOptions): Fetch {
  return async (address, options) => {
    const deadline = AbortSignal.timeout(options.deadlineMs);
    const signal = AbortSignal.any([options.signal, deadline]);
    const { Agent, fetch } = await import("undici");
    const agent = new Agent(publicConnections(reach, options.deadlineMs));
    let url = webAddress(address);
    try {
      for (let hops = 0; hops <= mostRedirects; hops++) {
        await open(url, { reach, options });
        const response = await fetch(url, {
          dispatcher: agent,
          signal,
          redirect: "manual",
          headers: { "user-agent": userAgent, accept: options.accept ?? "*/*" },
        });
        const next = redirectOf(response);
        if (next === undefined) return await read(url, response, options.maxBytes);
        await response.body?.cancel();
        url = webAddress(next, url.href);
      }
      throw new UserError(({ web }) => web.redirects(url.hostname));
    } catch (error) {
      options.signal.throwIfAborted();
      if (deadline.aborted) throw tooSlow(url, options.deadlineMs, error);
      throw explain(url, error);
    } finally {
      // Whatever is still coming is not waited for.
      await agent.destroy();
    }
  };
}

async function open(url: URL, { reach, options }: { reach: Reach; options: FetchOptions }): Promise<void> {
  checkDoor(url, reach.allowance);
  await checkLiteral(url.hostname, reach);
  await options.allow?.(url);
}

function redirectOf({ status, headers }: Response): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? (headers.get("location") ?? undefined) : undefined;
}

/** Counts what comes out of the unpacking: a small file may hold any amount. */
async function read(url: URL, { status, headers, body }: Response, maxBytes: number): Promise<Fetched> {
  const [mimeType = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((each) => /^\s*charset="?([\w.:-]+)/u.exec(each)?.[1]).find(Boolean);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > maxBytes) throw new UserError(({ web }) => web.tooLarge(url.hostname, maxBytes / 1_000_000));
    chunks.push(bytes);
  }
  return {
    url: url.href,
    status,
    mimeType: mimeType.trim(),
    ...(charset !== undefined && { charset }),
    bytes: Buffer.concat(chunks),
  };
}

const tooSlow = ({ hostname }: URL, deadlineMs: number, cause: unknown): UserError =>
  new UserError(({ web }) => web.tooSlow(hostname, Math.round(deadlineMs / 1000)), { cause });

/** What a lookup refused is the reason, however deep the connection hides it. */
function explain({ hostname }: URL, error: unknown): unknown {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if (cause instanceof UserError) return cause;
    const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
    cause = inner;
  }
  return new UserError(({ web }) => web.unreachable(hostname), { cause: error });
}
