import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn } from "../support/turns.ts";

const program = fileURLToPath(new URL("../support/store-writer.ts", import.meta.url));

let dataFolder: string;
let writers: ChildProcess[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "parlance-processes-"));
  writers = [];
});
afterEach(() => {
  for (const writer of writers) writer.kill("SIGKILL");
  rmSync(dataFolder, { recursive: true, force: true });
});

/** A process that writes turns; `until` resolves once it has printed so many lines, `end` once it is gone. */
function startWriter(...options: number[]) {
  const writer = spawn(process.execPath, [program, dataFolder, ...options.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  writers.push(writer);
  const lines: string[] = [];
  const output = createInterface({ input: writer.stdout });
  output.on("line", (line) => lines.push(line));
  const ended = Promise.all([once(writer, "exit"), once(output, "close")]);
  return {
    pid: writer.pid,
    lines,
    until: async (count: number) => {
      while (lines.length < count) await once(output, "line");
    },
    kill: async () => {
      writer.kill("SIGKILL");
      await ended;
    },
    ended,
  };
}

describe("SQLite between processes", () => {
  it("has every acknowledged turn, whole, after kill -9 in the middle of writing", async () => {
    let next = 0;
    for (let round = 0; round < 4; round++) {
      const writer = startWriter(next);
      await writer.until(10 + 13 * round);
      await writer.kill();
      const acknowledged = Number(writer.lines.at(-1)) + 1;
      const store = await openStore({ dataFolder });
      const turns = await store.turns.list(conversation);
      await store.close();
      // One more may have been stored than the process lived to say.
      expect([acknowledged, acknowledged + 1]).toContain(turns.length);
      expect(turns).toStrictEqual(
        turns.map((_, n) =>
          storedTurn(n, n % 3 ? {} : { messages: [pictureMessage(pictureBytes(20_000, n))] }),
        ),
      );
      next = turns.length;
    }
  });

  it("lets no second process into a folder, names the first, and opens when that one is killed", async () => {
    const writer = startWriter();
    await writer.until(1);
    await expect(openStore({ dataFolder })).rejects.toThrow(
      `The data folder ${dataFolder} is in use by another Parlance (process ${writer.pid}).`,
    );
    await writer.kill();
    await (await openStore({ dataFolder })).close();
  });

  it("lets two short runs at once both write, one after the other", async () => {
    const short = [startWriter(0, 5), startWriter(100, 5), startWriter(200, 5)];
    await Promise.all(short.map((writer) => writer.ended));
    expect(short.map((writer) => writer.lines.length)).toEqual([6, 6, 6]);
    const store = await openStore({ dataFolder });
    expect(await store.turns.list(conversation)).toHaveLength(15);
    await store.close();
  });
});
