import type { Usage } from "../providers/provider.ts";
import type { Database, Queries } from "./database.ts";
import { attachPictures, detachPictures, havePictures, type StoredMessage } from "./pictures.ts";
import type { ConversationKey, StoredTurn, Turns } from "./store.ts";

type TurnRow = {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly persona: string;
  readonly model: string;
  readonly messages: string;
  readonly usage: string;
  readonly cost_usd: number | null;
  readonly outcome: StoredTurn["outcome"];
};

/** The turns in a database whose schema is up to date. */
export function createTurns(database: Database): Turns {
  return {
    async append(conversation, turn) {
      const { stored, pictures } = detachPictures(turn.messages);
      if (pictures.size === 0) {
        await insertTurn(database, conversation, { ...turn, messages: stored });
        return;
      }
      await database.transaction(async (transaction) => {
        // Else a removal at the same time could take a picture away between its row and its use.
        await transaction.lock(conversation);
        await insertTurn(transaction, conversation, { ...turn, messages: stored });
        for (const [sha256, bytes] of pictures) {
          await insertPicture(transaction, conversation, { turn: turn.id, sha256, bytes });
        }
      });
    },

    async list(conversation, { limit = Number.MAX_SAFE_INTEGER, after = "" } = {}) {
      const newestFirst = await database.query<TurnRow>(
        `SELECT id, at, person, persona, model, messages, usage, cost_usd, outcome FROM turn
         WHERE conversation = ? AND id > ? ORDER BY id DESC LIMIT ?`,
        [conversation, after, limit],
      );
      const rows = newestFirst
        .toReversed()
        .map((row) => ({ row, stored: JSON.parse(row.messages) as readonly StoredMessage[] }));
      const first = rows.find(({ stored }) => havePictures(stored));
      const pictures = first ? await picturesSince(database, conversation, first.row.id) : new Map();
      return rows.map(({ row, stored }) => toTurn(row, attachPictures(stored, pictures)));
    },

    removeLast: (conversation) =>
      database.transaction(async (transaction) => {
        await transaction.lock(conversation);
        const removed = await transaction.query(
          `DELETE FROM turn WHERE conversation = ? AND id =
             (SELECT MAX(id) FROM turn WHERE conversation = ?) RETURNING id`,
          [conversation, conversation],
        );
        await transaction.query(
          `DELETE FROM blob WHERE conversation = ? AND sha256 NOT IN
             (SELECT sha256 FROM turn_blob WHERE conversation = ?)`,
          [conversation, conversation],
        );
        return removed.length > 0;
      }),
  };
}

async function insertTurn(
  queries: Queries,
  conversation: ConversationKey,
  turn: Omit<StoredTurn, "messages"> & { readonly messages: readonly StoredMessage[] },
): Promise<void> {
  await queries.query(
    `INSERT INTO turn (conversation, id, at, person, persona, model, messages, usage, cost_usd, outcome)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      conversation,
      turn.id,
      turn.at.getTime(),
      turn.person,
      turn.persona,
      turn.model,
      JSON.stringify(turn.messages),
      JSON.stringify(turn.usage),
      turn.costUsd ?? null,
      turn.outcome,
    ],
  );
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
  };
}
