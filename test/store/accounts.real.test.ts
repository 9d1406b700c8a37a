import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { describeGrants } from "../support/grants-contract.ts";
import { describeLedger } from "../support/ledger-contract.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { describeUsage } from "../support/usage-contract.ts";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

describeLedger("accounts on Postgres, from two pools", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => openPostgres(url), isShared: true };
});
describeUsage("use on Postgres", async () => {
  const url = await server.createStoreDatabase();
  return { open: () => openPostgres(url), isShared: true };
});
describeGrants("grants on Postgres", async () => {
  const databaseUrl = await server.createStoreDatabase();
  return { open: () => openStore({ dataFolder: "/nonexistent", databaseUrl }) };
});
