import { setTimeout as sleep } from "node:timers/promises";
import type {
  BlockAction,
  ButtonAction,
  EnvelopedEvent,
  MessageShortcut,
  SlashCommand,
  types,
  webApi,
} from "@slack/bolt";
import type { Inbound, Receive } from "../../src/chat.ts";
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
import { patienceMs } from "./names.ts";

/** What Slack brings that an app like this one asks for. */
export type Payload =
  | EnvelopedEvent<types.SlackEvent>
  | BlockAction<ButtonAction>
  | MessageShortcut
  | SlashCommand;

export interface Listening {
  readonly client: webApi.WebClient;
  readonly surroundings: Surroundings;
  readonly receive: Receive;
}

/** Takes what Slack brings. */
export interface Listener {
  /** Settles when Slack may be told that it arrived; rejects when Slack should bring it again. */
  take(payload: Payload): Promise<void>;
  /** Settles when all that came so far has been taken. */
  idle(): Promise<unknown>;
}

/** Hands over what people did, in the order in which it came to each channel, though some takes longer to decode. */
export function createListener({ client, surroundings, receive }: Listening): Listener {
  const queues = new Map<string, Promise<void>>();

  async function decode(payload: Payload): Promise<Inbound | undefined> {
    if (isCommand(payload))
      return (await mayPost(payload.channel_id, payload.response_url))
        ? await takeCommand(payload, client, surroundings)
        : undefined;
    if (payload.type === "block_actions") return await decodePress(payload, surroundings);
    if (payload.type === "message_action")
      return (await mayPost(payload.channel.id, payload.response_url))
        ? await decodeShortcut(payload, surroundings)
        : undefined;
    const { event, team_id: team } = payload;
    if (event.type === "app_mention" || event.type === "message")
      return await decodeMessage(event, team, surroundings);
    if (event.type !== "agent_session_stopped") return undefined;
    const said = { ...event, ts: event.event_ts, team };
    return await decodeCommand(said, { name: "stop", argument: "" }, surroundings);
  }

  /** Slash commands and shortcuts work where the bot was never invited. */
  async function mayPost(channel: string, answerTo: string): Promise<boolean> {
    if (isDirect(channel)) return true;
    const info = await callSlack(() => client.conversations.info({ channel })).catch(() => undefined);
    if (!info?.channel || info.channel.is_member || info.channel.is_mpim) return true;
    const text = `I am not in this channel yet. Invite me first: /invite <@${surroundings.user}>`;
    const headers = { "content-type": "application/json" };
    await fetch(answerTo, { method: "POST", headers, body: JSON.stringify({ text }) });
    return false;
  }

  return {
    async take(payload) {
      const channel = channelOf(payload);
      // Too long a wait would make its own acknowledgement late.
      const before = Promise.race([
        queues.get(channel)?.catch(() => {}),
        sleep(patienceMs, undefined, { ref: false }),
      ]);
      const taken = Promise.all([decode(payload), before]).then(([inbound]) => inbound && receive(inbound));
      queues.set(channel, taken);
      await taken.finally(() => queues.get(channel) === taken && queues.delete(channel));
    },
    idle: () => Promise.allSettled(queues.values()),
  };
}

const isCommand = (payload: Payload): payload is SlashCommand => "command" in payload;

function channelOf(payload: Payload): string {
  if (isCommand(payload)) return payload.channel_id;
  if (payload.type !== "event_callback") return payload.channel?.id ?? "";
  return "channel" in payload.event ? String(payload.event.channel) : "";
}
