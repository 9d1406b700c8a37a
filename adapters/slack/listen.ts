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
import { callSlack } from "./call.ts";
import { takeCommand } from "./commands.ts";
import {
  decodeCommand,
  decodeMessage,
  decodePress,
  decodeShortcut,
  isDirect,
  type Surroundings,
} from "./decode.ts";

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
    if (!(await mayPost(channelOf(payload), client))) return await declineIn(payload, surroundings.user);
    if (isCommand(payload)) return await takeCommand(payload, client, surroundings);
    return await decodeShortcut(payload, surroundings);
  }
  if (payload.type === "block_actions") return await decodePress(payload, surroundings);
  const { event, team_id: team } = payload;
  if (event.type === "app_mention" || event.type === "message")
    return await decodeMessage(event, team, surroundings);
  if (event.type !== "agent_session_stopped") return undefined;
  return await decodeCommand(
    { ...event, ts: event.event_ts, team },
    { name: "stop", argument: "" },
    surroundings,
  );
}

/** Slash commands and shortcuts work where the bot was never invited. */
async function mayPost(channel: string, { conversations }: webApi.WebClient): Promise<boolean> {
  if (isDirect(channel)) return true;
  const info = await callSlack(() => conversations.info({ channel })).catch(() => undefined);
  return info?.channel?.is_member !== false || info.channel.is_mpim === true;
}

async function declineIn({ response_url }: MessageShortcut | SlashCommand, bot: string): Promise<undefined> {
  const text = `I am not in this channel yet. Invite me first: /invite <@${bot}>`;
  const headers = { "content-type": "application/json" };
  await fetch(response_url, { method: "POST", headers, body: JSON.stringify({ text }) });
}

const isCommand = (payload: Payload): payload is SlashCommand => "command" in payload;

/** Where it happened: what happens in one channel stays in order. */
export function channelOf(payload: Payload): string {
  if (isCommand(payload)) return payload.channel_id;
  if (payload.type !== "event_callback") return payload.channel?.id ?? "";
  const { event } = payload;
  return "channel" in event && typeof event.channel === "string" ? event.channel : "";
}
