import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "./folder.ts";

let empty: Promise<Buffer> | undefined;

/** A data folder with an empty store in it: a copy, for to make its tables anew takes five times as long. Gone when the test is over. */
export async function makeStoreFolder(): Promise<string> {
  empty ??= makeEmptyStore();
  return makeFolder({ "parlance.db": await empty });
}

async function makeEmptyStore(): Promise<Buffer> {
  const dataFolder = makeFolder();
  await (await openStore({ dataFolder })).close();
  return readFileSync(join(dataFolder, "parlance.db"));
}
