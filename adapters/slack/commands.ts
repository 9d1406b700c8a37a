import type { SlashCommand, webApi } from "@slack/bolt";
import type { Inbound } from "../../src/chat.ts";
import { callSlack } from "./call.ts";
import { decodeCommand, decodeWritten, isDirect, rootOf, type Surroundings } from "./decode.ts";

/** What these undo is what the person last talked about; a slash command itself stands in no thread. */
const aboutLastThread = new Set(["stop", "undo", "new"]);

/** Starts the message in which the bot says aloud what someone asked by slash command. */
const asked = (user: string): string => `<@${user}> asks: `;

/** Makes of the slash command, which works anywhere but in threads, a command, or a question that the bot repeats. */
export async function takeCommand(
  { team_id: team, channel_id: channel, user_id: user, trigger_id, text: typed }: SlashCommand,
  client: webApi.WebClient,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  const text = typed.trim();
  const { name = "", argument = "" } = /^(?<name>\w*)\s*(?<argument>.*)$/su.exec(text)?.groups ?? {};
  if (name !== "" && !surroundings.commands.has(name)) {
    // A question by slash command is seen by nobody and has no thread.
    const question = name === "ask" ? argument : text;
    const { postMessage } = client.chat;
    const { ts = "" } = await callSlack(() => postMessage({ channel, text: asked(user) + question }));
    const toBot = `<@${surroundings.user}> ${question}`;
    return await decodeWritten({ team, channel, user, text: toBot, ts }, surroundings);
  }
  const last = aboutLastThread.has(name) ? await lastMessage(client, channel, user) : undefined;
  const root = last && rootOf({ channel, ...last }, surroundings);
  const said = { team, channel, user, ts: trigger_id, ...(root !== undefined && { thread_ts: root }) };
  const command = await decodeCommand(said, { name: name || "help", argument }, surroundings);
  // What a person asks the bot about itself is nobody else's business.
  return isDirect(channel) ? command : { ...command, context: user };
}

/** Of the channel's last messages that the person wrote or answered, the one with the newest word under it. */
async function lastMessage(
  { conversations }: webApi.WebClient,
  channel: string,
  user: string,
): Promise<{ ts: string; thread_ts?: string } | undefined> {
  const page = await callSlack(() => conversations.history({ channel, limit: 100 })).catch(() => undefined);
  const theirs = (page?.messages ?? []).filter(
    (message) =>
      message.user === user || message.reply_users?.includes(user) || message.text?.startsWith(asked(user)),
  );
  const newest = ({ ts = "", latest_reply = ts }: (typeof theirs)[number]): string => latest_reply;
  const [last] = theirs.toSorted((a, b) => newest(b).localeCompare(newest(a)));
  return last?.ts === undefined
    ? undefined
    : { ts: last.ts, ...(last.thread_ts && { thread_ts: last.thread_ts }) };
}
