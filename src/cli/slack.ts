import { parseArgs } from "node:util";
import { UserError } from "../errors.ts";
import { slackManifest } from "../main.ts";
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
    out(`${await slackManifest(config(), { ...(eventsUrl !== undefined && { eventsUrl }) })}\n`);
    return 0;
  },
};
