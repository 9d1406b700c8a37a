import { afterAll, beforeAll } from "vitest";
import { openPostgres } from "../../src/store/postgres.ts";
import { describeForgetting } from "../support/forget-contract.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describeForgetting("forgetting a person on Postgres", async () => {
  const databaseUrl = await server.createStoreDatabase();
  return { options: { databaseUrl }, search: (words) => search(databaseUrl, words) };
});

/** Looks through every column of every table. */
async function search(url: string, words: readonly string[]): Promise<readonly string[]> {
  const database = await openPostgres(url);
  const columns = await database.query<{ table_name: string; column_name: string; data_type: string }>(
    `SELECT table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'bytea', 'character varying', 'json', 'jsonb')`,
  );
  const found: string[] = [];
  for (const { table_name: table, column_name: column, data_type: type } of columns) {
    const text = type === "bytea" ? `encode("${column}", 'escape')` : `"${column}"::text`;
    for (const word of words) {
      const rows = await database.query(`SELECT 1 FROM "${table}" WHERE position(? IN ${text}) > 0`, [word]);
      if (rows.length > 0) found.push(`${table}.${column}: ${word}`);
    }
  }
  await database.close();
  return found;
}
