import { openStore } from "../../src/store/open.ts";
import { describeFiles } from "../support/files-contract.ts";
import { makeFolder } from "../support/folder.ts";

describeFiles("files on SQLite", async () => {
  const dataFolder = makeFolder();
  return { open: () => openStore({ dataFolder }) };
});
