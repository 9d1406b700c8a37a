import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { openFull } from "../support/archive-contract.ts";
import { parlance, parlanceHere } from "../support/command-line.ts";
import { makeFolder } from "../support/folder.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn } from "../support/turns.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

/** A folder to stand in, with a store that has something in every table. */
async function makePlace() {
  const cwd = makeFolder();
  const dataFolder = join(cwd, "data");
  await (await openFull({ dataFolder })).close();
  return { cwd, dataFolder };
}

const warning = "It holds what people said in private: keep it where only you can read it.\n";

/** What two files of the same data have in common: all but when and from where they were written. */
const tablesOf = (text: string): readonly string[] => text.trimEnd().split("\n").slice(1, -1);

describe("parlance data", () => {
  it("moves everything from SQLite to Postgres and back", async () => {
    const { cwd, dataFolder } = await makePlace();
    const url = await server.createDatabase();
    const sqlite = { PARLANCE_DATA: dataFolder };
    const postgres = { PARLANCE_DATA: dataFolder, DATABASE_URL: url };
    const again = { PARLANCE_DATA: join(cwd, "again") };
    const call = async (env: Readonly<Record<string, string>>, ...args: string[]) => {
      const { code, out, err } = await parlance(["data", ...args], { cwd, env });
      expect(code, err).toBe(0);
      expect(out).toBe("");
      return err;
    };
    const said = await call(sqlite, "export", "first.jsonl");
    expect(said).toMatch(
      /^Exported SQLite .*parlance\.db to .*first\.jsonl: \d+ rows \(turn \d+, blob \d+, /u,
    );
    expect(said.endsWith(warning)).toBe(true);
    expect(await call(postgres, "import", "first.jsonl")).toMatch(
      /^Imported first\.jsonl into Postgres 127.*: \d+ rows \(.*\)\. Read back and compared: the same as in the file\.\n$/u,
    );
    await call(postgres, "export", "second.jsonl.gz");
    await call(again, "import", "second.jsonl.gz");
    await call(again, "export", "third.jsonl");
    const [first, third] = ["first.jsonl", "third.jsonl"].map((name) =>
      readFileSync(join(cwd, name), "utf8"),
    );
    const second = gunzipSync(readFileSync(join(cwd, "second.jsonl.gz"))).toString();
    expect(tablesOf(second)).toEqual(tablesOf(first ?? ""));
    expect(tablesOf(third ?? "")).toEqual(tablesOf(first ?? ""));
    expect(second.split("\n", 1)[0]).toContain('"from":"Postgres"');
  });

  it("writes a packed file under a name of its own, for this user's eyes only", async () => {
    const { cwd, dataFolder } = await makePlace();
    const { code } = await parlance(["data", "export"], { cwd, env: { PARLANCE_DATA: dataFolder } });
    expect(code).toBe(0);
    const files = readdirSync(cwd).filter((name) => name !== "data");
    expect(files).toEqual([expect.stringMatching(/^parlance-\d{8}T\d{6}\.jsonl\.gz$/u)]);
    expect(statSync(join(cwd, files[0] ?? "")).mode & 0o777).toBe(0o600);
    expect(gunzipSync(readFileSync(join(cwd, files[0] ?? ""))).toString()).toContain('"end":true');
  });

  it("goes through a pipe, with nothing but the data in it", async () => {
    const { cwd, dataFolder } = await makePlace();
    const { out, err } = await parlance(["data", "export", "-"], { cwd, env: { PARLANCE_DATA: dataFolder } });
    expect(err).toContain(warning);
    const env = { PARLANCE_DATA: join(cwd, "other") };
    const imported = await parlance(["data", "import", "-"], { cwd, env, input: out });
    expect(imported).toMatchObject({ code: 0, out: "" });
    const again = await parlance(["data", "export", "-"], { cwd, env });
    expect(tablesOf(again.out)).toEqual(tablesOf(out));
  });

  it("fails, and says so, where who reads leaves before the end", async () => {
    const { cwd, dataFolder } = await makePlace();
    const store = await openStore({ dataFolder });
    // More than a pipe holds.
    for (let n = 101; n <= 105; n++)
      await store.turns.append(
        conversation,
        storedTurn(n, { messages: [pictureMessage(pictureBytes(99_000, n))] }),
      );
    await store.close();
    const env = { PARLANCE_DATA: dataFolder };
    const { code, err } = await parlance(["data", "export", "-"], { cwd, env, readsOnly: 1 });
    expect(err).toBe("Stopped: the reader is gone. The data that was written is not whole.\n");
    expect(code).toBe(1);
    // It has let the folder go.
    expect(readdirSync(dataFolder)).toEqual(["parlance.db"]);
  });

  it("overwrites no file and no store", async () => {
    const { cwd, dataFolder } = await makePlace();
    const env = { PARLANCE_DATA: dataFolder };
    writeFileSync(join(cwd, "mine.jsonl"), "mine");
    const exported = await parlanceHere(["data", "export", "mine.jsonl"], { cwd, env });
    expect(exported.code).toBe(1);
    expect(exported.err).toContain("mine.jsonl is there already, and is not overwritten. Name another file.");
    expect(readFileSync(join(cwd, "mine.jsonl"), "utf8")).toBe("mine");
    await parlanceHere(["data", "export", "all.jsonl"], { cwd, env });
    const imported = await parlanceHere(["data", "import", "all.jsonl"], { cwd, env });
    expect(imported.code).toBe(1);
    expect(imported.err).toMatch(/is not empty \(rows: \d+ in turn, /u);
    expect(imported.err).toContain("Set PARLANCE_DATA to a new folder, or move parlance.db away");
  });

  it("says which process to stop where a bot has the folder for itself", async () => {
    const { cwd, dataFolder } = await makePlace();
    const store = await openStore({ dataFolder });
    const { code, err } = await parlance(["data", "export"], { cwd, env: { PARLANCE_DATA: dataFolder } });
    await store.close();
    expect(code).toBe(1);
    expect(err).toContain(`is in use by another Parlance (process ${process.pid}). Stop that one, or `);
    expect(readdirSync(cwd)).toEqual(["data"]);
  });

  it("refuses half a file, and makes no store for one that is not there", async () => {
    const { cwd, dataFolder } = await makePlace();
    await parlanceHere(["data", "export", "all.gz"], { cwd, env: { PARLANCE_DATA: dataFolder } });
    const bytes = readFileSync(join(cwd, "all.gz"));
    writeFileSync(join(cwd, "half.gz"), bytes.subarray(0, bytes.length / 2));
    const env = { PARLANCE_DATA: join(cwd, "new") };
    const half = await parlanceHere(["data", "import", "half.gz"], { cwd, env });
    expect(half.code).toBe(1);
    expect(half.err).toMatch(/^half\.gz is damaged: it ends too early, or is changed \(line \d+\)\. /u);
    const none = await parlanceHere(["data", "import", "none.gz"], {
      cwd,
      env: { PARLANCE_DATA: join(cwd, "no") },
    });
    expect(none).toMatchObject({
      code: 1,
      err: `Can't read ${join(cwd, "none.gz")}: no such file or directory.\n`,
    });
    expect(existsSync(join(cwd, "no"))).toBe(false);
    expect((await parlanceHere(["data", "import", "all.gz"], { cwd, env })).code).toBe(0);
  });

  it("says how it is called", async () => {
    for (const args of [["export", "a", "b"], ["import"]]) {
      const { code, err } = await parlanceHere(["data", ...args], { cwd: makeFolder() });
      expect(code).toBe(1);
      expect(err).toBe("Write: parlance data export [file], or parlance data import <file>\n");
    }
  });
});
