import { UserError } from "../errors.ts";
import type { Database, Dialect, Queries, Transaction } from "./database.ts";
import { accessAndLimits } from "./migrations/access-and-limits.ts";
import { albums } from "./migrations/albums.ts";
import { audiences } from "./migrations/audiences.ts";
import { council } from "./migrations/council.ts";
import { files } from "./migrations/files.ts";
import { fileVectors } from "./migrations/file-vectors.ts";
import { heldCalls } from "./migrations/held-calls.ts";
import { heldFees } from "./migrations/held-fees.ts";
import { memory } from "./migrations/memory.ts";
import { people } from "./migrations/people.ts";
import { reservations } from "./migrations/reservations.ts";
import { summaries } from "./migrations/summaries.ts";
import { workers } from "./migrations/workers.ts";

/** The statements that take the schema one version up. */
type Migration = (dialect: Dialect) => readonly string[];

/** Version n is what the first n migrations make. Only ever add at the end: the others have run on people's data. */
const migrations: readonly Migration[] = [
  conversationsAndDocuments,
  inboxAndOutbox,
  accessAndLimits,
  people,
  summaries,
  council,
  memory,
  workers,
  files,
  fileVectors,
  reservations,
  albums,
  heldCalls,
  heldFees,
  audiences,
];

/** What `migrate` brings a database to. */
export const schemaVersion: number = migrations.length;

/** Whether `migrate` has nothing to do. Throws UserError when the database is newer than this code. */
export async function isMigrated(database: Database): Promise<boolean> {
  // A database that can't tell has no version yet, or says to `migrate` what is wrong with it.
  const version = await readVersion(database).catch(() => 0);
  refuseNewer(version, database);
  return version === schemaVersion;
}

/**
 * Brings the schema to this version, all or nothing; of processes that start at once, one does it and the rest wait.
 * Throws UserError when the database is newer than this code.
 */
export async function migrate(database: Database): Promise<void> {
  try {
    await database.transaction((transaction) => migrateIn(transaction, database));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The tables of the database ${database.location} can't be made or brought up to date: ${reason}. They stay as they were.`,
      { cause: error },
    );
  }
}

async function migrateIn(transaction: Transaction, database: Database): Promise<void> {
  const { dialect } = database;
  // In this order, but in one round trip, as all that follows.
  const [, , version] = await Promise.all([
    transaction.lock("parlance migrations"),
    transaction.query(
      `CREATE TABLE IF NOT EXISTS parlance_schema (
          version ${dialect.integer} PRIMARY KEY,
          applied_at ${dialect.integer} NOT NULL
        )${dialect.strict}`,
    ),
    readVersion(transaction),
  ]);
  refuseNewer(version, database);
  const asked: Promise<unknown>[] = [];
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    for (const statement of migration(dialect)) asked.push(transaction.query(statement));
    asked.push(
      transaction.query("INSERT INTO parlance_schema (version, applied_at) VALUES (?, ?)", [
        index + 1,
        Date.now(),
      ]),
    );
  }
  await Promise.all(asked);
}

function refuseNewer(version: number, { location }: Database): void {
  if (version <= schemaVersion) return;
  throw new UserError(
    `The database ${location} was written by a newer Parlance ` +
      `(its schema is version ${version}, this one knows ${schemaVersion}). ` +
      "Update Parlance, or set PARLANCE_DATA or DATABASE_URL to another database.",
  );
}

async function readVersion(queries: Queries): Promise<number> {
  const [row] = await queries.query<{ version: number | null }>(
    "SELECT MAX(version) AS version FROM parlance_schema",
  );
  return row?.version ?? 0;
}

/** A turn's pictures are apart from its messages, each stored once in its conversation: `turn_blob` says who uses which. */
function conversationsAndDocuments({ text, integer, real, bytes, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE turn (
      conversation ${text} NOT NULL,
      id ${text} NOT NULL,
      at ${integer} NOT NULL,
      person ${text} NOT NULL,
      persona ${text} NOT NULL,
      model ${text} NOT NULL,
      messages ${text} NOT NULL,
      usage ${text} NOT NULL,
      cost_usd ${real},
      outcome ${text} NOT NULL,
      asked ${text},
      posts ${text} NOT NULL,
      PRIMARY KEY (conversation, id)
    )${strict}`,
    "CREATE INDEX turn_by_question ON turn (conversation, asked)",
    `CREATE TABLE blob (
      conversation ${text} NOT NULL,
      sha256 ${text} NOT NULL,
      bytes ${bytes} NOT NULL,
      PRIMARY KEY (conversation, sha256)
    )${strict}`,
    `CREATE TABLE turn_blob (
      conversation ${text} NOT NULL,
      turn ${text} NOT NULL,
      sha256 ${text} NOT NULL,
      PRIMARY KEY (conversation, turn, sha256),
      FOREIGN KEY (conversation, turn) REFERENCES turn (conversation, id) ON DELETE CASCADE,
      FOREIGN KEY (conversation, sha256) REFERENCES blob (conversation, sha256)
    )${strict}`,
    // For the foreign key's own look when a blob is deleted.
    "CREATE INDEX turn_blob_by_blob ON turn_blob (conversation, sha256)",
    `CREATE TABLE fact (
      person ${text} NOT NULL,
      id ${text} NOT NULL,
      text ${text} NOT NULL,
      at ${integer} NOT NULL,
      persona ${text} NOT NULL,
      place ${text} NOT NULL,
      PRIMARY KEY (person, id)
    )${strict}`,
    `CREATE TABLE document (
      key ${text} PRIMARY KEY,
      value ${text} NOT NULL
    )${strict}`,
  ];
}

/** `state` of an event: 0 waits, 1 is being worked on, 2 has been dealt with. */
function inboxAndOutbox({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE event (
      id ${text} PRIMARY KEY,
      seq ${text} NOT NULL,
      conversation ${text} NOT NULL,
      platform ${text} NOT NULL,
      person ${text} NOT NULL,
      message ${text},
      at ${integer} NOT NULL,
      payload ${text} NOT NULL,
      state ${integer} NOT NULL,
      attempts ${integer} NOT NULL,
      job ${text},
      holder ${text}
    )${strict}`,
    "CREATE INDEX event_pending ON event (conversation, seq) WHERE state < 2",
    "CREATE INDEX event_by_conversation ON event (conversation)",
    "CREATE INDEX event_by_time ON event (at)",
    `CREATE TABLE job (
      id ${text} PRIMARY KEY,
      conversation ${text} NOT NULL,
      posts ${text} NOT NULL,
      rounds ${text},
      answer ${text},
      turn ${text},
      held ${integer} NOT NULL,
      begun ${integer} NOT NULL,
      stopped ${integer} NOT NULL
    )${strict}`,
    "CREATE INDEX job_by_conversation ON job (conversation)",
  ];
}
