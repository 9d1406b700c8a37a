import type { Coordinator } from "../coordinator.ts";
import type { Log } from "../log.ts";
import type { Database } from "./database.ts";
import { createDocuments, type DocumentTable } from "./documents.ts";
import { createFiles } from "./files.ts";
import { createFacts } from "./facts.ts";
import { createGrants } from "./grants.ts";
import { createInstructions } from "./instructions.ts";
import { createLedger } from "./ledger.ts";
import { createLinks } from "./links.ts";
import { migrate } from "./migrations.ts";
import type { Store } from "./store.ts";
import { createInbox } from "./inbox.ts";
import { createOutbox } from "./outbox.ts";
import { createPeople } from "./people.ts";
import { createSummaries } from "./summaries.ts";
import { createTurns } from "./turns.ts";

/** Where everything is kept: in Postgres when there is an address, else in SQLite in the folder. */
export interface StoreOptions {
  readonly dataFolder: string;
  readonly databaseUrl?: string | undefined;
}

interface OpenDatabase {
  readonly database: Database;
  readonly openTable: () => Promise<DocumentTable>;
}

/** Opens the store; the caller closes it. Throws UserError when it can't be used. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { database, openTable } = await openDatabase(options);
  return {
    turns: createTurns(database),
    summaries: createSummaries(database),
    files: createFiles(database),
    facts: createFacts(database),
    instructions: createInstructions(database),
    links: createLinks(database),
    inbox: createInbox(database),
    outbox: createOutbox(database),
    grants: createGrants(database),
    ledger: createLedger(database),
    people: createPeople(database),
    documents: createDocuments(openTable),
    secure: () => database.secure(),
    close: () => database.close(),
  };
}

/** Who works on what: with others on Postgres, alone on SQLite. */
export async function openCoordinator({ databaseUrl }: StoreOptions, log: Log): Promise<Coordinator> {
  if (databaseUrl) {
    const { createPostgresCoordinator } = await import("./coordinator-postgres.ts");
    return createPostgresCoordinator(databaseUrl, log);
  }
  const { createLocalCoordinator } = await import("./coordinator-local.ts");
  return createLocalCoordinator();
}

/** Opens what the store is in, and brings its schema up to date; the caller closes it. Throws UserError when it can't be used. */
export async function openDatabase(options: StoreOptions): Promise<OpenDatabase> {
  const opened = await connect(options);
  try {
    await migrate(opened.database);
    return opened;
  } catch (error) {
    await opened.database.close();
    throw error;
  }
}

/** Loads only the backend that is used. */
async function connect({ dataFolder, databaseUrl }: StoreOptions): Promise<OpenDatabase> {
  if (databaseUrl) {
    const { openPostgres } = await import("./postgres.ts");
    const database = await openPostgres(databaseUrl);
    return {
      database,
      openTable: async () => (await import("./keyv-postgres.ts")).openDocumentTable(database),
    };
  }
  const { openSqlite } = await import("./sqlite.ts");
  const database = await openSqlite(dataFolder);
  return { database, openTable: async () => (await import("./keyv-sqlite.ts")).openDocumentTable(database) };
}
