import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { UserError } from "../src/errors.ts";
import { writeNewFile } from "../src/new-file.ts";
import { makeFolder } from "./support/folder.ts";

const write = (path: string, text = "new") =>
  writeNewFile(path, (file) => pipeline(Readable.from([text]), file));

test("a new file is for this user's eyes only, and stands alone", async () => {
  const folder = makeFolder();
  await write(join(folder, "a"));
  expect(readFileSync(join(folder, "a"), "utf8")).toBe("new");
  expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("a file that is there stays as it is, also one that came meanwhile", async () => {
  const folder = makeFolder({ a: "old" });
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  await expect(write(a)).rejects.toThrow(`${a} is there already, and is not overwritten. Name another file.`);
  const late = writeNewFile(b, async (file) => {
    await pipeline(Readable.from(["new"]), file);
    writeFileSync(b, "old");
  });
  await expect(late).rejects.toThrow(`${b} is there already`);
  expect([readFileSync(a, "utf8"), readFileSync(b, "utf8")]).toEqual(["old", "old"]);
  expect(readdirSync(folder)).toEqual(["a", "b"]);
});

test("it is not there before it is whole, and nothing is left of one that failed", async () => {
  const folder = makeFolder();
  const error = new Error("the source broke");
  async function* broken(): AsyncGenerator<string> {
    yield "half";
    expect(readdirSync(folder)).not.toContain("a");
    throw error;
  }
  await expect(writeNewFile(join(folder, "a"), (file) => pipeline(broken, file))).rejects.toBe(error);
  expect(readdirSync(folder)).toEqual([]);
});

test("a place that takes no file is said plainly", async () => {
  const path = join(makeFolder(), "not there", "a");
  const attempt = write(path);
  await expect(attempt).rejects.toBeInstanceOf(UserError);
  await expect(attempt).rejects.toThrow(`Can't write ${path}: no such file or directory.`);
});

test("what a killed process left of a file goes with the next one, and what another still writes does not", async () => {
  const partial = (digit: string): string =>
    `.b.${digit.repeat(8)}-4444-4444-4444-${digit.repeat(12)}.partial`;
  const [left, growing, other] = [partial("1"), partial("2"), ".b.partial"];
  const folder = makeFolder({ [left]: "private", [growing]: "private", [other]: "not ours" });
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const name of [left, other]) utimesSync(join(folder, name), longAgo, longAgo);
  await write(join(folder, "a"));
  expect(readdirSync(folder).toSorted()).toEqual([growing, other, "a"].toSorted());
});
