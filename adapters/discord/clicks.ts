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
import type { Inbound, MessageId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { wordsOf } from "../../src/words/words.ts";
import type { Api, ApiRequest } from "./api.ts";
import { type Click, contextOf } from "./context.ts";
import { codeOf, ignoreGone, mayNotWrite } from "./errors.ts";
import { bodyOf } from "./render.ts";

/** Discord waits no longer for an acknowledgement. */
const acknowledgeMs = 3_000;

/** Commands, shortcuts and buttons, and the replies that commands and shortcuts wait for. */
export type Clicks = ReturnType<typeof createClicks>;

/** Whether it is an “is thinking…”. */
export const isWaiting = ({ flags }: APIMessage): boolean => ((flags ?? 0) & MessageFlags.Loading) !== 0;

export function createClicks(api: Api, log: Log) {
  const original = ({ application_id, token }: Click): RouteLike =>
    Routes.webhookMessage(application_id, token);
  const fill = (click: Click, request: ApiRequest): Promise<APIMessage> =>
    api.patch(original(click), { ...request, auth: false });

  async function takeBack(click: Click): Promise<void> {
    const message = await api.get<APIMessage>(original(click), { auth: false });
    if (isWaiting(message)) await api.delete(original(click), { auth: false });
  }

  return {
    /** Tells Discord that the click arrived. Never fails: without this, answers go to the channel. */
    async acknowledge({ id, token, type }: APIInteraction): Promise<void> {
      const { DeferredMessageUpdate, DeferredChannelMessageWithSource } = InteractionResponseType;
      const isButton = type === InteractionType.MessageComponent;
      const body = { type: isButton ? DeferredMessageUpdate : DeferredChannelMessageWithSource };
      const signal = AbortSignal.timeout(acknowledgeMs);
      const request = { body, auth: false, repeatable: true, signal };
      await api.post(Routes.interactionCallback(id, token), request).catch((err: unknown) => {
        // Discord replays events when a connection is resumed.
        if (codeOf(err) !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged)
          log.warn({ err, event: id }, "Discord did not take the acknowledgement of a command");
      });
    },
    /** Says that the bot can't answer here, since it may not write. */
    async decline(click: Click, locale: string | undefined): Promise<void> {
      const text = mayNotWrite(await wordsOf(locale));
      await fill(click, { body: bodyOf({ blocks: [{ text }], buttons: [] }) });
    },
    /** Puts an answer's first message in the place of “is thinking…”; undefined for what goes to the channel. */
    async post(click: Click, key: string, request: ApiRequest): Promise<MessageId | undefined> {
      if (!key.endsWith("-0")) return undefined;
      return (await fill(click, request).catch(ignoreGone))?.id;
    },
    /** Takes back an “is thinking…” that nothing was said to. */
    settled(inbound: Inbound): void {
      const { click } = contextOf(inbound);
      if (!click) return;
      takeBack(click).catch((err: unknown) => log.debug({ err }, "“is thinking…” is gone already"));
    },
  };
}
