import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { describePeople } from "../support/people-contract.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describePeople("people on Postgres", async () => {
  const databaseUrl = await server.createStoreDatabase();
  return { open: () => openStore({ dataFolder: "/nonexistent", databaseUrl }) };
});
