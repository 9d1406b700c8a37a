import type { Summaries } from "../conversation/summaries.ts";
import type { Database, Queries, SqlValue } from "./database.ts";
import type { ConversationKey } from "./store.ts";

type SummaryRow = {
  readonly text: string;
  readonly after: string;
  readonly through: string;
  readonly turns: number;
  readonly person: string;
  readonly at: number;
};

/** The summaries in a database whose schema is up to date. */
export function createSummaries(database: Database): Summaries {
  return {
    async find(conversation) {
      const [row] = await database.query<SummaryRow>(
        "SELECT text, after, through, turns, person, at FROM summary WHERE conversation = ?",
        [conversation],
      );
      return row && { ...row, at: new Date(row.at) };
    },

    put: (conversation, { text, after, through, turns, person, at }, of) =>
      database.transaction(async (transaction) => {
        // Who deletes a turn holds it too: neither overlooks the other.
        await transaction.lock(conversation);
        const ids = await transaction.query<{ id: string }>(
          "SELECT id FROM turn WHERE conversation = ? AND id > ? AND id <= ?",
          [conversation, after, through],
        );
        const stored = new Set(ids.map(({ id }) => id));
        if (!of.turns.every((id) => stored.has(id))) return false;
        const [before] = await transaction.query<{ through: string }>(
          "SELECT through FROM summary WHERE conversation = ?",
          [conversation],
        );
        if (of.before && before?.through !== of.before.through) return false;
        await transaction.query("DELETE FROM summary WHERE conversation = ?", [conversation]);
        await transaction.query(
          `INSERT INTO summary (conversation, text, after, through, turns, person, at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          [conversation, text, after, through, turns, person, at.getTime()],
        );
        return true;
      }),

    async remove(conversation) {
      const removed = await database.query(
        "DELETE FROM summary WHERE conversation = ? RETURNING conversation",
        [conversation],
      );
      return removed.length > 0;
    },
  };
}

/** Goes before those turns of a conversation that a condition holds for are deleted: no summary keeps what is in them. */
export async function deleteSummaryOf(
  queries: Queries,
  conversation: ConversationKey,
  condition: { readonly sql: string; readonly value: SqlValue },
): Promise<void> {
  await queries.query(
    `DELETE FROM summary WHERE conversation = ? AND EXISTS (
       SELECT 1 FROM turn WHERE turn.conversation = summary.conversation
         AND turn.id > summary.after AND turn.id <= summary.through AND turn.${condition.sql})`,
    [conversation, condition.value],
  );
}
