import type { BlockAction, ButtonAction, MessageShortcut, types } from "@slack/bolt";
import type {
  BotDescription,
  Inbound,
  InboundCommand,
  InboundMessage,
  Place,
  Quoted,
  ThreadId,
  Welcomes,
} from "../../src/chat.ts";
import { editOf } from "../../src/platform/inbound.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { attachmentOf } from "./files.ts";
import type { Names } from "./names.ts";
import { mentions, readable } from "./text.ts";

/** What decoding needs to know, and may ask; none of it waits long. */
export interface Surroundings {
  /** The bot itself. */
  readonly user: string;
  /** The names of its commands. */
  readonly commands: ReadonlySet<string>;
  /** The names of those that ask something. */
  readonly questions: ReadonlySet<string>;
  readonly names: Names;
  /** Whether a question in this channel gets a thread of its own; unless false, it does. */
  readonly opensThread: (channel: ThreadId) => boolean | undefined;
  /** Whether who did this may use the bot there. */
  readonly welcomes: Welcomes;
  /** The message that a thread hangs under, if it may be read. */
  root(channel: string, ts: string): Promise<SlackMessageEvent | undefined>;
}

export const commandNames = ({ commands }: BotDescription): Pick<Surroundings, "commands" | "questions"> => ({
  commands: new Set(commands.map(({ name }) => name)),
  questions: new Set(commands.flatMap(({ name, asks }) => (asks ? [name] : []))),
});

type Written = types.GenericMessageEvent;

/** The fields shared by all that people write, whatever the event. */
export type SlackMessageEvent = Pick<Written, "ts"> &
  Partial<Pick<Written, "user" | "bot_id" | "text" | "thread_ts" | "files" | "edited">> & {
    readonly subtype?: string | undefined;
  };

/** A message with where it was said. */
export type Said = SlackMessageEvent & { readonly team: string; readonly channel: string };

/** The same message comes as `message`, as `app_mention`, and again when Slack repeats itself: always under one id. */
const eventId = ({ team, channel, ts }: Said, ...parts: string[]): string =>
  [team, channel, ts, ...parts].join(":");

/** In milliseconds since 1970. */
const timeOf = (ts: string): number => Math.floor(Number(ts) * 1000);

/** Direct messages with one person; those of a group are channels with few people. */
export const isDirect = (channel: string): boolean => channel.startsWith("D");

const written = new Set([undefined, "file_share", "thread_broadcast", "me_message"]);

/** What someone wrote, changed or took back; undefined when it is not for the bot. */
export async function decodeMessage(
  event: types.AllMessageEvents | types.AppMentionEvent,
  team: string,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  const where = { team, channel: event.channel };
  const before = "previous_message" in event ? (event.previous_message as SlackMessageEvent) : undefined;
  const now = ("message" in event ? event.message : event) as SlackMessageEvent;
  // A deleted message that others answered to stays, as its own gravestone.
  if (event.subtype === "message_deleted" || now.subtype === "tombstone")
    return before && decodeDeletion({ ...before, ...where }, surroundings);
  const message = await decodeWritten({ ...now, ...where }, surroundings);
  if (event.subtype !== "message_changed") return message;
  // Slack also changes messages by itself: a link gets its preview.
  const edited = now.edited?.ts === before?.edited?.ts ? undefined : now.edited;
  if (message?.type !== "message" || !edited) return undefined;
  const edit = editOf(message, { id: `${message.id}:edited:${edited.ts}`, messageId: now.ts });
  return { ...edit, at: timeOf(edited.ts) };
}

/** What someone wrote; undefined when it is not for the bot. */
export async function decodeWritten(
  said: Said,
  surroundings: Surroundings,
): Promise<InboundMessage | undefined> {
  const address = addressOf(said, surroundings.user);
  if (address === undefined || !written.has(said.subtype)) return undefined;
  const [base, text, quoted] = await Promise.all([
    baseOf(said, surroundings),
    readable(said.text ?? "", surroundings),
    address === "bot" ? quoteRoot(said, surroundings) : undefined,
  ]);
  const attachments = (said.files ?? []).map(attachmentOf);
  const at = timeOf(said.ts);
  const inbound = { ...base, at, type: "message", messageId: said.ts, text, attachments } as const;
  if (address === "follow-up") return { ...inbound, address };
  return { ...inbound, ...(quoted && { quoted }) };
}

async function decodeDeletion(said: Said, surroundings: Surroundings): Promise<Inbound | undefined> {
  if (addressOf(said, surroundings.user) === undefined) return undefined;
  const deletion = { type: "deleted", id: eventId(said, "deleted"), messageId: said.ts } as const;
  return { ...(await baseOf(said, surroundings)), ...deletion };
}

/** How a message is meant for the bot, if it is. Other bots' are not, and neither are its own. */
function addressOf(said: Said, bot: string): "bot" | "follow-up" | undefined {
  const { channel, user, bot_id: sentByBot, text = "" } = said;
  if (user === undefined || user === bot || user === "USLACKBOT" || sentByBot !== undefined) return undefined;
  if (isDirect(channel) || mentions(text, bot)) return "bot";
  return isReply(said) && !mentions(text) ? "follow-up" : undefined;
}

const isReply = ({ ts, thread_ts: root }: Said): boolean => root !== undefined && root !== ts;

/** The thread that a message is or would be answered in; undefined when that is the channel itself. */
export const rootOf = (
  { channel, ts, thread_ts }: { channel: string; ts: string; thread_ts?: string | undefined },
  { opensThread }: Surroundings,
): string | undefined => thread_ts ?? (opensThread(threadId("slack", channel)) === false ? undefined : ts);

async function baseOf(said: Said, surroundings: Surroundings) {
  const { team, channel, user = "" } = said;
  const { names } = surroundings;
  const direct = isDirect(channel);
  const place: Place = direct ? "dm" : isReply(said) ? "thread" : "channel";
  const [name, locale, channelName, isPublic] = await Promise.all([
    names.person(user),
    names.locale(user),
    direct ? undefined : names.channel(channel),
    !direct && names.isPublic(channel),
  ]);
  return {
    id: eventId(said),
    thread: threadId("slack", channel, rootOf(said, surroundings)),
    place,
    channelName: channelName ?? name,
    server: `slack:${team}`,
    ...(!direct && ({ readBy: isPublic ? "server" : "channel" } as const)),
    author: { id: `slack:${user}`, name, ...(locale !== undefined && { locale }) },
  };
}

/** What a mention was written under is what it is about, unless that began this conversation: then it is known. */
async function quoteRoot(said: Said, surroundings: Surroundings): Promise<Quoted | undefined> {
  const { channel, thread_ts } = said;
  if (isDirect(channel) || !isReply(said) || thread_ts === undefined) return undefined;
  const root = await surroundings.root(channel, thread_ts);
  const began = rootOf({ channel, ts: thread_ts }, surroundings) !== undefined;
  const isToOrFromBot = root?.user === surroundings.user || mentions(root?.text ?? "", surroundings.user);
  return root && !(began && isToOrFromBot) ? await quote(root, surroundings) : undefined;
}

async function quote(message: SlackMessageEvent, surroundings: Surroundings): Promise<Quoted> {
  const [author, text] = await Promise.all([
    message.user === undefined ? "a bot" : surroundings.names.person(message.user),
    readable(message.text ?? "", surroundings),
  ]);
  const attachments = (message.files ?? []).map(attachmentOf);
  return { author, text, attachments, ...(message.user === surroundings.user && { messageId: message.ts }) };
}

/** A button under an answer; undefined when it stands elsewhere. */
export async function decodePress(
  { team, user, channel, message, actions: [action] }: BlockAction<ButtonAction>,
  surroundings: Surroundings,
): Promise<Inbound | undefined> {
  if (!channel || !message || action?.value === undefined) return undefined;
  const said: Said = { ...message, user: user.id, team: team?.id ?? "", channel: channel.id };
  const at = timeOf(action.action_ts);
  const press = { type: "press", at, token: action.value, messageId: said.ts } as const;
  // Where its message stands: unlike a question, a press in the channel itself begins no thread.
  const thread = threadId("slack", said.channel, said.thread_ts);
  return {
    ...(await baseOf(said, surroundings)),
    ...press,
    thread,
    id: eventId(said, "press", action.action_ts),
  };
}

/** A persona chosen from a message's menu: that message is the question. */
export async function decodeShortcut(
  { team, user, channel, message, callback_id: entry, trigger_id: trigger, action_ts }: MessageShortcut,
  surroundings: Surroundings,
): Promise<InboundMessage> {
  const said = { ...message, user: user.id, team: team?.id ?? "", channel: channel.id };
  const [base, quoted] = await Promise.all([baseOf(said, surroundings), quote(message, surroundings)]);
  const persona = entry.replace(/^persona:/u, "");
  const question = {
    type: "message",
    at: timeOf(action_ts),
    text: "",
    attachments: [],
    quoted,
    persona,
  } as const;
  return { ...base, ...question, id: eventId(said, "shortcut", trigger) };
}

/** A command that stands in no message: `said` tells who gave it where, in which thread if any, and by what event. */
export async function decodeCommand(
  said: Said,
  command: { readonly name: string; readonly argument: string },
  surroundings: Surroundings,
): Promise<InboundCommand> {
  const base = await baseOf(said, surroundings);
  const thread = threadId("slack", said.channel, said.thread_ts);
  return { ...base, type: "command", ...command, thread, id: eventId(said, "command") };
}
