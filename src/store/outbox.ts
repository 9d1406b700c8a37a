import type { Answer } from "../chat.ts";
import type { CouncilProgress } from "../council/progress.ts";
import type { Database, Queries } from "./database.ts";
import { endEvents } from "./inbox.ts";
import { havePictures } from "./pictures.ts";
import type { ConversationKey, FinishedRounds, Job, Outbox, Posts } from "./store.ts";
import { deleteSummaryOf } from "./summaries.ts";
import { deleteUnusedPictures, insertWithPictures } from "./turns.ts";

type JobRow = {
  readonly id: string;
  readonly posts: string;
  readonly rounds: string | null;
  readonly council: string | null;
  readonly answer: string | null;
  readonly turn: string | null;
  readonly begun: number;
  readonly stopped: number;
};

/** Turns: a lost message is looked for soon after its question. */
const mostKnown = 200;

const columns = "id, posts, rounds, council, answer, turn, begun, stopped";

/** The outbox in a database whose schema is up to date. One worker at a time changes a job; only a stop comes from others. */
export function createOutbox(database: Database): Outbox {
  return { ...jobsIn(database), ...endsIn(database) };
}

type Ends = "conclude" | "close" | "known";

function jobsIn(database: Database): Omit<Outbox, Ends> {
  return {
    begin: (conversation, { id, events, posts, isHeld = false }) =>
      database.soon.transaction(async (transaction) => {
        const marks = events.map(() => "?").join(", ");
        const change = isHeld ? "job = ?" : "job = ?, state = 1, attempts = attempts + 1";
        const begun = await transaction.query(
          `UPDATE event SET ${change} WHERE id IN (${marks}) AND state < 2 RETURNING id`,
          [id, ...events],
        );
        if (begun.length === 0) return undefined;
        const [row] = await transaction.query<JobRow>(
          `INSERT INTO job (id, conversation, posts, held, begun, stopped) VALUES (?, ?, ?, ?, 0, 0)
           ON CONFLICT (id) DO UPDATE SET held = excluded.held RETURNING ${columns}`,
          [id, conversation, JSON.stringify(posts), isHeld ? 1 : 0],
        );
        if (!row) throw new Error(`the job ${id} vanished`);
        return toJob(row);
      }),

    async posts(id, posts, { isReceipt = false } = {}) {
      const queries = isReceipt ? database.soon : database;
      await queries.query("UPDATE job SET posts = ? WHERE id = ?", [JSON.stringify(posts), id]);
    },

    async rounds(id, rounds) {
      await database.query("UPDATE job SET rounds = ? WHERE id = ?", [JSON.stringify(rounds), id]);
    },

    async council(id, progress) {
      await database.query("UPDATE job SET council = ? WHERE id = ?", [JSON.stringify(progress), id]);
    },

    async commence(id) {
      await database.query("UPDATE job SET begun = 1 WHERE id = ?", [id]);
    },

    async stop(conversation, message) {
      const only =
        message === undefined
          ? ""
          : "AND id IN (SELECT job FROM event WHERE conversation = ? AND message = ?)";
      const rows = await database.soon.query(
        `UPDATE job SET stopped = 1 WHERE conversation = ? AND answer IS NULL AND held = 0 ${only} RETURNING id`,
        message === undefined ? [conversation] : [conversation, conversation, message],
      );
      return rows.length > 0;
    },
  };
}

function endsIn(database: Database): Pick<Outbox, Ends> {
  return {
    conclude: (conversation, id, { answer, turn, posts, replaces = false }) =>
      database.soon.transaction(async (transaction) => {
        // Else a removal at the same time could take a picture away between its row and its use.
        if (turn && (replaces || havePictures(turn.messages))) await transaction.lock(conversation);
        const concluded = await transaction.query(
          "UPDATE job SET answer = ?, turn = ?, posts = COALESCE(?, posts) WHERE id = ? RETURNING id",
          [JSON.stringify(answer), turn?.id ?? null, posts ? JSON.stringify(posts) : null, id],
        );
        // Whoever asked it was forgotten meanwhile.
        if (concluded.length === 0) return;
        if (turn) {
          const isGone = replaces && !(await removeTurn(transaction, conversation, turn.id));
          if (!isGone) await insertWithPictures(transaction, conversation, turn);
          if (replaces) await deleteUnusedPictures(transaction, conversation);
        }
      }),

    async known(chat) {
      const within =
        "(conversation = ? OR (conversation > ? AND conversation < ?) OR (conversation > ? AND conversation < ?))";
      const bounds = [chat, `${chat}:`, `${chat};`, `${chat}|`, `${chat}}`];
      const [jobs, turns] = await Promise.all([
        database.query<{ posts: string }>(`SELECT posts FROM job WHERE ${within}`, bounds),
        database.query<{ posts: string }>(
          `SELECT posts FROM turn WHERE ${within} ORDER BY id DESC LIMIT ${mostKnown}`,
          bounds,
        ),
      ]);
      return [...jobs, ...turns].flatMap(({ posts }) =>
        Object.values(JSON.parse(posts) as Posts).filter((id) => id !== null),
      );
    },

    close: (conversation, { id, events, turn, posts }) =>
      database.soon.transaction(async (transaction) => {
        const update = "UPDATE turn SET posts = ? WHERE conversation = ? AND id = ?";
        await Promise.all([
          turn !== undefined && transaction.query(update, [JSON.stringify(posts), conversation, turn]),
          events.length > 0 && transaction.query(endEvents(events.length), [...events]),
          transaction.query("DELETE FROM job WHERE id = ?", [id]),
        ]);
      }),
  };
}

async function removeTurn(queries: Queries, conversation: ConversationKey, id: string): Promise<boolean> {
  await deleteSummaryOf(queries, conversation, { sql: "id = ?", value: id });
  const removed = await queries.query("DELETE FROM turn WHERE conversation = ? AND id = ? RETURNING id", [
    conversation,
    id,
  ]);
  return removed.length > 0;
}

function toJob({ id, posts, rounds, council, answer, turn, begun, stopped }: JobRow): Job {
  return {
    id,
    posts: JSON.parse(posts) as Posts,
    ...(rounds !== null && { rounds: JSON.parse(rounds) as FinishedRounds }),
    ...(council !== null && { council: JSON.parse(council) as CouncilProgress }),
    ...(answer !== null && { answer: JSON.parse(answer) as Answer }),
    ...(turn !== null && { turn }),
    isBegun: begun !== 0,
    isStopped: stopped !== 0,
  };
}
