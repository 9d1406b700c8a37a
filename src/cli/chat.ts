import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { attachFile } from "../file-attachment.ts";
import { openBot, openTerminal } from "../main.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "[--persona id] [--user name] [--thread id]",
  async run({ args, config, err }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        persona: { type: "string" },
        user: { type: "string" },
        thread: { type: "string", default: "chat" },
      },
    });
    const name = values.user ?? userInfo().username;
    const seat = { author: { id: `terminal:${name}`, name }, thread: `terminal:${name}:${values.thread}` };
    const interactive = process.stdin.isTTY && process.stdout.isTTY;
    const { bot, core, close } = await openBot(config(), { watch: true, quiet: true });
    try {
      const adapter = await openTerminal({
        seat,
        input: process.stdin,
        output: process.stdout,
        interactive,
        attach: attachFile,
      });
      const receive = bot.receive.bind(bot, adapter);
      if (interactive) err(welcome(core.personas.fallback().name));
      if (values.persona !== undefined) {
        await receive({
          type: "command",
          name: "persona",
          argument: values.persona,
          id: "start",
          place: "dm",
          channelName: name,
          ...seat,
        });
      }
      await adapter.start(receive);
      await adapter.left;
      await adapter.stop();
      return 0;
    } finally {
      await bot.stop();
      await close();
    }
  },
};

function welcome(persona: string): string {
  return [
    `${persona} listens. /help lists the commands; /image and /file attach one; /quit leaves.`,
    "A line that ends with \\ goes on in the next one; Ctrl-C stops an answer.",
  ].join("\n");
}
