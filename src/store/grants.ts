import type { AccessRequest, Grant, Grants } from "../access/grants.ts";
import type { Database, Queries } from "./database.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Wrong codes of one person. */
export const triesPerHour = 5;

type RequestRow = {
  readonly place: string;
  readonly name: string;
  readonly event: string;
  readonly code: string | null;
};

/** The grants in a database whose schema is up to date. */
export function createGrants(database: Database): Grants {
  return {
    async has(place, kind) {
      const rows = await database.query("SELECT place FROM access_grant WHERE place = ? AND kind = ?", [
        place,
        kind,
      ]);
      return rows.length > 0;
    },
    async hasOwner() {
      return (await database.query("SELECT place FROM access_grant WHERE kind = 'owner' LIMIT 1")).length > 0;
    },
    list: () => database.query<Grant>("SELECT place, kind, name FROM access_grant ORDER BY kind, place"),
    async pending(now) {
      const rows = await database.query<RequestRow>(
        "SELECT place, name, event, code FROM access_request WHERE code IS NOT NULL AND at > ? ORDER BY at",
        [now - dayMs],
      );
      return rows.map(toRequest);
    },
    request: (request, now) => tell(database, request, now),
    allow: (code, by, now) =>
      database.transaction(async (transaction) => {
        await transaction.lock(`access code ${code}`);
        const [asked] = await transaction.query<{ place: string; name: string }>(
          "DELETE FROM access_request WHERE code = ? AND at > ? RETURNING place, name",
          [code, now - dayMs],
        );
        if (asked) await insertGrant(transaction, { ...asked, kind: "allowed", code, by, at: now });
        const [grant] = await transaction.query<Grant>(
          "SELECT place, kind, name FROM access_grant WHERE code = ?",
          [code],
        );
        return grant;
      }),
    async revoke(place) {
      return (
        (await database.query("DELETE FROM access_grant WHERE place = ? RETURNING place", [place])).length > 0
      );
    },
    async offerOwnership(hash, expiresAt) {
      await database.query("INSERT INTO access_claim (hash, expires_at) VALUES (?, ?)", [hash, expiresAt]);
    },
    claimOwnership: (claim, now) =>
      database.transaction((transaction) => claimOwnership(transaction, claim, now)),
    forgetPerson: (person) => database.transaction((transaction) => forget(transaction, person)),
  };
}

async function claimOwnership(
  queries: Queries,
  { hash, person, name }: Parameters<Grants["claimOwnership"]>[0],
  now: number,
): ReturnType<Grants["claimOwnership"]> {
  if ((await countTry(queries, person, now)) > triesPerHour) return "too-many-tries";
  const claimed = await queries.query(
    "DELETE FROM access_claim WHERE hash = ? AND expires_at > ? RETURNING hash",
    [hash, now],
  );
  if (claimed.length === 0) return "unknown";
  await insertGrant(queries, { place: person, kind: "owner", name, by: person, at: now });
  await queries.query("DELETE FROM access_claim WHERE expires_at <= ?", [now]);
  return "owner";
}

async function forget(queries: Queries, person: string): Promise<void> {
  await queries.query("DELETE FROM access_request WHERE place = ?", [person]);
  await queries.query("DELETE FROM access_try WHERE person = ?", [person]);
  await queries.query("DELETE FROM access_grant WHERE place = ? AND kind = 'allowed'", [person]);
  await queries.query("UPDATE access_grant SET granted_by = '' WHERE granted_by = ?", [person]);
  await queries.query("UPDATE access_grant SET name = '' WHERE place = ?", [person]);
}

/** One statement decides who tells, also among several processes. */
async function tell(
  queries: Queries,
  request: AccessRequest,
  now: number,
): Promise<AccessRequest | undefined> {
  const { place, name, event, code } = request;
  await queries.query("DELETE FROM access_request WHERE at <= ?", [now - dayMs]);
  const told = await queries.query(
    `INSERT INTO access_request (place, code, name, event, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (place) DO NOTHING RETURNING place`,
    [place, code ?? null, name, event, now],
  );
  if (told.length > 0) return request;
  const [before] = await queries.query<RequestRow>(
    "SELECT place, name, event, code FROM access_request WHERE place = ? AND event = ?",
    [place, event],
  );
  return before && toRequest(before);
}

const toRequest = ({ code, ...row }: RequestRow): AccessRequest => ({
  ...row,
  ...(code !== null && { code }),
});

async function insertGrant(
  queries: Queries,
  grant: Grant & { readonly code?: string; readonly by: string; readonly at: number },
): Promise<void> {
  await queries.query(
    `INSERT INTO access_grant (place, kind, name, code, granted_by, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (place, kind) DO UPDATE SET name = excluded.name, code = excluded.code`,
    [grant.place, grant.kind, grant.name, grant.code ?? null, grant.by, grant.at],
  );
}

/** How often this person has tried a code within this hour, this time included. */
export async function countTry(queries: Queries, person: string, now: number): Promise<number> {
  const hour = Math.floor(now / hourMs);
  await queries.query("DELETE FROM access_try WHERE hour < ?", [hour]);
  const [row] = await queries.query<{ tries: number }>(
    `INSERT INTO access_try (person, hour, tries) VALUES (?, ?, 1)
     ON CONFLICT (person) DO UPDATE SET tries = access_try.tries + 1 RETURNING tries`,
    [person, hour],
  );
  return row?.tries ?? 1;
}
