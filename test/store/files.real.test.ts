import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { describeFiles } from "../support/files-contract.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describeFiles("files on Postgres", async () => {
  const databaseUrl = await server.createStoreDatabase();
  return { open: () => openStore({ dataFolder: "/nonexistent", databaseUrl }) };
});
