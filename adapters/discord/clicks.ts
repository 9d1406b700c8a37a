import {
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type APIInteraction,
  type APIMessage,
  type RouteLike,
} from "discord.js";
import type { Adapter, MessageId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import type { Api, ApiRequest } from "./api.ts";
import { behindToken, type Click, contextOf, inChannel } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";

/** Discord waits no longer for an acknowledgement. */
const acknowledgeMs = 3_000;

/** Commands, shortcuts and buttons, and the replies they wait for. */
export interface Clicks {
  /** Tells Discord that the click arrived; whether it knows now, so that its token takes answers. */
  acknowledge(interaction: APIInteraction): Promise<boolean>;
  /** Answers through the click's token; undefined when the message should go to the channel. */
  post(click: Click, key: string, request: ApiRequest): Promise<MessageId | undefined>;
  /** The answer that took the place of “is thinking…”. */
  find(click: Click, key: string): Promise<MessageId | undefined>;
  /** Takes back an “is thinking…” that nothing was said to. */
  readonly settled: NonNullable<Adapter["settled"]>;
}

export function createClicks(api: Api, log: Log): Clicks {
  const original = ({ application, token }: Click): RouteLike => Routes.webhookMessage(application, token);
  const isWaiting = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Loading) !== 0;
  /** The first message of an answer takes the place of “is thinking…”. */
  const isFirst = ({ awaited }: Click, key: string): boolean => awaited && key.endsWith("-0");
  const idOf = ({ id, channel_id: channel }: APIMessage, click: Click): MessageId =>
    click.mayPost ? inChannel(channel, id) : behindToken(click, id);

  async function takeBack(click: Click): Promise<void> {
    const message = await api.get<APIMessage>(original(click), { auth: false });
    if (isWaiting(message)) await api.delete(original(click), { auth: false });
  }

  return {
    async acknowledge({ id, token, type }) {
      const { DeferredMessageUpdate, DeferredChannelMessageWithSource } = InteractionResponseType;
      const isButton = type === InteractionType.MessageComponent;
      const body = { type: isButton ? DeferredMessageUpdate : DeferredChannelMessageWithSource };
      const signal = AbortSignal.timeout(acknowledgeMs);
      try {
        const route = Routes.interactionCallback(id, token);
        await api.post(route, { body, auth: false, repeatable: true, signal });
        return true;
      } catch (err) {
        // Discord replays events when a connection is resumed.
        if (codeOf(err) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
        log.warn({ err, event: id }, "Discord did not take the acknowledgement of a command");
        return false;
      }
    },
    async post(click, key, request) {
      if (!isFirst(click, key) && click.mayPost) return undefined;
      const options = { ...request, auth: false, query: new URLSearchParams({ wait: "true" }) };
      const sent = isFirst(click, key)
        ? api.patch<APIMessage>(original(click), options)
        : api.post<APIMessage>(Routes.webhook(click.application, click.token), options);
      const message = await sent.catch(ignoreGone);
      return message && idOf(message, click);
    },
    async find(click, key) {
      if (!isFirst(click, key)) return undefined;
      const message = await api.get<APIMessage>(original(click), { auth: false }).catch(ignoreGone);
      return message && !isWaiting(message) ? idOf(message, click) : undefined;
    },
    settled(inbound) {
      const { click } = contextOf(inbound);
      if (click?.awaited !== true) return;
      takeBack(click).catch((err: unknown) => log.debug({ err }, "“is thinking…” is gone already"));
    },
  };
}
