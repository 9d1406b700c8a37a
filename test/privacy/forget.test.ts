import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../support/folder.ts";
import { describeForgetting } from "../support/forget-contract.ts";

describeForgetting("forgetting a person on SQLite", async () => {
  const dataFolder = makeFolder();
  return {
    options: { dataFolder },
    async search(words) {
      const paths = ["parlance.db", "parlance.db-wal"].map((name) => join(dataFolder, name));
      return paths
        .filter((path) => existsSync(path))
        .flatMap((path) => {
          const bytes = readFileSync(path);
          return words.filter((word) => bytes.includes(word)).map((word) => `${path}: ${word}`);
        });
    },
  };
});
