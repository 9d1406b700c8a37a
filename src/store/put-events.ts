import { DatabaseAway } from "../errors.ts";
import type { Queries, SqlValue } from "./database.ts";

const columns = [
  "id",
  "seq",
  "conversation",
  "platform",
  "person",
  "message",
  "at",
  "payload",
  "state",
  "attempts",
  "holder",
] as const;

/** A new row of the inbox. */
type NewRow = Readonly<Record<(typeof columns)[number], SqlValue>> & { readonly id: string };

/** How many are stored by one statement. */
const mostAtOnce = 64;

interface Waiting extends PromiseWithResolvers<boolean> {
  readonly event: NewRow;
}

/**
 * Stores events in the order of the calls, whatever came while the last ones were stored all at once: a thousand people
 * who write in the same second would else make a thousand round trips, before any of them could be told so. False for one
 * that is there already.
 */
export function createPutting(database: Queries): (event: NewRow) => Promise<boolean> {
  const waiting: Waiting[] = [];
  let isStoring = false;

  async function storeAll(): Promise<void> {
    isStoring = true;
    while (waiting.length > 0) await store(waiting.splice(0, mostAtOnce));
    isStoring = false;
  }

  async function store(batch: readonly Waiting[]): Promise<void> {
    try {
      const fresh = await insert(batch.map(({ event }) => event));
      // Of one that came twice at once, the first is the new one.
      for (const { event, resolve } of batch) resolve(fresh.delete(event.id));
    } catch (error) {
      const isOnItsOwn = batch.length === 1 || error instanceof DatabaseAway;
      for (const each of batch)
        // One that can't be stored must not keep the others out.
        await (isOnItsOwn ? each.reject(error) : store([each]));
    }
  }

  async function insert(events: readonly NewRow[]): Promise<Set<string>> {
    // Few forms of the statement, for the database keeps each: the last row fills it up, and is stored once.
    const size = 2 ** Math.ceil(Math.log2(events.length));
    const rows = Array.from({ length: size }, (_, index) => events[index] ?? events.at(-1));
    const found = await database.query<{ id: string }>(
      insertion(size),
      rows.flatMap((row) => columns.map((column) => row?.[column] ?? null)),
    );
    return new Set(found.map(({ id }) => id));
  }

  return (event) => {
    const settled = Promise.withResolvers<boolean>();
    waiting.push({ event, ...settled });
    if (!isStoring) void storeAll();
    return settled.promise;
  };
}

function insertion(size: number): string {
  const row = `(${columns.map(() => "?").join(", ")})`;
  return `INSERT INTO event (${columns.join(", ")}) VALUES ${Array.from({ length: size }, () => row).join(", ")}
    ON CONFLICT DO NOTHING RETURNING id`;
}
