import type { FilePart, Files, NewFile, StoredFile, VectorRun } from "../files/files.ts";
import { withoutFile } from "../files/without-file.ts";
import type { OwnFile } from "../privacy/people.ts";
import type { Database, Queries, SqlValue } from "./database.ts";
import type { StoredMessage } from "./pictures.ts";
import type { ConversationKey, StoredTurn } from "./store.ts";
import { deleteSummaryOf } from "./summaries.ts";

type FileRow = {
  readonly id: string;
  readonly turn: string;
  readonly person: string;
  readonly at: number;
  readonly number: number;
  readonly name: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly kind: string;
  readonly unit: StoredFile["unit"];
  readonly tokens: number;
  readonly letters: number;
  readonly parts: string;
};

const fileColumns = "id, turn, person, at, number, name, title, author, kind, unit, tokens, letters, parts";

/** What one conversation may keep: what is over, the oldest first, makes room. */
const mostFiles = 20;
const mostLetters = 20_000_000;
/** So many texts go in one statement. */
const page = 100;

/** The files in a database whose schema is up to date. */
export function createFiles(database: Database): Files {
  return {
    async list(conversation) {
      const rows = await database.query<FileRow>(
        `SELECT ${fileColumns} FROM file WHERE conversation = ? ORDER BY turn, number`,
        [conversation],
      );
      return rows.map(toFile);
    },

    texts: (conversation, file, range) => readTexts(database, conversation, file, range),

    vectors: (conversation, file) => readVectors(database, conversation, file),

    putVectors: (conversation, file, run) =>
      database.transaction(async (transaction) => {
        await transaction.lock(conversation);
        const found = await transaction.query("SELECT id FROM file WHERE conversation = ? AND id = ?", [
          conversation,
          file,
        ]);
        if (found.length > 0) await insertVectors(transaction, conversation, file, run);
      }),

    drop: (conversation, file) =>
      database.transaction(async (transaction) => {
        await transaction.lock(conversation);
        return deleteFiles(transaction, conversation, { sql: "id = ?", values: [file] });
      }),
  };
}

type VectorRow = Omit<VectorRun, "vectors"> & { readonly vectors: Uint8Array };

async function readVectors(
  queries: Queries,
  conversation: ConversationKey,
  file: string,
): Promise<readonly VectorRun[]> {
  const rows = await queries.query<VectorRow>(
    "SELECT start, count, model, sha256, vectors FROM file_vector WHERE conversation = ? AND file = ? ORDER BY start",
    [conversation, file],
  );
  return rows.map(({ start, count, model, sha256, vectors }) => {
    // A copy begins where a float can.
    const floats = new Float32Array(new Uint8Array(vectors).buffer);
    return { start, count, model, sha256, vectors: floats };
  });
}

async function insertVectors(
  queries: Queries,
  conversation: ConversationKey,
  file: string,
  { start, count, model, sha256, vectors }: VectorRun,
): Promise<void> {
  await queries.query("DELETE FROM file_vector WHERE conversation = ? AND file = ? AND start = ?", [
    conversation,
    file,
    start,
  ]);
  const bytes = new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  await queries.query(
    "INSERT INTO file_vector (conversation, file, start, count, model, sha256, vectors) VALUES (?, ?, ?, ?, ?, ?, ?)",
    [conversation, file, start, count, model, sha256, bytes],
  );
}

async function readTexts(
  queries: Queries,
  conversation: ConversationKey,
  file: string,
  { from = 0, to = Number.MAX_SAFE_INTEGER }: { readonly from?: number; readonly to?: number } = {},
): Promise<readonly string[]> {
  const rows = await queries.query<{ text: string }>(
    "SELECT text FROM file_part WHERE conversation = ? AND file = ? AND seq >= ? AND seq < ? ORDER BY seq",
    [conversation, file, from, to],
  );
  return rows.map(({ text }) => text);
}

/** As `People.files`. */
export async function readFilesOf(
  queries: Queries,
  person: string,
  { after = "", limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly OwnFile[]> {
  const rows = await queries.query<FileRow & { readonly conversation: ConversationKey }>(
    `SELECT conversation, ${fileColumns} FROM file WHERE person = ? AND id > ? ORDER BY id LIMIT ?`,
    [person, after, limit],
  );
  return rows.map(toOwnFile);
}

const toOwnFile = ({ conversation, ...row }: FileRow & Pick<OwnFile, "conversation">): OwnFile => ({
  conversation,
  ...toFile(row),
});

/** Stores what came with a turn in place of what it had, which is mostly the same; older files of its conversation make room. */
export async function putFiles(
  queries: Queries,
  conversation: ConversationKey,
  { turn, files }: { readonly turn: StoredTurn; readonly files: readonly NewFile[] },
): Promise<void> {
  if (files.length === 0) {
    await deleteFiles(queries, conversation, { sql: "turn = ?", values: [turn.id] });
    return;
  }
  await queries.query("DELETE FROM file WHERE conversation = ? AND turn = ?", [conversation, turn.id]);
  for (const file of files) await insertFile(queries, conversation, turn, file);
  await queries.query(
    `DELETE FROM file WHERE conversation = ? AND id IN (
       SELECT id FROM (
         SELECT id, ROW_NUMBER() OVER newest AS place, SUM(letters) OVER newest AS total
         FROM file WHERE conversation = ? WINDOW newest AS (ORDER BY turn DESC, number DESC)
       ) AS kept WHERE place > ${mostFiles} OR (total > ${mostLetters} AND place > 1))`,
    [conversation, conversation],
  );
}

/** Goes after turns of a conversation were deleted: no file outlives its turn. */
export async function deleteUnusedFiles(queries: Queries, conversation: ConversationKey): Promise<void> {
  await deleteFiles(queries, conversation, {
    sql: "turn NOT IN (SELECT id FROM turn WHERE conversation = ?)",
    values: [conversation],
  });
}

/** Deletes those files of a conversation that a condition holds for, and what turns hold of them; whether there were any. */
async function deleteFiles(
  queries: Queries,
  conversation: ConversationKey,
  { sql, values }: { readonly sql: string; readonly values: readonly SqlValue[] },
): Promise<boolean> {
  const deleted = await queries.query<Gone>(
    `DELETE FROM file WHERE conversation = ? AND ${sql} RETURNING id, number, turn`,
    [conversation, ...values],
  );
  for (const file of deleted) await redactTurns(queries, conversation, file);
  return deleted.length > 0;
}

type Gone = Pick<FileRow, "id" | "number" | "turn">;

async function insertFile(
  queries: Queries,
  conversation: ConversationKey,
  { id: turn, person, at }: StoredTurn,
  file: NewFile,
): Promise<void> {
  const { id, number, name, title, author, kind, unit, tokens, letters, parts, texts, vectors } = file;
  await queries.query(
    `INSERT INTO file (conversation, ${fileColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      conversation,
      id,
      turn,
      person,
      at.getTime(),
      number,
      name,
      title ?? null,
      author ?? null,
      kind,
      unit,
      tokens,
      letters,
      JSON.stringify(parts),
    ],
  );
  for (let start = 0; start < texts.length; start += page) {
    const rows = texts.slice(start, start + page);
    await queries.query(
      `INSERT INTO file_part (conversation, file, seq, text) VALUES ${rows.map(() => "(?, ?, ?, ?)").join(", ")}`,
      rows.flatMap((text, index) => [conversation, id, start + index, text]),
    );
  }
  for (const run of vectors) await insertVectors(queries, conversation, id, run);
}

/** From its own turn on, up to where its number is another file's. */
async function redactTurns(queries: Queries, conversation: ConversationKey, file: Gone): Promise<void> {
  const rows = await queries.query<{ id: string; messages: string }>(
    `SELECT id, messages FROM turn WHERE conversation = ? AND id >= ? AND id < COALESCE(
       (SELECT MIN(turn) FROM file WHERE conversation = ? AND number = ? AND turn > ?), '~')`,
    [conversation, file.turn, conversation, file.number, file.turn],
  );
  for (const { id, messages } of rows) {
    const before = JSON.parse(messages) as readonly StoredMessage[];
    const after = JSON.stringify(before.map((message) => withoutFile(message, file)));
    if (after === messages) continue;
    await deleteSummaryOf(queries, conversation, { sql: "id = ?", value: id });
    await queries.query("UPDATE turn SET messages = ? WHERE conversation = ? AND id = ?", [
      after,
      conversation,
      id,
    ]);
  }
}

function toFile({ at, title, author, parts, ...row }: FileRow): StoredFile {
  return {
    ...row,
    at: new Date(at),
    ...(title !== null && { title }),
    ...(author !== null && { author }),
    parts: JSON.parse(parts) as readonly FilePart[],
  };
}
