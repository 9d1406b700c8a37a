import { createAccess } from "../access/access.ts";
import { accessUsage, answerAccess } from "../access/answer-access.ts";
import type { Config } from "../config.ts";
import { askLocally } from "../local-line.ts";
import { openStore } from "../store/open.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: accessUsage,
  async run({ args, config, out }) {
    const settings = config();
    // A bot that runs on SQLite has it for itself, and answers in our place.
    const said = settings.databaseUrl === undefined ? await askLocally(settings.dataFolder, args) : undefined;
    out(`${said ?? (await answerHere(settings, args))}\n`);
    return 0;
  },
};

async function answerHere(config: Config, args: readonly string[]): Promise<string> {
  const store = await openStore(config);
  try {
    return await answerAccess(createAccess({ settings: config.access, grants: store.grants }), args);
  } finally {
    await store.close();
  }
}
