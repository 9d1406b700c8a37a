import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Coordinator, Signal } from "../coordinator.ts";
import type { Log } from "../log.ts";
import { createLine } from "./line.ts";
import { openConnection } from "./postgres.ts";

type Connection = ReturnType<typeof openConnection>;

/** Signals travel on this channel of Postgres. */
const channel = "parlance";
/** How often a role is asked for, in milliseconds. */
const tryRoleEveryMs = 500;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * Processes agree by advisory locks of one connection each: when a process dies, or its host vanishes, Postgres lets go
 * of its locks by itself, and another one takes over. Needs a connection of its own to the server: a pooler in
 * transaction mode breaks it.
 */
export function createPostgresCoordinator(url: string, log: Log): Coordinator {
  const listeners: ((signal: Signal) => void)[] = [];
  const lost: (() => void)[] = [];
  const closed = new AbortController();
  const inLine = createLine();
  let connecting: Promise<Connection> | undefined;

  /** Without a connection there is no claim, and nobody may act as if there were. */
  function drop(client: Connection, err: unknown): void {
    if (closed.signal.aborted) return;
    log.warn({ err }, "the connection for claims is lost");
    connecting = undefined;
    for (const tell of lost) tell();
    client.end().catch(() => undefined);
    void keepListening();
  }

  async function connect(): Promise<Connection> {
    const client = openConnection(url);
    // A host that vanishes without a word is missed after some 15 seconds rather than after hours.
    await client.connect();
    let isDropped = false;
    const dropOnce = (error: unknown): void => {
      if (!isDropped) drop(client, error);
      isDropped = true;
    };
    client.on("error", dropOnce);
    client.on("end", () => dropOnce(new Error("the connection ended")));
    client.on("notification", ({ payload = "" }) => {
      const signal = JSON.parse(payload) as Signal;
      for (const listener of listeners) listener(signal);
    });
    await client.query(
      `SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 5; LISTEN ${channel}`,
    );
    return client;
  }

  function connection(): Promise<Connection> {
    connecting ??= connect().catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
    return connecting;
  }

  async function keepListening(): Promise<void> {
    for (
      let pauseMs = firstPauseMs;
      !closed.signal.aborted;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    ) {
      try {
        await connection();
        return;
      } catch (err) {
        log.debug({ err }, "no connection for claims yet");
        await sleep(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined);
      }
    }
  }

  async function ask(sql: string, name: string): Promise<boolean> {
    const { rows } = await inLine(async () =>
      (await connection()).query<{ held: boolean }>(`SELECT ${sql}(hashtextextended($1, 0)) AS held`, [name]),
    );
    return rows[0]?.held === true;
  }

  const claimed = new Set<string>();
  lost.push(() => claimed.clear());

  async function lock(name: string): Promise<boolean> {
    // The same connection gets the same lock twice: within this process, the set tells.
    if (claimed.has(name)) return false;
    claimed.add(name);
    try {
      const isHeld = await ask("pg_try_advisory_lock", name);
      if (!isHeld) claimed.delete(name);
      return isHeld;
    } catch (error) {
      claimed.delete(name);
      throw error;
    }
  }

  async function unlock(name: string): Promise<void> {
    if (!claimed.delete(name)) return;
    await ask("pg_advisory_unlock", name).catch((err: unknown) =>
      log.debug({ err }, "lost with its connection"),
    );
  }

  void keepListening();
  return {
    process: randomUUID(),
    isShared: true,
    claim: (conversation) => lock(`conversation ${conversation}`),
    release: (conversation) => unlock(`conversation ${conversation}`),
    async publish(signal) {
      await inLine(async () =>
        (await connection()).query("SELECT pg_notify($1, $2)", [channel, JSON.stringify(signal)]),
      );
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
    async close() {
      closed.abort();
      const client = await connecting?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
