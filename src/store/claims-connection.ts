import { setTimeout as sleep } from "node:timers/promises";
import type { Signal } from "../coordinator.ts";
import type { Log } from "../log.ts";
import { openConnection } from "./postgres.ts";

type Connection = ReturnType<typeof openConnection>;

/** Signals travel on this channel of Postgres. */
export const channel = "parlance";
/** A host that vanishes without a word is missed after some 15 seconds rather than after hours. */
const noticeVanishing =
  "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 5";
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** One connection that is locked and listened on, made anew when it breaks. */
export interface ClaimsConnection {
  /** Runs a query after those before it. */
  query<Row extends object>(sql: string, parameters: readonly string[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** `onLost`: whatever was locked on it is free again, and nobody may act as if it were not. */
export function openClaimsConnection(
  url: string,
  { log, onSignal, onLost }: { log: Log; onSignal: (signal: Signal) => void; onLost: () => void },
): ClaimsConnection {
  const closed = new AbortController();
  const dropped = new WeakSet<Connection>();
  let connecting: Promise<Connection> | undefined;

  function drop(client: Connection, err: unknown): void {
    if (closed.signal.aborted || dropped.has(client)) return;
    dropped.add(client);
    log.warn({ err }, "the connection for claims is lost");
    connecting = undefined;
    onLost();
    client.end().catch(() => undefined);
    void keepListening();
  }

  async function connect(): Promise<Connection> {
    const client = openConnection(url);
    await client.connect();
    client.on("error", (error) => drop(client, error));
    client.on("end", () => drop(client, new Error("the connection ended")));
    client.on("notification", ({ payload = "" }) => onSignal(JSON.parse(payload) as Signal));
    await client.query(`${noticeVanishing}; LISTEN ${channel}`);
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

  void keepListening();
  return {
    async query<Row extends object>(sql: string, parameters: readonly string[]) {
      const client = await connection();
      return (await client.query<Row>(sql, [...parameters])).rows;
    },
    async close() {
      closed.abort();
      const client = await connecting?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
