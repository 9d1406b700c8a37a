import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Coordinator, Signal } from "../coordinator.ts";
import type { Log } from "../log.ts";
import { channel, type ClaimsConnection, openClaimsConnection } from "./claims-connection.ts";

/** How often a role is asked for, in milliseconds. */
const tryRoleEveryMs = 500;

/**
 * Processes agree by advisory locks of one connection each: when a process dies, or its host vanishes, Postgres lets go
 * of its locks by itself, and another one takes over. Needs a connection of its own to the server: a pooler in
 * transaction mode breaks it.
 */
export function createPostgresCoordinator(url: string, log: Log): Coordinator {
  const listeners: ((signal: Signal) => void)[] = [];
  const lost: (() => void)[] = [];
  const connection = openClaimsConnection(url, {
    log,
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
        if (await lock(`role ${role}`).catch(() => false)) {
          const leading = new AbortController();
          const end = (): void => leading.abort();
          lost.push(end);
          await work(AbortSignal.any([signal, leading.signal]));
          lost.splice(lost.indexOf(end), 1);
          await unlock(`role ${role}`);
        }
        await sleep(tryRoleEveryMs, undefined, { signal }).catch(() => undefined);
      }
    },
    close: () => connection.close(),
  };
}

interface Locks {
  /** False when another process, or this one, holds it. */
  readonly lock: (name: string) => Promise<boolean>;
  readonly unlock: (name: string) => Promise<void>;
  /** They went with their connection. */
  readonly forget: () => void;
}

function createLocks(connection: ClaimsConnection, log: Log): Locks {
  const held = new Set<string>();

  async function ask(sql: string, name: string): Promise<boolean> {
    const rows = await connection.query<{ held: boolean }>(`SELECT ${sql}(hashtextextended($1, 0)) AS held`, [
      name,
    ]);
    return rows[0]?.held === true;
  }

  return {
    async lock(name) {
      // The same connection gets the same lock twice: within this process, the set tells.
      if (held.has(name)) return false;
      held.add(name);
      try {
        const isHeld = await ask("pg_try_advisory_lock", name);
        if (!isHeld) held.delete(name);
        return isHeld;
      } catch (error) {
        held.delete(name);
        throw error;
      }
    },
    async unlock(name) {
      if (!held.delete(name)) return;
      await ask("pg_advisory_unlock", name).catch((err: unknown) =>
        log.debug({ err }, "lost with its connection"),
      );
    },
    forget: () => held.clear(),
  };
}
