import { createInterface } from "node:readline/promises";
import { command as chat } from "./chat.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "",
  async run(context) {
    // A wrong configuration is told even though nothing can be connected yet.
    context.config();
    context.err("No chat platform is set up: this version talks in the terminal only.");
    if (!process.stdin.isTTY) {
      context.err("Run it with a terminal: npm run -s parlance -- chat");
      return 1;
    }
    const reader = createInterface({ input: process.stdin, output: process.stderr });
    const reply = await reader.question("Talk here now? [Y/n] ");
    reader.close();
    return /^n/iu.test(reply.trim()) ? 0 : chat.run({ ...context, args: [] });
  },
};
