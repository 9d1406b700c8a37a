import type { Database } from "./database.ts";
import type { DocumentTable } from "./documents.ts";

/** Keyv's storage adapter on the `document` table of a SQLite database. */
export function openDocumentTable(database: Database): Promise<DocumentTable> {
  return Promise.resolve({
    opts: { dialect: "sqlite" },

    async get<Value>(key: string) {
      const [row] = await database.query<{ value: string }>("SELECT value FROM document WHERE key = ?", [
        key,
      ]);
      // Still serialized: Keyv reads it.
      return row?.value as Value | undefined;
    },

    async set(key: string, value: string) {
      await database.query(
        "INSERT INTO document (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
      );
    },

    async delete(key: string) {
      const deleted = await database.query("DELETE FROM document WHERE key = ? RETURNING key", [key]);
      return deleted.length > 0;
    },

    async clear() {
      throw new Error("Documents are deleted one by one.");
    },
  });
}
