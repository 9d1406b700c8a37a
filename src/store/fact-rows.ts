import type { Place } from "../chat.ts";
import { type Fact, mostFacts, type NewFact } from "../memory/facts.ts";
import type { Queries, SqlValue } from "./database.ts";
import { reachOf, withinReach } from "./links.ts";

type FactRow = {
  readonly person: string;
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly at: number;
  readonly persona: string;
  readonly place: Place;
  readonly place_name: string;
  readonly link: string | null;
  readonly shared: number;
  readonly audience: string | null;
  readonly state: Fact["state"];
  readonly replaced_by: string | null;
  readonly changed_at: number | null;
};

const columns =
  "person, id, number, text, at, persona, place, place_name, link, shared, audience, state, replaced_by, changed_at";
/** That a fact is within a person's reach; its parameters are `reachOf(person)`. */
export const own = withinReach("person");

/** How many facts whose place was taken are kept for each person. */
const mostPast = 500;

/** Facts within a person's reach. */
export async function readFacts(
  queries: Queries,
  person: string,
  rest: string,
  parameters: readonly SqlValue[] = [],
): Promise<readonly Fact[]> {
  const rows = await queries.query<FactRow>(`SELECT ${columns} FROM fact WHERE ${own} ${rest}`, [
    ...reachOf(person),
    ...parameters,
  ]);
  return rows.map(toFact);
}

/** The first number that none of a person's facts has had since. */
export async function nextNumber(queries: Queries, person: string): Promise<number> {
  const [row] = await queries.query<{ next: number }>(
    `SELECT COALESCE(MAX(number), 0) + 1 AS next FROM fact WHERE ${own}`,
    [...reachOf(person)],
  );
  return row?.next ?? 1;
}

/** Stores it for the account that learned it. */
export async function insertFact(
  queries: Queries,
  person: string,
  fact: NewFact & { number: number },
): Promise<void> {
  const { id, text, at, persona, place, placeName = "", link, audience, state = "kept", number } = fact;
  await queries.query(
    `INSERT INTO fact (person, id, text, at, persona, place, number, place_name, link, audience, state, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      person,
      id,
      text,
      at.getTime(),
      persona,
      place,
      number,
      placeName,
      link ?? null,
      audience ?? null,
      state,
      at.getTime(),
    ],
  );
}

/** Those whose place a fact takes become past. */
export async function retire(queries: Queries, person: string, id: string): Promise<void> {
  await queries.query(
    `UPDATE fact SET state = 'past', changed_at = ? WHERE ${own} AND replaced_by = ? AND state = 'kept'`,
    [Date.now(), ...reachOf(person), id],
  );
}

/** Too many: the ones unused for longest leave, and of what is past, the oldest. */
export async function makeRoom(queries: Queries, person: string, newest: string): Promise<readonly Fact[]> {
  const left = await readFacts(
    queries,
    person,
    `AND state = 'kept' AND id <> ? ORDER BY COALESCE(used_at, at) DESC, id DESC LIMIT ${mostPast} OFFSET ${mostFacts - 1}`,
    [newest],
  );
  const past = await readFacts(
    queries,
    person,
    `AND state = 'past' ORDER BY id DESC LIMIT 100 OFFSET ${mostPast}`,
  );
  const gone = [...left, ...past].map(({ id }) => id);
  if (gone.length > 0)
    await queries.query(
      `DELETE FROM fact WHERE ${own} AND (id IN (${marks(gone)}) OR replaced_by IN (${marks(gone)}))`,
      [...reachOf(person), ...gone, ...gone],
    );
  return left;
}

/** A question mark for each. */
export const marks = (values: readonly unknown[]): string => values.map(() => "?").join(", ");

function toFact(row: FactRow): Fact {
  return {
    id: row.id,
    account: row.person,
    number: row.number,
    text: row.text,
    at: new Date(row.at),
    persona: row.persona,
    place: row.place,
    placeName: row.place_name,
    ...(row.link !== null && { link: row.link }),
    isShared: row.shared !== 0,
    ...(row.audience !== null && { audience: row.audience }),
    state: row.state,
    ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
    ...(row.changed_at !== null && { changedAt: new Date(row.changed_at) }),
  };
}
