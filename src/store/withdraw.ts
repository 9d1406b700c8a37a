import type { MessageId } from "../chat.ts";
import type { Database, Queries } from "./database.ts";
import type { ConversationKey, Inbox, Withdrawal } from "./store.ts";

/** What the events of a question are stored with: an edit has its own place in the line, and is no question to be changed there. */
export const questionAndEdits = (message: MessageId): readonly [question: string, edit: string] => [
  message,
  `edit:${message}`,
];

/** Takes questions back where they wait, and where their answer is being made. */
export function withdrawFrom({ soon }: Database): Inbox["withdraw"] {
  return async (place, message, person) => {
    const its = questionAndEdits(message);
    const events: Condition = {
      sql: `(conversation = ? OR (conversation > ? AND conversation < ?)) AND message IN (?, ?)
        AND state < 2${person === undefined ? "" : " AND person = ?"}`,
      values: [place, `${place}|`, `${place}}`, ...its, ...(person === undefined ? [] : [person])],
    };
    // Most of what is deleted in a chat was never asked here, or was answered long ago.
    if ((await soon.query(`SELECT id FROM event WHERE ${events.sql} LIMIT 1`, events.values)).length === 0)
      return [];
    return soon.transaction(async (transaction) => {
      // Of two parts that are taken back at once, each would else leave the other to be answered.
      await transaction.lock(place);
      const found = new Map<ConversationKey, Withdrawal["was"]>();
      const note = (was: Withdrawal["was"], rows: readonly Withdrawn[]): void => {
        for (const { conversation } of rows) found.set(conversation, was);
      };
      note("waiting", await forget(transaction, events, { sql: "state = 0", values: [] }));
      note("part", await forget(transaction, events, { sql: isPart, values: its }));
      note("all", await stop(transaction, events));
      return [...found].map(([conversation, was]) => ({ conversation, was }));
    });
  };
}

type Withdrawn = { readonly conversation: ConversationKey };

interface Condition {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Others are answered with it, and their answer is still to be finished. */
const isPart = `state = 1 AND EXISTS (SELECT id FROM job WHERE job.id = event.job AND answer IS NULL)
  AND EXISTS (SELECT id FROM event AS other WHERE other.conversation = event.conversation AND other.job = event.job
    AND other.state = 1 AND (other.message IS NULL OR other.message NOT IN (?, ?)))`;

const forget = (queries: Queries, events: Condition, those: Condition): Promise<readonly Withdrawn[]> =>
  queries.query(
    `UPDATE event SET state = 2, payload = '' WHERE ${events.sql} AND ${those.sql} RETURNING conversation`,
    [...events.values, ...those.values],
  );

/** In the column `stopped` of a job, where a person's stop is a 1. */
export const withdrawn = 2;

/** Noted in its job, for whoever works on it may not hear of it. */
const stop = (queries: Queries, { sql, values }: Condition): Promise<readonly Withdrawn[]> =>
  queries.query(
    `UPDATE job SET stopped = ${withdrawn} WHERE answer IS NULL AND id IN (SELECT job FROM event WHERE ${sql} AND state = 1)
     RETURNING conversation`,
    values,
  );
