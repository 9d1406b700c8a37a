import type { Queries, SqlValue } from "./database.ts";

/** A table as it is moved from one database to another. */
export interface Table {
  readonly name: string;
  /** Its primary key: what it is sorted by, alike in both databases. */
  readonly key: readonly string[];
  readonly rest: readonly string[];
  /** As many rows as may be in memory at once. */
  readonly page: number;
}

const small = 500;
const large = 50;
const huge = 1;

/** All that people's data is in; who is referred to stands before who refers. A test compares it with the real tables. */
export const tables: readonly Table[] = [
  {
    name: "turn",
    key: ["conversation", "id"],
    rest: [
      "at",
      "person",
      "persona",
      "model",
      "messages",
      "usage",
      "cost_usd",
      "outcome",
      "council",
      "asked",
      "posts",
      "facts",
    ],
    page: large,
  },
  { name: "blob", key: ["conversation", "sha256"], rest: ["bytes"], page: huge },
  { name: "turn_blob", key: ["conversation", "turn", "sha256"], rest: [], page: small },
  {
    name: "summary",
    key: ["conversation"],
    rest: ["text", "after", "through", "turns", "person", "at"],
    page: small,
  },
  {
    name: "file",
    key: ["conversation", "id"],
    rest: [
      "turn",
      "person",
      "at",
      "number",
      "name",
      "title",
      "author",
      "kind",
      "unit",
      "tokens",
      "letters",
      "parts",
    ],
    page: large,
  },
  { name: "file_part", key: ["conversation", "file", "seq"], rest: ["text"], page: large },
  {
    name: "file_vector",
    key: ["conversation", "file", "start"],
    rest: ["count", "model", "sha256", "vectors"],
    page: huge,
  },
  {
    name: "fact",
    key: ["person", "id"],
    rest: [
      "text",
      "at",
      "persona",
      "place",
      "number",
      "place_name",
      "link",
      "shared",
      "audience",
      "state",
      "replaced_by",
      "changed_at",
      "used_at",
    ],
    page: small,
  },
  { name: "memory_pause", key: ["person"], rest: ["at"], page: small },
  { name: "instruction", key: ["person", "id"], rest: ["number", "text", "is_on", "at"], page: small },
  { name: "link", key: ["account"], rest: ["holder", "name", "at"], page: small },
  {
    name: "link_code",
    key: ["account"],
    rest: ["hash", "name", "expires_at", "claimed_by", "claimed_name"],
    page: small,
  },
  { name: "document", key: ["key"], rest: ["value"], page: large },
  {
    name: "event",
    key: ["id"],
    rest: [
      "seq",
      "conversation",
      "platform",
      "person",
      "message",
      "at",
      "payload",
      "state",
      "attempts",
      "job",
      "holder",
      "posts",
    ],
    page: large,
  },
  {
    name: "job",
    key: ["id"],
    rest: [
      "conversation",
      "posts",
      "rounds",
      "council",
      "answer",
      "turn",
      "held",
      "begun",
      "stopped",
      "worker",
    ],
    page: large,
  },
  { name: "album_part", key: ["album", "place"], rest: ["person", "at", "payload"], page: large },
  { name: "own_conversation", key: ["person", "conversation"], rest: [], page: small },
  { name: "access_grant", key: ["place", "kind"], rest: ["name", "code", "granted_by", "at"], page: small },
  { name: "access_request", key: ["place"], rest: ["code", "name", "event", "at"], page: small },
  { name: "access_claim", key: ["hash"], rest: ["expires_at"], page: small },
  { name: "access_try", key: ["person"], rest: ["hour", "tries"], page: small },
  {
    name: "ledger",
    key: ["turn", "attempt"],
    rest: [
      "at",
      "person",
      "channel",
      "conversation",
      "persona",
      "model",
      "input_tokens",
      "cached_tokens",
      "cache_write_tokens",
      "output_tokens",
      "thinking_tokens",
      "is_estimate",
      "cost_nano",
      "tools",
    ],
    page: small,
  },
  { name: "spent_day", key: ["kind", "name", "day"], rest: ["tokens", "cost_nano"], page: small },
  { name: "message_count", key: ["kind", "name", "period"], rest: ["start", "messages"], page: small },
  {
    name: "reservation",
    key: ["id"],
    rest: [
      "person",
      "channel",
      "persona",
      "tokens",
      "cost_nano",
      "expires_at",
      "attempt",
      "model",
      "prompt_tokens",
      "fees_nano",
      "counted_at",
    ],
    page: small,
  },
];

/** In the order of a row's values. */
export const columnsOf = ({ key, rest }: Table): readonly string[] => [...key, ...rest];

/** The next rows by key, after the row given, at most so many. */
export async function readRows(
  queries: Queries,
  table: Table,
  { after, most }: { after: readonly SqlValue[] | undefined; most: number },
): Promise<readonly (readonly SqlValue[])[]> {
  const columns = columnsOf(table);
  const key = table.key.join(", ");
  const where = after ? `WHERE (${key}) > (${marks(table.key.length)})` : "";
  const rows = await queries.query(
    `SELECT ${columns.join(", ")} FROM ${table.name} ${where} ORDER BY ${key} LIMIT ?`,
    [...(after ?? []).slice(0, table.key.length), most],
  );
  return rows.map((row) => columns.map((column) => row[column] ?? null));
}

/** Stores so many rows in one statement. */
export async function insertRows(
  queries: Queries,
  table: Table,
  rows: readonly (readonly SqlValue[])[],
): Promise<void> {
  const columns = columnsOf(table);
  const values = rows.map(() => `(${marks(columns.length)})`).join(", ");
  await queries.query(`INSERT INTO ${table.name} (${columns.join(", ")}) VALUES ${values}`, rows.flat());
}

/** How many rows it has. */
export async function countRows(queries: Queries, { name }: Table): Promise<number> {
  const [row] = await queries.query<{ count: number }>(`SELECT COUNT(*) AS count FROM ${name}`);
  return row?.count ?? 0;
}

const marks = (count: number): string => Array.from({ length: count }, () => "?").join(", ");
