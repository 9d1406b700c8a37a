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
import { isMigrated, migrate } from "./migrations.ts";
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

/** A store that was found, and may still be brought up to date. */
export interface FoundStore {
  /** Rejects, and the store is closed, when that fails. */
  readonly ready: Promise<Store>;
  /** As `Database.lost`. */
  readonly lost: Promise<unknown> | undefined;
  /** For whoever does not wait for it. */
  close(): Promise<void>;
}

/** Opens the store; the caller closes it. Throws UserError when it can't be used. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return (await findStore(options)).ready;
}

/** Opens the store and does not wait until it is up to date. Throws UserError when it can't be used. */
export async function findStore(options: StoreOptions): Promise<FoundStore> {
  const { opened, upToDate } = await findDatabase(options);
  const ready = upToDate.then(() => storeIn(opened));
  // Told to whoever waits for it, perhaps later.
  ready.catch(() => undefined);
  const { database } = opened;
  return { ready, lost: database.lost, close: () => database.close() };
}

function storeIn({ database, openTable }: OpenDatabase): Store {
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
  const { opened, upToDate } = await findDatabase(options);
  await upToDate;
  return opened;
}

/** Throws UserError when it is not there, or newer than this program. `upToDate` rejects, and it is closed, when it can't be brought there. */
async function findDatabase(
  options: StoreOptions,
): Promise<{ readonly opened: OpenDatabase; readonly upToDate: Promise<void> }> {
  const opened = await connect(options);
  const { database } = opened;
  const closing = async (error: unknown): Promise<never> => {
    await database.close();
    throw error;
  };
  const isUpToDate = await isMigrated(database).catch(closing);
  return { opened, upToDate: isUpToDate ? Promise.resolve() : migrate(database).catch(closing) };
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
