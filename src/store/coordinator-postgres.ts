import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Coordinator, Signal } from "../coordinator.ts";
import { ClaimLost } from "../errors.ts";
import type { Log } from "../log.ts";
import { channel, type ClaimsConnection, openClaimsConnection } from "./claims-connection.ts";

/** How often a role is asked for, in milliseconds. */
const tryRoleEveryMs = 500;

/**
 * Processes agree by advisory locks of one connection each: when a process dies, or its host vanishes, Postgres lets go
 * of its locks by itself, and another one takes over. Needs a connection of its own to the server: a pooler in
 * transaction mode breaks it.
 */
export function createPostgresCoordinator(
  url: string,
  log: Log,
  { beatMs }: { readonly beatMs?: number } = {},
): Coordinator {
  const listeners: ((signal: Signal) => void)[] = [];
  const lost: (() => void)[] = [];
  const connection = openClaimsConnection(url, {
    log,
    ...(beatMs !== undefined && { beatMs }),
    onSignal: (signal) => listeners.forEach((listener) => listener(signal)),
    onLost: () => lost.forEach((tell) => tell()),
  });
  const { lock, unlock, forget } = createLocks(connection, log);
  lost.push(forget);
  return {
    process: randomUUID(),
    isShared: true,
    claim: (conversation) => lock(`conversation ${conversation}`),
    release: (conversation) => unlock(`conversation ${conversation}`),
    async publish(signal) {
      await connection.query("SELECT pg_notify($1, $2)", [channel, JSON.stringify(signal)]);
    },
    listen: (listener) => void listeners.push(listener),
    onLost: (listener) => void lost.push(listener),
    async lead(role, signal, work) {
      while (!signal.aborted) {
        const leading = await lock(`role ${role}`).catch(() => undefined);
        if (leading) {
          await work(AbortSignal.any([signal, leading]));
          await unlock(`role ${role}`);
        }
        await sleep(tryRoleEveryMs, undefined, { signal }).catch(() => undefined);
      }
    },
    close: () => connection.close(),
  };
}

interface Locks {
  /** Ends when the lock is lost with its connection; undefined when another process, or this one, holds it. */
  readonly lock: (name: string) => Promise<AbortSignal | undefined>;
  readonly unlock: (name: string) => Promise<void>;
  /** They went with their connection. */
  readonly forget: () => void;
}

function createLocks(connection: ClaimsConnection, log: Log): Locks {
  const held = new Map<string, AbortController>();

  async function ask(sql: string, name: string): Promise<boolean> {
    const rows = await connection.query<{ held: boolean }>(`SELECT ${sql}(hashtextextended($1, 0)) AS held`, [
      name,
    ]);
    return rows[0]?.held === true;
  }

  async function letGo(name: string): Promise<void> {
    await ask("pg_advisory_unlock", name).catch((err: unknown) =>
      log.debug({ err }, "lost with its connection"),
    );
  }

  return {
    async lock(name) {
      // The same connection gets the same lock twice: within this process, the map tells.
      if (held.has(name)) return undefined;
      const claim = new AbortController();
      held.set(name, claim);
      let isHeld = false;
      try {
        isHeld = await ask("pg_try_advisory_lock", name);
      } finally {
        if (!isHeld && held.get(name) === claim) held.delete(name);
      }
      // Asked for on one connection and got on the next, it is nobody's: it would never be let go of.
      if (isHeld && claim.signal.aborted) await letGo(name);
      return isHeld && !claim.signal.aborted ? claim.signal : undefined;
    },
    async unlock(name) {
      if (held.delete(name)) await letGo(name);
    },
    forget() {
      const lost = [...held.values()];
      held.clear();
      for (const claim of lost) claim.abort(new ClaimLost("the connection for claims was lost"));
    },
  };
}
