import { setTimeout as sleep } from "node:timers/promises";
import type { Signal } from "../coordinator.ts";
import type { Log } from "../log.ts";
import { openConnection, runningKey } from "./postgres-pool.ts";
import { orAway } from "./postgres.ts";

type Connection = ReturnType<typeof openConnection>;

/** The channel of Postgres that signals travel on, in SQL: one for each schema. */
export const channel = "concat('parlance ', hashtextextended(current_schema(), 0))";
/**
 * A host that vanishes without a word is missed by the server after some 15 seconds rather than after hours, and so is a
 * process that is suspended alone, whose system answers for it; then its claims are free. Before version 14, only a host is.
 */
const noticeVanishing = `SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 5;
  SELECT set_config('idle_session_timeout', '15s', false)
  WHERE current_setting('server_version_num')::int >= 140000`;
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
  /** Settles when what is locked on it and was not told to be lost is locked for sure; rejects when the server does not say so. */
  confirm(): Promise<void>;
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
  const assurance = createAssurance(() => ask("SELECT 1"), 2 * beatMs);

  function drop(client: Connection, err: unknown): void {
    if (closed.signal.aborted || dropped.has(client)) return;
    dropped.add(client);
    log.warn({ err }, "the connection for claims is lost");
    connecting = undefined;
    onLost();
    client.end().catch(() => undefined);
    void keepListening();
  }

  async function ask<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = await connection();
    const asked = now();
    try {
      const { rows } = await client.query<Row>(sql, [...parameters]);
      assurance.renew(asked);
      return rows;
    } catch (error) {
      // Not the server's word, which has a code: it says nothing any more.
      if (!(error instanceof Error && "code" in error)) drop(client, error);
      throw orAway(error);
    }
  }

  function connection(): Promise<Connection> {
    connecting ??= connect(url, { log, patienceMs: 2 * beatMs, onSignal, onBreak: drop }).catch(
      (error: unknown) => {
        connecting = undefined;
        throw orAway(error);
      },
    );
    return connecting;
  }

  const keepListening = (): Promise<void> => untilConnected(connection, { log, signal: closed.signal });

  void keepListening();
  const beating = setInterval(() => {
    if (connecting) void ask("SELECT 1").catch(() => undefined);
  }, beatMs).unref();
  return {
    query: ask,
    confirm: () => assurance.confirm(),
    async close() {
      closed.abort();
      clearInterval(beating);
      const client = await connecting?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}

interface ConnectOptions extends Pick<ClaimsOptions, "log" | "onSignal"> {
  readonly patienceMs: number;
  readonly onBreak: (client: Connection, err: unknown) => void;
}

async function connect(
  url: string,
  { log, patienceMs, onSignal, onBreak }: ConnectOptions,
): Promise<Connection> {
  const client = openConnection(url, { patienceMs });
  await client.connect();
  client.on("error", (error) => onBreak(client, error));
  client.on("end", () => onBreak(client, new Error("the connection ended")));
  client.on("notification", ({ payload = "" }) => {
    const signal = readSignal(payload);
    if (signal) onSignal(signal);
    else log.debug("a signal that is not ours is ignored");
  });
  const { rows } = await client.query<{ name: string }>(`SELECT ${channel} AS name`);
  const listen = `LISTEN ${client.escapeIdentifier(rows[0]?.name ?? "")}`;
  await client.query(`${noticeVanishing}; SELECT pg_advisory_lock_shared(${runningKey}); ${listen}`);
  return client;
}

/** Whoever may use the database may send on this channel: what no process of the bot sent says nothing. */
function readSignal(payload: string): Signal | undefined {
  try {
    const read = JSON.parse(payload) as Signal | null;
    return typeof read === "object" && read !== null && "type" in read ? read : undefined;
  } catch {
    return undefined;
  }
}

/** What the server has said holds for so long; after that it is asked, once for all who want to know. */
function createAssurance(ask: () => Promise<unknown>, lastsMs: number) {
  let heard = now();
  let asking: Promise<unknown> | undefined;
  return {
    /** `at`: when the server was asked what it has answered now. */
    renew: (at: Moment): void => void (heard = at),
    async confirm(): Promise<void> {
      if (since(heard) <= lastsMs) return;
      asking ??= ask().finally(() => (asking = undefined));
      await asking;
    },
  };
}

interface Moment {
  readonly steady: number;
  readonly wall: number;
}

const now = (): Moment => ({ steady: performance.now(), wall: Date.now() });

/** Milliseconds. Two clocks: while a machine sleeps one of them stands still, and the other may be set back. */
const since = ({ steady, wall }: Moment): number => Math.max(performance.now() - steady, Date.now() - wall);

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
