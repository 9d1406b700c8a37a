import { parseArgs } from "node:util";
import { describeBot } from "../commands/described.ts";
import { UserError } from "../errors.ts";
import { knownNames } from "../personas/known-names.ts";
import { createPersonas } from "../personas/live.ts";
import { loadPersonas } from "../personas/load.ts";
import { slackManifest } from "../platforms.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "manifest [--events-url https://…]",
  async run({ args, config, out }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "events-url": { type: "string" } },
    });
    if (positionals.join(" ") !== "manifest") throw new UserError("Write: parlance slack manifest");
    const eventsUrl = values["events-url"];
    const settings = config();
    const loaded = await loadPersonas(settings.personasFolder, knownNames(settings));
    const bot = describeBot({ personas: createPersonas(loaded, settings.persona) });
    out(`${await slackManifest(bot, { ...(eventsUrl !== undefined && { eventsUrl }) })}\n`);
    return 0;
  },
};
