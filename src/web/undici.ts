import { createRequire } from "node:module";
import type * as Undici from "undici";

/** Where Node's own fetch, and every undici before version 8, find the dispatcher that all requests go through. */
const shared = Symbol.for("undici.globalDispatcher.1");

const require = createRequire(import.meta.url);
let loaded: typeof Undici | undefined;

/**
 * Loads undici at its first use. When it is loaded it makes itself the dispatcher of the whole process, which other
 * versions' uploads do not survive: what stood there before is put back, in the same breath.
 */
export function loadUndici(): typeof Undici {
  if (loaded) return loaded;
  const place = globalThis as { [shared]?: unknown };
  const before = place[shared];
  loaded = require("undici") as typeof Undici;
  place[shared] = before;
  return loaded;
}
