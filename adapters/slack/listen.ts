import type {
  BlockAction,
  ButtonAction,
  EnvelopedEvent,
  MessageShortcut,
  SlashCommand,
  types,
  webApi,
} from "@slack/bolt";
import type { Inbound } from "../../src/chat.ts";
import { parseThread, threadId } from "../../src/platform/thread-id.ts";
import { readWritten } from "../../src/platform/written-command.ts";
import { wordsOf } from "../../src/words/words.ts";
import { callSlack } from "./call.ts";
import {
  decodeCommand,
  decodeMessage,
  decodePress,
  decodeShortcut,
  decodeWritten,
  isDirect,
  rootOf,
  type Surroundings,
} from "./decode.ts";
import { hush } from "./text.ts";

/** What Slack brings that an app like this one asks for. */
export type Payload =
  | EnvelopedEvent<types.SlackEvent>
  | BlockAction<ButtonAction>
  | MessageShortcut
  | SlashCommand;

/** What a person did, of whatever kind; undefined when it is not for the bot. */
export async function decode(
  payload: Payload,
  client: webApi.WebClient,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  if (isCommand(payload) || payload.type === "message_action") {
    if (!(await mayPost(channelOf(payload), client))) return await decline(payload, surroundings);
    if (isCommand(payload)) return await takeCommand(payload, client, surroundings);
    return await decodeShortcut(payload, surroundings);
  }
  if (payload.type === "block_actions") return await decodePress(payload, surroundings);
  const { event, team_id: team } = payload;
  if (event.type === "app_mention" || event.type === "message")
    return await placeCommand(await decodeMessage(event, team, surroundings), client, surroundings);
  if (event.type !== "agent_session_stopped") return undefined;
  const pressed = { ...event, ts: event.event_ts, team };
  return await decodeCommand(pressed, { name: "stop", argument: "" }, surroundings);
}

/** With the bot's mention or without. */
const isWrittenCommand = (text: string, { commands, user }: Surroundings): boolean =>
  readWritten(text.replace(new RegExp(`^\\s*<@${user}(?:\\|[^>]*)?>`, "u"), ""), commands) !== undefined;

const isCommand = (payload: Payload): payload is SlashCommand => "command" in payload;

/** Where it happened: what happens in one channel stays in order. */
export function channelOf(payload: Payload): string {
  if (isCommand(payload)) return payload.channel_id;
  if (payload.type !== "event_callback") return payload.channel?.id ?? "";
  const { event } = payload;
  return "channel" in event && typeof event.channel === "string" ? event.channel : "";
}

/** Slash commands and shortcuts work where the bot was never invited. */
async function mayPost(channel: string, { conversations }: webApi.WebClient): Promise<boolean> {
  if (isDirect(channel)) return true;
  const info = await callSlack(() => conversations.info({ channel })).catch(() => undefined);
  return info?.channel?.is_member !== false || info.channel.is_mpim === true;
}

async function decline(
  payload: MessageShortcut | SlashCommand,
  { user: bot, names }: Surroundings,
): Promise<undefined> {
  const user = isCommand(payload) ? payload.user_id : payload.user.id;
  const { access } = await wordsOf(await names.locale(user));
  const text = access.notInvited(`/invite <@${bot}>`);
  const headers = { "content-type": "application/json" };
  await fetch(payload.response_url, { method: "POST", headers, body: JSON.stringify({ text }) });
}

/** What these are about is what the person last talked about; a slash command itself stands in no thread. */
const aboutLastThread = new Set([
  "stop",
  "undo",
  "new",
  "again",
  "branch",
  "context",
  "compact",
  "files",
  "read",
]);

/** Starts the message in which the bot says aloud what someone asked by slash command. */
const asked = (user: string): string => `<@${user}>: `;

/** What is asked by it, where it is no command about something else. */
function questionIn(
  { text, name, argument }: { readonly text: string; readonly name: string; readonly argument: string },
  { commands, questions }: Surroundings,
): string | undefined {
  if (argument !== "" && questions.has(name) && !aboutLastThread.has(name)) return `/${text}`;
  if (name === "" || commands.has(name)) return undefined;
  return name === "ask" ? argument : text;
}

/** Makes of the slash command, which works anywhere but in threads, a command, or a question that the bot repeats. */
async function takeCommand(
  { team_id: team, channel_id: channel, user_id: user, trigger_id, text: typed }: SlashCommand,
  client: webApi.WebClient,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  const text = typed.trim();
  const { name = "", argument = "" } = /^(?<name>\w*)\s*(?<argument>.*)$/su.exec(text)?.groups ?? {};
  const question = questionIn({ text, name, argument }, surroundings);
  if (question !== undefined) {
    const asker = { team, channel, user, ts: trigger_id };
    const unsaid = await decodeCommand(asker, { name: "help", argument: question }, surroundings);
    // For whoever may not use the bot it says nothing aloud: if they are told why, they alone are.
    if (!(await surroundings.welcomes(unsaid))) return { ...unsaid, context: user };
    // A question by slash command is seen by nobody and has no thread.
    const { postMessage } = client.chat;
    const { ts = "" } = await callSlack(() => postMessage({ channel, text: hush(asked(user) + question) }));
    const toBot = `<@${surroundings.user}> ${question}`;
    return await decodeWritten({ team, channel, user, text: toBot, ts }, surroundings);
  }
  const root = aboutLastThread.has(name)
    ? await lastRoot(client, { channel, user }, surroundings)
    : undefined;
  const said = { team, channel, user, ts: trigger_id, ...(root !== undefined && { thread_ts: root }) };
  const command = await decodeCommand(said, { name: name || "help", argument }, surroundings);
  // What a person asks the bot about itself is nobody else's business; what is read together is everyone's.
  const isForAll = isDirect(channel) || surroundings.questions.has(name);
  return isForAll ? command : { ...command, context: user };
}

/** A command that is written in the channel itself, as a message, is about the channel rather than a question with a thread of its own. */
async function placeCommand(
  inbound: Inbound | undefined,
  client: webApi.WebClient,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  if (inbound?.type !== "message") return inbound;
  const { channel, root } = parseThread(inbound.thread);
  const command = readWritten(inbound.text, surroundings.commands);
  if (!command || root !== inbound.messageId) return inbound;
  // What comes with files begins something, as a question does.
  if (inbound.attachments.length > 0 && surroundings.questions.has(command.name)) return inbound;
  const user = inbound.author.id.slice("slack:".length);
  const about = aboutLastThread.has(command.name)
    ? await lastRoot(client, { channel, user }, surroundings)
    : undefined;
  const isInThread = about !== undefined && inbound.place === "channel";
  return {
    ...inbound,
    thread: threadId("slack", channel, about),
    ...(isInThread && ({ place: "thread" } as const)),
  };
}

/** The thread with the newest word among those that the person has part in. */
async function lastRoot(
  { conversations }: webApi.WebClient,
  { channel, user }: { channel: string; user: string },
  surroundings: Surroundings,
): Promise<string | undefined> {
  const page = await callSlack(() => conversations.history({ channel, limit: 100 })).catch(() => undefined);
  const theirs = (page?.messages ?? []).filter(
    (message) =>
      (!isWrittenCommand(message.text ?? "", surroundings) || (message.reply_users ?? []).length > 0) &&
      (message.user === user || message.reply_users?.includes(user) || message.text?.startsWith(asked(user))),
  );
  const newest = ({ ts = "", latest_reply = ts }: (typeof theirs)[number]): string => latest_reply;
  const [last] = theirs.toSorted((a, b) => newest(b).localeCompare(newest(a)));
  return last && rootOf({ channel, ts: last.ts ?? "", thread_ts: last.thread_ts }, surroundings);
}
