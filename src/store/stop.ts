import type { InboundPress } from "../chat.ts";
import type { Database, Queries, Transaction } from "./database.ts";
import { type Payload, payloadOf, remember } from "./event-rows.ts";
import type { ConversationKey, Inbox, Posts, Stop, Stopped } from "./store.ts";

/** Stops what a person has in a conversation, in one look at what is being written there and what waits. */
export const stopIn =
  ({ soon }: Database): Inbox["stop"] =>
  (conversation, stop, { isManager = false } = {}) =>
    soon.transaction(async (transaction) => {
      const { id, inbound } = stop;
      const [, known, answer, waiting] = await Promise.all([
        // What is found waiting is not begun meanwhile.
        transaction.lock(conversation),
        transaction.query("SELECT id FROM event WHERE id = ?", [id]),
        writtenIn(transaction, conversation),
        inbound.type === "press" ? [] : waitingOf(transaction, conversation, inbound.author.id),
      ]);
      if (known.length > 0) return { type: "known" };
      const stopped = await stopOne(transaction, stop, { answer, waiting, isManager });
      const isOver = stopped.type === "answer" || stopped.type === "waiting";
      // When it comes again, it must not stop what was asked after it.
      if (isOver || (stopped.type === "nothing" && inbound.type === "press"))
        await remember(transaction, conversation, stop);
      return stopped;
    });

/** An answer that is being written. */
interface Written {
  readonly job: string;
  /** Who asked. */
  readonly person: string;
  readonly posts: Posts;
}

interface Waiting {
  readonly id: string;
  readonly payload: Payload;
}

/** Also when its worker is gone; undefined when its final form is stored. */
async function writtenIn(queries: Queries, conversation: ConversationKey): Promise<Written | undefined> {
  const [found] = await queries.query<{ job: string; posts: string; person: string }>(
    `SELECT job.id AS job, job.posts, event.person FROM job JOIN event ON event.conversation = job.conversation AND event.job = job.id
     WHERE job.conversation = ? AND job.answer IS NULL AND job.held = 0 AND event.state < 2 ORDER BY event.seq LIMIT 1`,
    [conversation],
  );
  return found && { ...found, posts: JSON.parse(found.posts) as Posts };
}

async function waitingOf(
  queries: Queries,
  conversation: ConversationKey,
  person: string,
): Promise<readonly Waiting[]> {
  const rows = await queries.query<{ id: string; payload: string }>(
    "SELECT id, payload FROM event WHERE conversation = ? AND person = ? AND state = 0",
    [conversation, person],
  );
  return rows
    .map((row) => ({ id: row.id, payload: payloadOf(row) }))
    .filter(({ payload: { inbound, isStopped } }) => inbound.type === "message" && !isStopped);
}

async function stopOne(
  transaction: Transaction,
  { inbound }: Stop,
  {
    answer,
    waiting,
    isManager,
  }: {
    readonly answer: Written | undefined;
    readonly waiting: readonly Waiting[];
    readonly isManager: boolean;
  },
): Promise<Stopped> {
  const meant = answer && (inbound.type === "command" || shows(answer, inbound)) ? answer : undefined;
  const isOwn = meant?.person === inbound.author.id;
  if (meant && isOwn && (await stopJob(transaction, meant))) return { type: "answer", person: meant.person };
  for (const { id, payload } of waiting)
    await transaction.query("UPDATE event SET payload = ? WHERE id = ? AND state = 0", [
      JSON.stringify({ ...payload, isStopped: true } satisfies Payload),
      id,
    ]);
  if (waiting.length > 0) return { type: "waiting" };
  if (!meant || isOwn) return { type: "nothing" };
  if (!isManager) return { type: "others" };
  return (await stopJob(transaction, meant)) ? { type: "answer", person: meant.person } : { type: "nothing" };
}

/** Also when the receipt of the message is still on its way. */
const shows = ({ posts }: Written, { messageId }: InboundPress): boolean =>
  Object.values(posts).some((id) => id === null || id === messageId);

/** False when its final form has been stored meanwhile. */
async function stopJob(queries: Queries, { job }: Written): Promise<boolean> {
  const stop = "UPDATE job SET stopped = 1 WHERE id = ? AND answer IS NULL RETURNING id";
  return (await queries.query(stop, [job])).length > 0;
}
