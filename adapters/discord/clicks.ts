import {
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  RESTJSONErrorCodes,
  RequestMethod,
  Routes,
  type APIInteraction,
  type APIMessage,
} from "discord.js";
import type { Adapter, MessageId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import type { Api, ApiRequest } from "./api.ts";
import { type Click, contextOf, messageId } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";

/** Discord waits no longer for an acknowledgement. */
const acknowledgeMs = 3_000;
const isAnswered = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Loading) === 0;

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
  const original = ({ application, token }: Click) => Routes.webhookMessage(application, token);
  const idOf = ({ id }: APIMessage, { mayPost, application, token }: Click): MessageId =>
    mayPost ? id : messageId(id, { by: "token", application, token });
  /** The first message of an answer takes the place of “is thinking…”. */
  const isFirst = ({ awaited }: Click, key: string): boolean => awaited && key.endsWith("-0");

  async function takeBack(click: Click): Promise<void> {
    const message = await api.call<APIMessage>(RequestMethod.Get, original(click), { auth: false });
    if (!isAnswered(message)) await api.call(RequestMethod.Delete, original(click), { auth: false });
  }

  return {
    async acknowledge({ id, token, type }) {
      const isButton = type === InteractionType.MessageComponent;
      const body = {
        type: isButton
          ? InteractionResponseType.DeferredMessageUpdate
          : InteractionResponseType.DeferredChannelMessageWithSource,
      };
      const signal = AbortSignal.timeout(acknowledgeMs);
      const request = { body, auth: false, repeatable: true, signal };
      try {
        await api.call(RequestMethod.Post, Routes.interactionCallback(id, token), request);
        return true;
      } catch (err) {
        // Discord replays events when a connection is resumed.
        if (codeOf(err) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
        log.warn({ err, event: id }, "Discord did not take the acknowledgement of a command");
        return false;
      }
    },
    async post(click, key, request) {
      const isAwaited = isFirst(click, key);
      if (!isAwaited && click.mayPost) return undefined;
      const { application, token } = click;
      const sent = isAwaited
        ? api.call<APIMessage>(RequestMethod.Patch, original(click), { ...request, auth: false })
        : api.call<APIMessage>(RequestMethod.Post, Routes.webhook(application, token), {
            ...request,
            auth: false,
            query: new URLSearchParams({ wait: "true" }),
          });
      const message = await sent.catch(ignoreGone);
      return message && idOf(message, click);
    },
    async find(click, key) {
      if (!isFirst(click, key)) return undefined;
      const found = api.call<APIMessage>(RequestMethod.Get, original(click), { auth: false });
      const message = await found.catch(ignoreGone);
      return message && isAnswered(message) ? idOf(message, click) : undefined;
    },
    settled(inbound) {
      const { click } = contextOf(inbound);
      if (click?.awaited !== true) return;
      takeBack(click).catch((err: unknown) => log.debug({ err }, "“is thinking…” is gone already"));
    },
  };
}
