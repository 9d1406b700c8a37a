import { answerAccess } from "./access/answer-access.ts";
import type { Adapter } from "./chat.ts";
import type { Config } from "./config.ts";
import type { Core } from "./core.ts";
import { keepHouse } from "./housekeeping.ts";
import { answerLocally, type LocalLine } from "./local-line.ts";

/** What goes on beside the answers until the returned function is called: housekeeping, and a line for the command line. */
export async function beginUpkeep(
  config: Config,
  core: Core,
  adapters: readonly Pick<Adapter, "platform">[],
): Promise<() => Promise<void>> {
  const line = await openLine(config, core);
  const endHousekeeping = keepHouse({ ...core, platforms: adapters.map(({ platform }) => platform) });
  void tellWhoOwns(core).catch((err: unknown) =>
    core.log.warn({ err }, "nobody can say who owns this bot now"),
  );
  return async () => {
    endHousekeeping();
    await line?.close();
  };
}

/** On SQLite, the command line can't look into the store while this process runs: it asks here. */
async function openLine(
  { databaseUrl, dataFolder }: Config,
  { access, log }: Core,
): Promise<LocalLine | undefined> {
  if (databaseUrl !== undefined) return undefined;
  try {
    return await answerLocally(dataFolder, (args) => answerAccess(access, args));
  } catch (err) {
    log.warn(
      { err },
      "parlance access works only while this process does not run: the data folder takes no socket",
    );
    return undefined;
  }
}

async function tellWhoOwns({ access, log }: Core): Promise<void> {
  if (await access.hasOwner()) return;
  log.info(
    "nobody owns this bot yet: `parlance access owner` makes a code, and who sends it to the bot is its owner",
  );
}
