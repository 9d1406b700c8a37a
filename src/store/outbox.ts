import { randomUUID } from "node:crypto";
import type { Answer } from "../chat.ts";
import type { CouncilProgress } from "../council/progress.ts";
import { ClaimLost } from "../errors.ts";
import type { NewFile } from "../files/files.ts";
import type { Database, Queries, Row, SqlValue, Statement } from "./database.ts";
import { putFiles } from "./files.ts";
import { payloadOf } from "./event-rows.ts";
import { endEvents } from "./inbox.ts";
import { detachPictures, havePictures } from "./pictures.ts";
import type { Attempt, ConversationKey, FinishedRounds, Job, Outbox, Posts, StoredTurn } from "./store.ts";
import { deleteSummaryOf } from "./summaries.ts";
import { settling } from "./ledger.ts";
import { deleteUnused, insertWithPictures, turnInsertion } from "./turns.ts";
import { withdrawn } from "./withdraw.ts";

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

type BegunRow = { readonly id: string; readonly payload: string };

/** Turns: a lost message is looked for soon after its question. */
const mostKnown = 200;

const columns = "id, posts, rounds, council, answer, turn, begun, stopped";

/** The outbox in a database whose schema is up to date. One attempt at a time changes a job; only a stop comes from others. */
export const createOutbox = (database: Database): Outbox => ({
  ...jobsIn(database),
  ...endsIn(database),
});

type Ends = "conclude" | "isConcluded" | "close" | "known";

/** Changes a job that is still this attempt's: whose it is stands in the column `worker`. */
async function change(
  queries: Queries,
  { id, attempt }: Attempt,
  set: string,
  ...values: SqlValue[]
): Promise<void> {
  const own = `UPDATE job SET ${set} WHERE id = ? AND worker = ? RETURNING id`;
  const changed = await queries.query(own, [...values, id, attempt]);
  if (changed.length === 0) await refuseOthers(queries, id);
}

function jobsIn(database: Database): Omit<Outbox, Ends> {
  return {
    async begin(conversation, { id, events, posts, isHeld = false, attempts }) {
      const attempt = randomUUID();
      const { which, values, change, taken } = openEvents({ id, events, isHeld, attempts });
      // Locked: else what is asked of the first event is not asked anew when another process has begun it in that moment.
      const [begun = [], jobs = []] = await database.soon.batch(
        [
          [`UPDATE event SET ${change} WHERE ${which} RETURNING id, payload`, [id, ...values]],
          [
            `INSERT INTO job (id, conversation, posts, held, begun, stopped, worker)
             SELECT ?, ?, ?, ${isHeld ? 1 : 0}, 0, 0, ? WHERE EXISTS (SELECT id FROM event WHERE ${taken})
             ON CONFLICT (id) DO UPDATE SET held = excluded.held, worker = excluded.worker RETURNING ${columns}`,
            [id, conversation, JSON.stringify(posts), attempt, ...events, id],
          ],
        ],
        { lock: conversation },
      );
      const [row] = jobs as readonly JobRow[];
      if (row) {
        const payloads = (begun as readonly BegunRow[]).map((event) => [event.id, payloadOf(event)] as const);
        const inbounds = new Map(payloads.map(([id, { inbound }]) => [id, inbound]));
        const found = toJob(row, attempt);
        const wasStopped = payloads.some(([, { isStopped }]) => isStopped);
        return { ...found, isStopped: found.isStopped || wasStopped, inbounds };
      }
      if (attempts !== undefined && (await isOpen(database.soon, events[0])))
        throw new ClaimLost("another process has begun it meanwhile");
      return undefined;
    },

    async posts(job, posts, { isReceipt = false } = {}) {
      await change(isReceipt ? database.soon : database, job, "posts = ?", JSON.stringify(posts));
    },

    async rounds(job, rounds) {
      await change(rounds.open ? database.soon : database, job, "rounds = ?", JSON.stringify(rounds));
    },

    async council(job, progress) {
      await change(database, job, "council = ?", JSON.stringify(progress));
    },

    async commence(job) {
      await change(database, job, "begun = 1");
    },

    async abandoned(conversation) {
      const rows = await database.soon.query<{ id: string; posts: string }>(
        `SELECT id, posts FROM job WHERE conversation = ? AND held = 1 AND NOT EXISTS
           (SELECT id FROM event WHERE event.conversation = job.conversation AND event.job = job.id AND state < 2)`,
        [conversation],
      );
      return rows.map(({ id, posts }) => ({ id, posts: JSON.parse(posts) as Posts }));
    },

    async discard(id) {
      await database.soon.query("DELETE FROM job WHERE id = ? AND held = 1", [id]);
    },
  };
}

type Beginning = Pick<Parameters<Outbox["begin"]>[1], "id" | "events" | "isHeld" | "attempts">;

/** Of events that are named by their ids: a database may else take the index of all that waits, and read the whole of it. */
const state = "state + 0";

/** Those of the events that may be begun, none where the first one was begun more often than is known; and which of them then are. */
function openEvents({ events, isHeld, attempts, id }: Beginning) {
  const among = `id IN (${events.map(() => "?").join(", ")})`;
  if (isHeld)
    return {
      which: `${among} AND ${state} = 0 AND (job IS NULL OR job = ?)`,
      values: [...events, id],
      change: "job = ?",
      taken: `${among} AND job = ? AND ${state} = 0`,
    };
  const begunBefore = `SELECT id FROM event WHERE id = ? AND ${state} < 2 AND attempts > ?`;
  return {
    which: `${among} AND ${state} < 2${attempts === undefined ? "" : ` AND NOT EXISTS (${begunBefore})`}`,
    values: [...events, ...(attempts === undefined ? [] : [events[0] ?? "", attempts])],
    change: "job = ?, state = 1, attempts = attempts + 1",
    taken: `${among} AND job = ? AND ${state} = 1`,
  };
}

async function isOpen(queries: Queries, event = ""): Promise<boolean> {
  return (await queries.query("SELECT id FROM event WHERE id = ? AND state < 2", [event])).length > 0;
}

function endsIn(database: Database): Pick<Outbox, Ends> {
  return {
    async conclude(conversation, { id, attempt }, { answer, turn, files, posts, account, replaces = false }) {
      const statements: readonly Statement[] = [
        [
          "UPDATE job SET answer = ?, turn = ?, posts = COALESCE(?, posts) WHERE id = ? AND worker = ? RETURNING id",
          [JSON.stringify(answer), turn?.id ?? null, posts ? JSON.stringify(posts) : null, id, attempt],
        ],
        ...(account ? settling(id, account) : []),
      ];
      const isPlain = !replaces && !files && !havePictures(turn?.messages ?? []);
      const [concluded] = isPlain
        ? await database.batch([...statements, ...insertionBy({ id, attempt }, conversation, turn)])
        : await inTransaction(database, conversation, { statements, turn, files, replaces });
      // Or whoever asked it was forgotten meanwhile.
      if (concluded?.length === 0) await refuseOthers(database.soon, id);
    },

    async isConcluded({ id, attempt }) {
      const own = "SELECT id FROM job WHERE id = ? AND worker = ? AND answer IS NOT NULL";
      return (await database.soon.query(own, [id, attempt])).length > 0;
    },

    async known(chat) {
      const within =
        "(conversation = ? OR (conversation > ? AND conversation < ?) OR (conversation > ? AND conversation < ?))";
      const bounds = [chat, `${chat}:`, `${chat};`, `${chat}|`, `${chat}}`];
      const [jobs, events, turns] = await Promise.all([
        database.query<{ posts: string }>(`SELECT posts FROM job WHERE ${within}`, bounds),
        // Failures, commands, notices: of what left no turn, or whose turn was taken back.
        database.query<{ posts: string }>(
          `SELECT posts FROM event WHERE posts IS NOT NULL AND ${within} ORDER BY seq DESC LIMIT ${mostKnown}`,
          bounds,
        ),
        database.query<{ posts: string }>(
          `SELECT posts FROM turn WHERE ${within} ORDER BY id DESC LIMIT ${mostKnown}`,
          bounds,
        ),
      ]);
      return [...jobs, ...events, ...turns].flatMap(({ posts }) =>
        Object.values(JSON.parse(posts) as Posts).filter((id) => id !== null),
      );
    },

    async close(conversation, { id, attempt, events, turn, posts }) {
      const shown = JSON.stringify(posts);
      const own = "DELETE FROM job WHERE id = ? AND worker = ? RETURNING id";
      const update = "UPDATE turn SET posts = ? WHERE conversation = ? AND id = ?";
      await database.soon.transaction(async (transaction) => {
        // Events before their job, as where it is begun: two that want both would else wait for each other.
        const [, , closed] = await Promise.all([
          turn !== undefined && transaction.query(update, [shown, conversation, turn]),
          events.length > 0 && transaction.query(endEvents(events.length), [shown, ...events]),
          transaction.query(own, [id, attempt]),
        ]);
        if (closed.length === 0) await refuseOthers(transaction, id);
      });
    },
  };
}

/** Stores a turn if the job is still this attempt's. */
function insertionBy(
  { id, attempt }: Attempt,
  conversation: ConversationKey,
  turn: StoredTurn | undefined,
): readonly Statement[] {
  if (!turn) return [];
  const isOwn: Statement = ["EXISTS (SELECT id FROM job WHERE id = ? AND worker = ?)", [id, attempt]];
  return [turnInsertion(conversation, turn, detachPictures(turn.messages).stored, isOwn)];
}

/** A conclusion with pictures or files, or in place of an earlier one. */
async function inTransaction(
  database: Database,
  conversation: ConversationKey,
  { statements, turn, ...options }: TurnToPut & { readonly statements: readonly Statement[] },
): Promise<readonly (readonly Row[])[]> {
  const results = await database.soon.transaction(async (transaction) => {
    // Else a removal at the same time could take a picture away between its row and its use.
    await transaction.lock(conversation);
    const results = await Promise.all(statements.map((statement) => transaction.query(...statement)));
    if (turn && results[0]?.length) await putTurn(transaction, conversation, { turn, ...options });
    return results;
  });
  await database.secure();
  return results;
}

/**
 * Whoever does not know yet that a job has been begun again, or even closed, finds out here. What went with who asked is
 * nobody's: they see the end of it all the same.
 */
async function refuseOthers(queries: Queries, id: string): Promise<void> {
  const found = await queries.query(
    "SELECT id FROM job WHERE id = ? UNION ALL SELECT id FROM event WHERE job = ?",
    [id, id],
  );
  if (found.length > 0) throw new ClaimLost("it has been begun again meanwhile");
}

interface TurnToPut {
  readonly turn?: StoredTurn | undefined;
  readonly files: readonly NewFile[] | undefined;
  readonly replaces: boolean;
}

async function putTurn(
  queries: Queries,
  conversation: ConversationKey,
  { turn, files, replaces }: TurnToPut & { readonly turn: StoredTurn },
): Promise<void> {
  const isGone = replaces && !(await removeTurn(queries, conversation, turn.id));
  if (!isGone) await insertWithPictures(queries, conversation, turn);
  if (files && !isGone) await putFiles(queries, conversation, { turn, files });
  if (replaces) await deleteUnused(queries, conversation);
}

async function removeTurn(queries: Queries, conversation: ConversationKey, id: string): Promise<boolean> {
  await deleteSummaryOf(queries, conversation, { sql: "id = ?", value: id });
  const removed = await queries.query("DELETE FROM turn WHERE conversation = ? AND id = ? RETURNING id", [
    conversation,
    id,
  ]);
  return removed.length > 0;
}

function toJob({ id, posts, rounds, council, answer, turn, begun, stopped }: JobRow, attempt: string): Job {
  return {
    id,
    attempt,
    posts: JSON.parse(posts) as Posts,
    ...(rounds !== null && { rounds: JSON.parse(rounds) as FinishedRounds }),
    ...(council !== null && { council: JSON.parse(council) as CouncilProgress }),
    ...(answer !== null && { answer: JSON.parse(answer) as Answer }),
    ...(turn !== null && { turn }),
    isBegun: begun !== 0,
    isStopped: stopped !== 0,
    ...(stopped === withdrawn && { isWithdrawn: true }),
  };
}
