import type { Usage } from "../providers/provider.ts";
import type { Database, Queries, Statement } from "./database.ts";
import { deleteUnusedFiles } from "./files.ts";
import { attachPictures, detachPictures, havePictures, type StoredMessage } from "./pictures.ts";
import type { ConversationKey, StoredTurn, Turns } from "./store.ts";
import { deleteSummaryOf } from "./summaries.ts";

export type TurnRow = {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly persona: string;
  readonly model: string;
  readonly messages: string;
  readonly usage: string;
  readonly cost_usd: number | null;
  readonly outcome: StoredTurn["outcome"];
  readonly council: string | null;
  readonly asked: string | null;
  readonly posts: string;
  readonly facts: string | null;
};

export const turnColumns =
  "id, at, person, persona, model, messages, usage, cost_usd, outcome, council, asked, posts, facts";

/** The turns in a database whose schema is up to date. */
export function createTurns(database: Database): Turns {
  return {
    async append(conversation, turn) {
      const { stored, pictures } = detachPictures(turn.messages);
      if (pictures.size === 0) {
        await database.query(...turnInsertion(conversation, turn, stored));
        return;
      }
      await database.transaction(async (transaction) => {
        // Else a removal at the same time could take a picture away between its row and its use.
        await transaction.lock(conversation);
        await insertWithPictures(transaction, conversation, turn);
      });
    },

    // "~" sorts after every id.
    async list(conversation, { limit = Number.MAX_SAFE_INTEGER, after = "", before = "~" } = {}) {
      const newestFirst = await database.query<TurnRow>(
        `SELECT ${turnColumns} FROM turn WHERE conversation = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?`,
        [conversation, after, before, limit],
      );
      return readTurns(database, conversation, newestFirst.toReversed());
    },

    async find(conversation, by) {
      const [condition, value] = conditionOf(by);
      const rows = await database.query<TurnRow>(
        `SELECT ${turnColumns} FROM turn WHERE conversation = ? AND ${condition} ORDER BY id DESC LIMIT 1`,
        [conversation, value],
      );
      return (await readTurns(database, conversation, rows))[0];
    },

    remove: (conversation, id) =>
      database.transaction(async (transaction) => {
        await transaction.lock(conversation);
        await deleteSummaryOf(transaction, conversation, { sql: "id = ?", value: id });
        const removed = await transaction.query(
          "DELETE FROM turn WHERE conversation = ? AND id = ? RETURNING id",
          [conversation, id],
        );
        await deleteUnused(transaction, conversation);
        return removed.length > 0;
      }),

    async sweep(before, most) {
      const found = await database.query<{ conversation: ConversationKey; at: number }>(
        "SELECT conversation, at FROM turn WHERE at < ? ORDER BY at LIMIT ?",
        [before, most],
      );
      const until = found.at(-1)?.at;
      if (until === undefined) return 0;
      for (const conversation of new Set(found.map(({ conversation }) => conversation)))
        await deleteTurns(database, conversation, { sql: "at <= ?", value: until });
      return found.length;
    },
  };
}

/** The newest turns are looked at first, and it is mostly one of them that is replied to. */
function conditionOf(by: Parameters<Turns["find"]>[1]): readonly [sql: string, value: string] {
  if ("id" in by) return ["id = ?", by.id];
  if ("asked" in by) return ["asked = ?", by.asked];
  // As a value, not as the name of one.
  const value = `:${JSON.stringify(by.shown)}`.replaceAll(/[!%_]/gu, "!$&");
  return ["posts LIKE ? ESCAPE '!'", `%${value}%`];
}

/** Deletes those turns of a conversation that a condition holds for, with their files and the pictures that no other turn shows. */
export function deleteTurns(
  database: Database,
  conversation: ConversationKey,
  condition: { readonly sql: string; readonly value: string | number },
): Promise<void> {
  return database.transaction(async (transaction) => {
    await transaction.lock(conversation);
    await deleteSummaryOf(transaction, conversation, condition);
    await transaction.query(`DELETE FROM turn WHERE conversation = ? AND ${condition.sql}`, [
      conversation,
      condition.value,
    ]);
    await deleteUnused(transaction, conversation);
  });
}

export async function insertWithPictures(
  queries: Queries,
  conversation: ConversationKey,
  turn: StoredTurn,
): Promise<void> {
  const { stored, pictures } = detachPictures(turn.messages);
  await queries.query(...turnInsertion(conversation, turn, stored));
  for (const [sha256, bytes] of pictures) {
    await insertPicture(queries, conversation, { turn: turn.id, sha256, bytes });
  }
}

/** What only turns that are gone needed. */
export async function deleteUnused(queries: Queries, conversation: ConversationKey): Promise<void> {
  await deleteUnusedPictures(queries, conversation);
  await deleteUnusedFiles(queries, conversation);
}

async function deleteUnusedPictures(queries: Queries, conversation: ConversationKey): Promise<void> {
  await queries.query(
    `DELETE FROM blob WHERE conversation = ? AND sha256 NOT IN
       (SELECT sha256 FROM turn_blob WHERE conversation = ?)`,
    [conversation, conversation],
  );
}

/** Rows of one conversation, oldest first, with their pictures put back. */
async function readTurns(
  queries: Queries,
  conversation: ConversationKey,
  found: readonly TurnRow[],
): Promise<readonly StoredTurn[]> {
  const rows = found.map((row) => ({ row, stored: JSON.parse(row.messages) as readonly StoredMessage[] }));
  const first = rows.find(({ stored }) => havePictures(stored));
  const pictures = first
    ? await picturesSince(queries, conversation, first.row.id)
    : new Map<string, Uint8Array>();
  return rows.map(({ row, stored }) => toTurn(row, attachPictures(stored, pictures)));
}

/** One row of a conversation, with its pictures put back. */
export async function readTurn(
  queries: Queries,
  conversation: ConversationKey,
  row: TurnRow,
): Promise<StoredTurn> {
  const stored = JSON.parse(row.messages) as readonly StoredMessage[];
  if (!havePictures(stored)) return toTurn(row, attachPictures(stored, new Map()));
  const pictures = await queries.query<{ sha256: string; bytes: Uint8Array }>(
    `SELECT sha256, bytes FROM blob WHERE conversation = ? AND sha256 IN
       (SELECT sha256 FROM turn_blob WHERE conversation = ? AND turn = ?)`,
    [conversation, conversation, row.id],
  );
  return toTurn(row, attachPictures(stored, new Map(pictures.map(({ sha256, bytes }) => [sha256, bytes]))));
}

/** The statement that stores a turn with its messages, whose pictures are apart; where a condition is given, only if it holds. */
export function turnInsertion(
  conversation: ConversationKey,
  turn: StoredTurn,
  messages: readonly StoredMessage[],
  [condition, values = []]: Statement = ["TRUE"],
): Statement {
  return [
    `INSERT INTO turn (conversation, ${turnColumns}) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${condition}`,
    [
      conversation,
      turn.id,
      turn.at.getTime(),
      turn.person,
      turn.persona,
      turn.model,
      JSON.stringify(messages),
      JSON.stringify(turn.usage),
      turn.costUsd ?? null,
      turn.outcome,
      turn.council ? JSON.stringify(turn.council) : null,
      turn.asked ?? null,
      JSON.stringify(turn.posts),
      turn.facts ? JSON.stringify(turn.facts) : null,
      ...values,
    ],
  ];
}

async function insertPicture(
  queries: Queries,
  conversation: ConversationKey,
  { turn, sha256, bytes }: { turn: string; sha256: string; bytes: Uint8Array },
): Promise<void> {
  await queries.query(
    "INSERT INTO blob (conversation, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    [conversation, sha256, bytes],
  );
  await queries.query("INSERT INTO turn_blob (conversation, turn, sha256) VALUES (?, ?, ?)", [
    conversation,
    turn,
    sha256,
  ]);
}

async function picturesSince(
  queries: Queries,
  conversation: ConversationKey,
  turn: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const rows = await queries.query<{ sha256: string; bytes: Uint8Array }>(
    `SELECT sha256, bytes FROM blob WHERE conversation = ? AND sha256 IN
       (SELECT sha256 FROM turn_blob WHERE conversation = ? AND turn >= ?)`,
    [conversation, conversation, turn],
  );
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]));
}

function toTurn(row: TurnRow, messages: StoredTurn["messages"]): StoredTurn {
  return {
    id: row.id,
    at: new Date(row.at),
    person: row.person,
    persona: row.persona,
    model: row.model,
    messages,
    usage: JSON.parse(row.usage) as Usage,
    ...(row.cost_usd === null ? {} : { costUsd: row.cost_usd }),
    outcome: row.outcome,
    ...(row.council !== null && { council: JSON.parse(row.council) as readonly string[] }),
    ...(row.asked !== null && { asked: row.asked }),
    posts: readPosts(JSON.parse(row.posts)),
    ...(row.facts !== null && { facts: JSON.parse(row.facts) as string[] }),
  };
}

/** Older turns list their messages without names. */
function readPosts(stored: unknown): StoredTurn["posts"] {
  return Array.isArray(stored) ? Object.fromEntries(stored.entries()) : (stored as StoredTurn["posts"]);
}
