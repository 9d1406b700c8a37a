import { setTimeout as sleep } from "node:timers/promises";
import type { Signal } from "../coordinator.ts";
import type { Log } from "../log.ts";
import { openConnection, orAway } from "./postgres.ts";

type Connection = ReturnType<typeof openConnection>;

/** Signals travel on this channel of Postgres. */
export const channel = "parlance";
/** A host that vanishes without a word is missed by the server after some 15 seconds rather than after hours, and its claims are free. */
const noticeVanishing =
  "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 5";
/**
 * How often a server is asked whether it is still there, in milliseconds; it may take twice as long to answer. A host that
 * is cut off has to know that its claims are lost before the server gives them to another one.
 */
const defaultBeatMs = 4_000;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** One connection that is locked and listened on, made anew when it breaks. */
export interface ClaimsConnection {
  /** Runs a query after those before it. */
  query<Row extends object>(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

interface ClaimsOptions {
  readonly log: Log;
  readonly beatMs?: number;
  readonly onSignal: (signal: Signal) => void;
  /** Whatever was locked on it is free again, and nobody may act as if it were not. */
  readonly onLost: () => void;
}

/** Connects at once, and again whenever the connection is lost. */
export function openClaimsConnection(
  url: string,
  { log, beatMs = defaultBeatMs, onSignal, onLost }: ClaimsOptions,
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
    const client = openConnection(url, { patienceMs: 2 * beatMs });
    await client.connect();
    client.on("error", (error) => drop(client, error));
    client.on("end", () => drop(client, new Error("the connection ended")));
    client.on("notification", ({ payload = "" }) => onSignal(JSON.parse(payload) as Signal));
    await client.query(`${noticeVanishing}; LISTEN ${channel}`);
    return client;
  }

  async function ask<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = await connection();
    try {
      return (await client.query<Row>(sql, [...parameters])).rows;
    } catch (error) {
      // Not the server's word, which has a code: it says nothing any more.
      if (!(error instanceof Error && "code" in error)) drop(client, error);
      throw orAway(error);
    }
  }

  function connection(): Promise<Connection> {
    connecting ??= connect().catch((error: unknown) => {
      connecting = undefined;
      throw orAway(error);
    });
    return connecting;
  }

  const keepListening = (): Promise<void> => untilConnected(connection, { log, signal: closed.signal });

  void keepListening();
  const beating = setInterval(() => {
    if (connecting) void ask("SELECT 1").catch(() => undefined);
  }, beatMs).unref();
  return {
    query: ask,
    async close() {
      closed.abort();
      clearInterval(beating);
      const client = await connecting?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}

async function untilConnected(
  connect: () => Promise<unknown>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await connect();
      return;
    } catch (err) {
      log.debug({ err }, "no connection for claims yet");
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
