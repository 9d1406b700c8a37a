import { isAlive } from "../health.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "",
  async run({ config, err }) {
    if (await isAlive(config().dataFolder)) return 0;
    err("No Parlance serves this data folder, or it hangs.");
    return 1;
  },
};
