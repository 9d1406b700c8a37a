import { KeyvPostgres } from "@keyv/postgres";
import type { Database, SqlValue } from "./database.ts";
import type { DocumentTable } from "./documents.ts";

/** @keyv/postgres on the `document` table of a database, through its pool. */
export async function openDocumentTable(database: Database): Promise<DocumentTable> {
  // It names the schema in every statement and would take `public` for granted.
  const [row] = await database.query<{ schema: string }>("SELECT current_schema() AS schema");

  /** The adapter's own pool has no error listener: one cut idle connection would end the process. */
  class OnOurPool extends KeyvPostgres {
    override async connect() {
      return async (sql: string, values?: readonly SqlValue[]) => [...(await database.query(sql, values))];
    }

    /** The adapter looks first and deletes then, so that two at once both claim to have deleted it. */
    override async delete(key: string): Promise<boolean> {
      const deleted = await database.query("DELETE FROM document WHERE key = ? RETURNING key", [key]);
      return deleted.length > 0;
    }

    /** The adapter's takes `_` and `%` in a namespace for wildcards. */
    override async clear(): Promise<void> {
      throw new Error("Documents are deleted one by one.");
    }
  }

  return new OnOurPool({ table: "document", schema: row?.schema ?? "public" });
}
