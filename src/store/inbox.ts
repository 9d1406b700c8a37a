import type { Inbound } from "../chat.ts";
import { albumsIn } from "./albums.ts";
import type { Database, Queries, Work } from "./database.ts";
import { done, type Payload, payloadOf, platformOf, remember } from "./event-rows.ts";
import { createPutting } from "./put-events.ts";
import { stopIn } from "./stop.ts";
import type { ConversationKey, Inbox, InboxEvent } from "./store.ts";
import { questionAndEdits, withdrawFrom } from "./withdraw.ts";

type EventRow = {
  readonly id: string;
  readonly at: number;
  readonly attempts: number;
  readonly job: string | null;
  readonly holder: string | null;
  readonly payload: string;
};

/** The inbox in a database whose schema is up to date. What has been dealt with keeps its id alone, to know a repetition. */
export function createInbox(database: Database): Inbox {
  const { soon, intake } = database;
  return {
    put: putIn(intake),
    ...lineIn(soon),
    ...changesIn(soon),
    ...albumsIn(database),
    withdraw: withdrawFrom(database),
    stop: stopIn(database),
  };
}

type Changes = "handBack" | "end" | "change";
/** In files of their own. */
type Elsewhere = "withdraw" | "stop" | "gather" | "sweepAlbums";

/** What was written longer ago than this is not looked for, in milliseconds: platforms that keep what was missed keep it as long. */
const recalledMs = 24 * 60 * 60_000;
/** What came at the same time as the last that was stored may not have been, in milliseconds. What was comes to nothing again. */
const overlapMs = 60_000;
const mostRecalled = 200;

/** The time of any turn, where nothing came lately: that there is one says that the bot is not new. */
async function anyTurn(queries: Queries, platform: string): Promise<number | undefined> {
  const one = "SELECT at FROM turn WHERE conversation > ? AND conversation < ? LIMIT 1";
  const [turn] = await queries.query<{ at: number }>(one, [`${platform}:`, `${platform};`]);
  return turn?.at;
}

function putIn(database: Queries): Inbox["put"] {
  const store = createPutting(database);
  return (conversation, { id, seq, at, inbound, refusal, holder = null }) => {
    const payload: Payload = { inbound, ...(refusal !== undefined && { refusal }) };
    return store({
      id,
      seq,
      conversation,
      platform: platformOf(inbound),
      person: inbound.author.id,
      message: messageOf(inbound) ?? null,
      at,
      payload: JSON.stringify(payload),
      state: 0,
      attempts: 0,
      holder,
    });
  };
}

function lineIn(database: Work): Omit<Inbox, Changes | Elsewhere | "put"> {
  return {
    async pending(conversation, limit) {
      const rows = await database.query<EventRow>(
        `SELECT id, at, attempts, job, holder, payload FROM event
         WHERE conversation = ? AND state < 2 ORDER BY seq LIMIT ?`,
        [conversation, limit],
      );
      return rows.map(toEvent);
    },

    async conversations(platforms, limit) {
      const rows = await database.query<{ conversation: ConversationKey }>(
        `SELECT conversation FROM event WHERE state < 2 AND platform IN (${marks(platforms.length)})
         GROUP BY conversation ORDER BY MIN(seq) LIMIT ?`,
        [...platforms, limit],
      );
      return rows.map(({ conversation }) => conversation);
    },

    async recall(platform) {
      const recent = await database.query<{ conversation: string; at: number }>(
        `SELECT conversation, MAX(at) AS at FROM event WHERE platform = ? GROUP BY conversation
         ORDER BY MAX(at) DESC LIMIT ?`,
        [platform, mostRecalled],
      );
      const since = recent[0]?.at ?? (await anyTurn(database, platform));
      const earliest = Date.now() - recalledMs;
      return {
        ...(since !== undefined && { since: Math.max(since - overlapMs, earliest) }),
        threads: [...new Set(recent.flatMap(({ conversation }) => conversation.split("|", 1)))].filter(
          Boolean,
        ),
      };
    },

    async knows(conversation) {
      const rows = await database.query("SELECT id FROM event WHERE conversation = ? LIMIT 1", [
        conversation,
      ]);
      return rows.length > 0;
    },

    async sweep(before) {
      const rows = await database.query("DELETE FROM event WHERE at < ? AND state = ? RETURNING id", [
        before,
        done,
      ]);
      return rows.length;
    },

    sweepStranded: (platforms, before) =>
      database.transaction(async (transaction) => {
        const among = marks(platforms.length + 1);
        const ended = await transaction.query<{ job: string | null }>(
          `${endEventsWhere(`state < 2 AND at < ? AND platform NOT IN (${among})`)} RETURNING job`,
          [null, before, "", ...platforms],
        );
        const jobs = ended.flatMap(({ job }) => job ?? []);
        if (jobs.length > 0)
          await transaction.query(`DELETE FROM job WHERE id IN (${marks(jobs.length)})`, jobs);
        return ended.length;
      }),
  };
}

function changesIn(database: Work): Pick<Inbox, Changes> {
  return {
    async handBack(ids) {
      // It stays begun: what it was joined from, and where its answer stands, is settled.
      await database.query(
        `UPDATE event SET attempts = attempts - 1 WHERE attempts > 1 AND id IN (${marks(ids.length)})`,
        [...ids],
      );
    },

    async end(ids) {
      await database.query(endEvents(ids.length), [null, ...ids]);
    },

    change(conversation, edit) {
      const { message, messageId } = edit.inbound;
      const payload: Payload = { inbound: message };
      return database.transaction(async (transaction) => {
        const changed = await transaction.query(
          `UPDATE event SET payload = ? WHERE conversation = ? AND message = ? AND state = 0
             AND NOT EXISTS (SELECT 1 FROM event WHERE id = ?) RETURNING id`,
          [JSON.stringify(payload), conversation, messageId, edit.id],
        );
        if (changed.length === 0) return false;
        // When it comes again, a later one may have changed the question, and been answered.
        await remember(transaction, conversation, edit);
        return true;
      });
    },
  };
}

/**
 * Ends so many events: their words are gone, their ids and the messages that answered them stay. Of someone who is
 * forgotten, the place is gone too. Its parameters: those messages, then the ids.
 */
export const endEvents = (count: number): string => endEventsWhere(`id IN (${marks(count)})`);

const endEventsWhere = (condition: string): string =>
  `UPDATE event SET state = 2, payload = '', posts = CASE person WHEN '' THEN NULL ELSE ? END,
     message = CASE person WHEN '' THEN NULL ELSE message END,
     conversation = CASE person WHEN '' THEN '' ELSE conversation END
   WHERE ${condition}`;

const marks = (count: number): string => Array.from({ length: count }, () => "?").join(", ");

function messageOf(inbound: Inbound): string | undefined {
  if (inbound.type === "edited") return questionAndEdits(inbound.messageId)[1];
  return inbound.type === "message" ? inbound.messageId : undefined;
}

function toEvent({ id, at, attempts, job, holder, ...row }: EventRow): InboxEvent {
  const { inbound, refusal, isStopped } = payloadOf(row);
  return {
    id,
    at,
    attempts,
    inbound,
    ...(refusal !== undefined && { refusal }),
    ...(job !== null && { job }),
    ...(holder !== null && { holder }),
    ...(isStopped && { isStopped }),
  };
}
