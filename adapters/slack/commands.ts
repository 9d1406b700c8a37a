import type { SlashCommand, webApi } from "@slack/bolt";
import type { Inbound } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack } from "./call.ts";
import { isDirect, decodeAsked, decodeCommand, type Surroundings } from "./decode.ts";

/** What these undo is what the person last talked about; a slash command itself stands in no thread. */
const aboutLastThread = new Set(["stop", "undo", "new"]);

/** The slash command, which works anywhere but in threads. */
export interface Commands {
  /** Makes of it a command, or a question that the bot repeats aloud. */
  take(slash: SlashCommand): Promise<Inbound>;
  /** Told of everything that comes in. */
  note(inbound: Inbound): void;
}

/** `privately` learns who alone is to see the answer to a command, by the event's id. */
export function createCommands(
  { chat }: webApi.WebClient,
  surroundings: Surroundings,
  privately: Map<string, string>,
): Commands {
  const { postMessage } = chat;
  const lastThreads = new Map<string, string>();
  const seat = (channel: string, author: string): string => `${channel} ${author}`;
  return {
    async take({ team_id: team, channel_id: channel, user_id: user, trigger_id: ts, text: typed }) {
      const text = typed.trim();
      const { name = "", argument = "" } = /^(?<name>\w*)\s*(?<argument>.*)$/su.exec(text)?.groups ?? {};
      if (name !== "" && !surroundings.commands.has(name)) {
        // A question by slash command is seen by nobody and has no thread.
        const question = name === "ask" ? argument : text;
        const asked = await callSlack(() => postMessage({ channel, text: `<@${user}> asks: ${question}` }));
        return await decodeAsked({ team, channel, user, text: question, ts: asked.ts ?? "" }, surroundings);
      }
      const root = aboutLastThread.has(name) ? lastThreads.get(seat(channel, `slack:${user}`)) : undefined;
      const said = { team, channel, user, ts, ...(root !== undefined && { thread_ts: root }) };
      const command = await decodeCommand(said, { name: name || "help", argument }, surroundings);
      // What a person asks the bot about itself is nobody else's business.
      if (!isDirect(channel)) remember(privately, command.id, user);
      return command;
    },
    note({ thread, author }) {
      const { channel, root } = parseThread(thread);
      if (root !== undefined) remember(lastThreads, seat(channel, author.id), root);
    },
  };
}
