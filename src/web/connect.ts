import { lookup as ask, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import { callbackify } from "node:util";
import type { Agent } from "undici";
import { UserError } from "../errors.ts";
import { type Allowance, isPublic, notPublic } from "./address.ts";

/** Every address of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** How names become addresses and which may be reached, where that is not the world's own way: in tests. */
export interface Reach {
  readonly allowance?: Allowance;
  readonly resolve?: Resolve;
}

/** More than any page's headers are, in bytes. */
const mostHeaderBytes = 16_384;

/**
 * Connections to public addresses alone. What is asked for a name is what is connected to, so that a name that changes its
 * mind in between gains nothing; a name with one private address among others is refused whole.
 */
export function publicConnections(reach: Reach, connectMs: number): Agent.Options {
  return {
    // HTTP/2 brings nothing for one page, and ways of its own to keep somebody waiting.
    allowH2: false,
    pipelining: 1,
    keepAliveTimeout: 1_000,
    maxHeaderSize: mostHeaderBytes,
    connect: { timeout: connectMs, lookup: publicLookup(reach) },
  };
}

/** Throws UserError for a host that is an address by itself: no name is looked up for those. */
export async function checkLiteral(hostname: string, { allowance }: Reach): Promise<void> {
  const address = hostname.replace(/^\[|\]$/gu, "");
  if (isIP(address) > 0 && !(await isPublic(address, allowance))) throw notPublic(hostname);
}

function publicLookup({ resolve = askSystem, allowance }: Reach): LookupFunction {
  const findPublic = callbackify(async (host: string): Promise<readonly LookupAddress[]> => {
    const found = await resolve(host);
    for (const { address } of found) if (!(await isPublic(address, allowance))) throw notPublic(host);
    if (found.length === 0) throw new UserError(({ web }) => web.noSuchHost(host));
    return found;
  });
  return (host, { all }, done) =>
    findPublic(host, (error, found) => {
      const [first] = error ? [] : found;
      if (error || !first) done(error, "");
      else if (all) done(null, [...found]);
      else done(null, first.address, first.family);
    });
}

const askSystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    ask(host, { all: true }, (error, found) => {
      if (!error) return resolve(found);
      reject(new UserError(({ web }) => web.noSuchHost(host), { cause: error }));
    });
  });
