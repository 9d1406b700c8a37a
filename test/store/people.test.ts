import { openStore } from "../../src/store/open.ts";
import { makeFolder } from "../support/folder.ts";
import { describePeople } from "../support/people-contract.ts";

describePeople("people on SQLite", async () => {
  const dataFolder = makeFolder();
  return { open: () => openStore({ dataFolder }) };
});
