import { openStore } from "../../src/store/open.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { makeFolder } from "../support/folder.ts";
import { describeGrants } from "../support/grants-contract.ts";
import { describeLedger } from "../support/ledger-contract.ts";
import { describeUsage } from "../support/usage-contract.ts";

describeLedger("accounts on SQLite", async () => {
  const folder = makeFolder();
  return { open: () => openSqlite(folder), isShared: false };
});
describeUsage("use on SQLite", async () => {
  const folder = makeFolder();
  return { open: () => openSqlite(folder), isShared: false };
});
describeGrants("grants on SQLite", async () => {
  const dataFolder = makeFolder();
  return { open: () => openStore({ dataFolder }) };
});
