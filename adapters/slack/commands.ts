import type { SlashCommand, webApi } from "@slack/bolt";
import type { Inbound } from "../../src/chat.ts";
import { callSlack } from "./call.ts";
import { decodeAsked, decodeCommand, isDirect, rootOf, type Surroundings } from "./decode.ts";

/** What these undo is what the person last talked about; a slash command itself stands in no thread. */
const aboutLastThread = new Set(["stop", "undo", "new"]);

/** Starts the message in which the bot says aloud what someone asked by slash command. */
const asked = (user: string): string => `<@${user}> asks: `;

/** Makes of the slash command, which works anywhere but in threads, a command, or a question that the bot repeats. */
export async function takeCommand(
  { team_id: team, channel_id: channel, user_id: user, trigger_id, text: typed }: SlashCommand,
  client: webApi.WebClient,
  surroundings: Surroundings,
): Promise<Inbound> {
  const text = typed.trim();
  const { name = "", argument = "" } = /^(?<name>\w*)\s*(?<argument>.*)$/su.exec(text)?.groups ?? {};
  if (name !== "" && !surroundings.commands.has(name)) {
    // A question by slash command is seen by nobody and has no thread.
    const question = name === "ask" ? argument : text;
    const aloud = { channel, text: asked(user) + question };
    const { ts = "" } = await callSlack(() => client.chat.postMessage(aloud));
    return await decodeAsked({ team, channel, user, text: question, ts }, surroundings);
  }
  const last = aboutLastThread.has(name) ? await lastMessage(client, channel, user) : undefined;
  const thread_ts = last && rootOf({ channel, ...last }, surroundings);
  const said = { team, channel, user, ts: trigger_id, ...(thread_ts !== undefined && { thread_ts }) };
  const command = await decodeCommand(said, { name: name || "help", argument }, surroundings);
  // What a person asks the bot about itself is nobody else's business.
  return isDirect(channel) ? command : { ...command, context: user };
}

/** Of the channel's last messages, and the threads under them that the person has part in, the one with the newest word. */
async function lastMessage(
  { conversations }: webApi.WebClient,
  channel: string,
  user: string,
): Promise<{ ts: string; thread_ts?: string } | undefined> {
  const page = await callSlack(() => conversations.history({ channel, limit: 100 })).catch(() => undefined);
  return (page?.messages ?? [])
    .filter(
      (message) =>
        message.user === user || message.reply_users?.includes(user) || message.text?.startsWith(asked(user)),
    )
    .map(({ ts = "", thread_ts, latest_reply = ts }) => ({
      ts,
      latest_reply,
      ...(thread_ts && { thread_ts }),
    }))
    .toSorted((a, b) => b.latest_reply.localeCompare(a.latest_reply))[0];
}
