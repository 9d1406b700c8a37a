import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Coordinator, Signal } from "../coordinator.ts";
import { ClaimLost } from "../errors.ts";
import type { Log } from "../log.ts";
import { channel, type ClaimsConnection, openClaimsConnection } from "./claims-connection.ts";
import { lockKey } from "./postgres-pool.ts";

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
    confirm: () => connection.confirm(),
    async publish(signal) {
      await connection.query(`SELECT pg_notify(${channel}, $1)`, [JSON.stringify(signal)]);
    },
    listen: (listener) => void listeners.push(listener),
    onLost: (listener) => void lost.push(listener),
    async lead(role, signal, work) {
      while (!signal.aborted) {
        const leading = await lock(`role ${role}`).catch(() => undefined);
        if (leading) {
          try {
            await work(AbortSignal.any([signal, leading]));
          } finally {
            await unlock(`role ${role}`);
          }
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
  const ask = createAsking(connection);

  async function letGo(name: string): Promise<void> {
    await ask({ name, isLetGo: true }).catch((err: unknown) =>
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
        isHeld = await ask({ name, isLetGo: false });
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

interface Asked {
  readonly name: string;
  /** To let go of it, in place of getting it. */
  readonly isLetGo: boolean;
}

/** As many as are asked for in one round trip. */
const mostAtOnce = 1_000;

/**
 * Asks for locks, and lets go of them, in the order of the calls: whatever came up during a round trip in the next one. A
 * thousand conversations that wake at once would else keep the connection busy, and every signal behind them.
 */
function createAsking(connection: ClaimsConnection): (asked: Asked) => Promise<boolean> {
  const waiting: (Asked & Pick<PromiseWithResolvers<boolean>, "resolve" | "reject">)[] = [];
  let isAsking = false;

  async function askAll(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostAtOnce);
      try {
        const rows = await connection.query<{ place: number; done: boolean }>(
          `SELECT place::int, CASE WHEN lets_go THEN pg_advisory_unlock(${lockKey("name")})
             ELSE pg_try_advisory_lock(${lockKey("name")}) END AS done
           FROM unnest($1::text[], $2::boolean[]) WITH ORDINALITY AS asked(name, lets_go, place)`,
          [batch.map(({ name }) => name), batch.map(({ isLetGo }) => isLetGo)],
        );
        for (const { place, done } of rows) batch[place - 1]?.resolve(done);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isAsking = false;
  }

  return (asked) => {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    waiting.push({ ...asked, resolve, reject });
    if (!isAsking) void askAll();
    return promise;
  };
}
