import type { LinkedAccount, Links } from "../memory/links.ts";
import { newTurnId } from "../conversation/turn-id.ts";
import type { Database, Queries, SqlValue } from "./database.ts";
import { countTry, triesPerHour } from "./grants.ts";

/**
 * The one place that says whose accounts are whose: `column` is that of the person or of an account linked with it. Its
 * parameters are `reachOf(person)`.
 */
export const withinReach = (column: string): string =>
  `(${column} = ? OR ${column} IN (SELECT other.account FROM link AS own
     JOIN link AS other ON other.holder = own.holder WHERE own.account = ?))`;

export const reachOf = (person: string): readonly SqlValue[] => [person, person];

/** A name that is the same for all accounts of a person, for locks. */
export async function holderOf(queries: Queries, person: string): Promise<string> {
  const [row] = await queries.query<{ holder: string }>("SELECT holder FROM link WHERE account = ?", [
    person,
  ]);
  return row?.holder ?? person;
}

/** The links in a database whose schema is up to date. */
export function createLinks(database: Database): Links {
  return {
    accounts: (person) => accountsOf(database, person),
    offer: ({ id, name }, { hash, expiresAt }) =>
      database.transaction(async (transaction) => {
        await transaction.query("DELETE FROM link_code WHERE account = ?", [id]);
        await transaction.query(
          "INSERT INTO link_code (account, hash, name, expires_at) VALUES (?, ?, ?, ?)",
          [id, hash, name, expiresAt],
        );
      }),
    claim: (account, hash, now) =>
      database.transaction((transaction) => claim(transaction, account, { hash, now })),
    claimedFrom: (person, now) => claimedFrom(database, person, now),
    confirm: (person, other, now) =>
      database.transaction(async (transaction) => {
        await transaction.lock("links");
        const from = await claimedFrom(transaction, person, now);
        if (from?.id !== other) return false;
        await join(transaction, person, { from, now });
        return true;
      }),
    async refuse(person) {
      await database.query("DELETE FROM link_code WHERE account = ?", [person]);
    },
    leave: (person) =>
      database.transaction(async (transaction) => {
        await transaction.lock("links");
        return leave(transaction, person);
      }),
  };
}

function accountsOf(queries: Queries, person: string): Promise<readonly LinkedAccount[]> {
  return queries.query<{ id: string; name: string }>(
    `SELECT account AS id, name FROM link WHERE holder = (SELECT holder FROM link WHERE account = ?) ORDER BY at, account`,
    [person],
  );
}

async function claim(
  queries: Queries,
  { id, name }: LinkedAccount,
  { hash, now }: { hash: string; now: number },
): ReturnType<Links["claim"]> {
  if ((await countTry(queries, id, now)) > triesPerHour) return "too-many-tries";
  await queries.query("DELETE FROM link_code WHERE expires_at <= ?", [now]);
  // Who is linked leaves first, so that nobody brings another's accounts along.
  if ((await accountsOf(queries, id)).length > 0) return "linked";
  const claimed = await queries.query(
    `UPDATE link_code SET claimed_by = ?, claimed_name = ?
     WHERE hash = ? AND account <> ? AND claimed_by IS NULL RETURNING account`,
    [id, name, hash, id],
  );
  return claimed.length > 0 ? "claimed" : "unknown";
}

async function claimedFrom(
  queries: Queries,
  person: string,
  now: number,
): Promise<LinkedAccount | undefined> {
  const [row] = await queries.query<{ id: string; name: string | null }>(
    `SELECT claimed_by AS id, claimed_name AS name FROM link_code
     WHERE account = ? AND expires_at > ? AND claimed_by IS NOT NULL`,
    [person, now],
  );
  return row && { id: row.id, name: row.name ?? "" };
}

/** The one that joins has its facts and rules numbered after those that are there. */
async function join(
  queries: Queries,
  person: string,
  { from, now }: { from: LinkedAccount; now: number },
): Promise<void> {
  const [offer] = await queries.query<{ name: string }>(
    "DELETE FROM link_code WHERE account = ? RETURNING name",
    [person],
  );
  // It may have been linked since it entered the code.
  await leave(queries, from.id);
  for (const table of ["fact", "instruction"])
    await queries.query(
      `UPDATE ${table} SET number = number +
         (SELECT COALESCE(MAX(there.number), 0) FROM ${table} AS there WHERE ${withinReach("there.person")})
       WHERE person = ?`,
      [...reachOf(person), from.id],
    );
  const [linked] = await queries.query<{ holder: string }>("SELECT holder FROM link WHERE account = ?", [
    person,
  ]);
  const holder = linked?.holder ?? newTurnId();
  const insert = "INSERT INTO link (account, holder, name, at) VALUES (?, ?, ?, ?)";
  if (!linked) await queries.query(insert, [person, holder, offer?.name ?? "", now]);
  await queries.query(insert, [from.id, holder, from.name, now + 1]);
}

/** Takes an account out of its person's; each gets back what a fact of the other took the place of. */
export async function leave(queries: Queries, person: string): Promise<boolean> {
  const accounts = await accountsOf(queries, person);
  const others = accounts.filter(({ id }) => id !== person).map(({ id }) => id);
  if (others.length === 0) return false;
  const marks = others.map(() => "?").join(", ");
  const across = (own: string, their: string): string =>
    `(${own} = ? AND ${their} IN (${marks})) OR (${their} = ? AND ${own} IN (${marks}))`;
  await queries.query(
    `UPDATE fact SET state = CASE WHEN state = 'past' THEN 'kept' ELSE state END, replaced_by = NULL
     WHERE EXISTS (SELECT 1 FROM fact AS newer
       WHERE newer.id = fact.replaced_by AND (${across("fact.person", "newer.person")}))`,
    [person, ...others, person, ...others],
  );
  await queries.query("DELETE FROM link WHERE account = ?", [person]);
  const [only, more] = others;
  if (only !== undefined && more === undefined)
    await queries.query("DELETE FROM link WHERE account = ?", [only]);
  return true;
}
