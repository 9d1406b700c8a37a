import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { describeBot } from "../commands/described.ts";
import { openConversation } from "../conversation/conversation.ts";
import { conversationKey } from "../conversation/scope.ts";
import type { Core } from "../core.ts";
import { attachFile, readAttached } from "../file-attachment.ts";
import { openBot } from "../main.ts";
import { personaOf } from "../personas/choose.ts";
import { openTerminal } from "../platforms.ts";
import { type Words, wordsOf } from "../words/words.ts";
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
    const settings = config();
    const { locale } = settings;
    const author = { id: `terminal:${name}`, name, ...(locale !== undefined && { locale }) };
    const seat = { author, thread: `terminal:${name}:${values.thread}` };
    const interactive = process.stdin.isTTY && process.stdout.isTTY;
    const words = await wordsOf(locale);
    const { bot, core, close } = await openBot(settings, { watch: true, tell: err });
    try {
      const adapter = await openTerminal({
        seat: { ...seat, commands: describeBot(core).commands.map((each) => each.name) },
        words,
        input: process.stdin,
        output: process.stdout,
        interactive,
        attach: (path) => attachFile(path, settings.callFolder),
        download: readAttached,
      });
      const receive = bot.receive.bind(bot, adapter);
      if (interactive) err(await welcome(core, seat.thread, words));
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
      await close();
    }
  },
};

/** Who listens, and that an earlier conversation goes on. */
async function welcome({ store, personas }: Core, thread: string, { terminal }: Words): Promise<string> {
  const key = conversationKey({ thread, place: "dm", author: { id: "", name: "" } });
  const conversation = await openConversation(store, key);
  const { name } = personaOf(personas, conversation.bound);
  const earlier = (await conversation.turns()).length;
  return `${terminal.welcome(name, earlier)}\n${terminal.keys}`;
}
