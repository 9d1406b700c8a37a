import type { Inbound } from "../chat.ts";
import type { Cancelled, Kept, OwnTurn, People } from "../privacy/people.ts";
import type { Database, Queries } from "./database.ts";
import { readAccounts } from "./accounts.ts";
import { readFilesOf } from "./files.ts";
import { leave } from "./links.ts";
import { readOwnGrants, readOwnLimits, sweepCodes } from "./own-limits.ts";
import type { ConversationKey, Posts } from "./store.ts";
import { deleteTurns, readTurn, turnColumns, type TurnRow } from "./turns.ts";

/** What is kept about people in a database whose schema is up to date. */
export function createPeople(database: Database): People {
  return {
    async own(person, conversation) {
      await database.query(
        "INSERT INTO own_conversation (person, conversation) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [person, conversation],
      );
    },
    conversations: (person) => ownConversations(database, person),
    count: (person) => count(database, person),

    async turns(person, { after = "", limit }) {
      const rows = await database.query<TurnRow & { readonly conversation: ConversationKey }>(
        `SELECT conversation, ${turnColumns} FROM turn WHERE person = ? AND id > ? ORDER BY id LIMIT ?`,
        [person, after, limit],
      );
      const turns: OwnTurn[] = [];
      for (const row of rows)
        turns.push({ conversation: row.conversation, ...(await readTurn(database, row.conversation, row)) });
      return turns;
    },
    files: (person, options) => readFilesOf(database, person, options),
    accounts: (person, page) => readAccounts(database, person, page),

    grants: (person) => readOwnGrants(database, person),
    limits: (person) => readOwnLimits(database, person),
    expire: (now) => sweepCodes(database, now),

    cancel: (person, job) => database.transaction((transaction) => cancel(transaction, person, job)),

    async forget(person) {
      const own = await ownConversations(database, person);
      for (const conversation of await askedIn(database, person))
        await deleteTurns(database, conversation, { sql: "person = ?", value: person });
      await database.transaction(async (transaction) => {
        await transaction.lock("links");
        await leave(transaction, person);
        for (const table of ["file", "fact", "instruction", "memory_pause", "album_part"])
          await transaction.query(`DELETE FROM ${table} WHERE person = ?`, [person]);
        await transaction.query("DELETE FROM link_code WHERE account = ? OR claimed_by = ?", [
          person,
          person,
        ]);
        for (const conversation of own) {
          await transaction.query("DELETE FROM document WHERE key = ?", [`binding:${conversation}`]);
          await transaction.query("DELETE FROM summary WHERE conversation = ?", [conversation]);
        }
        await transaction.query("DELETE FROM own_conversation WHERE person = ?", [person]);
      });
    },

    async scrub(what) {
      await database.scrub?.(what);
    },
  };
}

async function askedIn(queries: Queries, person: string): Promise<readonly ConversationKey[]> {
  const rows = await queries.query<{ conversation: ConversationKey }>(
    "SELECT DISTINCT conversation FROM turn WHERE person = ?",
    [person],
  );
  return rows.map(({ conversation }) => conversation);
}

/** Those that were noted, and those whose name alone says it. */
async function ownConversations(queries: Queries, person: string): Promise<readonly ConversationKey[]> {
  const noted = await queries.query<{ conversation: ConversationKey }>(
    "SELECT conversation FROM own_conversation WHERE person = ? ORDER BY conversation",
    [person],
  );
  const named = (await askedIn(queries, person)).filter(
    (key) => key === person || key.startsWith(`${person}:`) || key.endsWith(`|${person}`),
  );
  return [...new Set([...noted.map(({ conversation }) => conversation), ...named])];
}

async function count(queries: Queries, person: string): Promise<Kept> {
  type Counts = { readonly count: number; readonly since: number | null };
  const of = async (table: "turn" | "file" | "fact" | "instruction" | "ledger"): Promise<Counts> => {
    const [row] = await queries.query<Counts>(
      `SELECT COUNT(*) AS count, MIN(at) AS since FROM ${table} WHERE person = ?`,
      [person],
    );
    return row ?? { count: 0, since: null };
  };
  const [turns, files, facts, instructions, accounts] = await Promise.all([
    of("turn"),
    of("file"),
    of("fact"),
    of("instruction"),
    of("ledger"),
  ]);
  const [pictures] = await queries.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM turn_blob JOIN turn
       ON turn.conversation = turn_blob.conversation AND turn.id = turn_blob.turn WHERE turn.person = ?`,
    [person],
  );
  const since = [turns, files, facts, instructions, accounts].flatMap(({ since }) =>
    since === null ? [] : [since],
  );
  return {
    questions: turns.count,
    pictures: pictures?.count ?? 0,
    files: files.count,
    facts: facts.count,
    instructions: instructions.count,
    accounts: accounts.count,
    ...(since.length > 0 && { since: new Date(Math.min(...since)) }),
  };
}

/** Everything of this person but what one job is made of, and what they did after that. */
const others = `person = ? AND (job IS NULL OR job <> ?)
  AND seq <= COALESCE((SELECT MAX(seq) FROM event WHERE job = ?), '~')`;

type PendingRow = {
  readonly conversation: ConversationKey;
  readonly state: number;
  readonly payload: string;
  readonly posts: string | null;
};

async function cancel(queries: Queries, person: string, job: string): Promise<readonly Cancelled[]> {
  const which = [person, job, job];
  const pending = await queries.query<PendingRow>(
    `SELECT conversation, state, payload, (SELECT posts FROM job WHERE job.id = event.job) AS posts
     FROM event WHERE state < 2 AND ${others} ORDER BY seq`,
    which,
  );
  await queries.query(`UPDATE event SET state = 2, payload = '' WHERE ${others}`, which);
  await queries.query(`DELETE FROM job WHERE id IN (SELECT job FROM event WHERE ${others})`, which);
  await queries.query(
    `UPDATE event SET person = '', conversation = '', message = NULL, job = NULL, posts = NULL WHERE ${others}`,
    which,
  );
  // Goes on, and is known by its id alone once it has been dealt with.
  await queries.query("UPDATE event SET person = '' WHERE job = ?", [job]);
  return pending.map(({ conversation, state, payload, posts }) => ({
    conversation,
    inbound: (JSON.parse(payload) as { inbound: Inbound }).inbound,
    isBegun: state === 1,
    posts: posts === null ? {} : (JSON.parse(posts) as Posts),
  }));
}
