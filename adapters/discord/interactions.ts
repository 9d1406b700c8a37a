import {
  InteractionResponseType,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
  type APIMessage,
  type Interaction,
  type REST,
  type RouteLike,
} from "discord.js";
import type { MessageId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { remember } from "../../src/platform/remember.ts";
import { calling, codeOf, goneCodes, twiceIfDropped } from "./errors.ts";
import type { MessageBody } from "./render.ts";

/** How long an interaction's token takes answers: a minute less than Discord's fifteen, which count from the click. */
const tokenLivesMs = 14 * 60_000;

/** A click that may still be answered. */
interface Click {
  readonly token: string;
  readonly until: number;
  /** Whether the bot may write in this channel on its own; else everything goes through the token. */
  readonly mayPost: boolean;
  /** Whether Discord knows that the click arrived. */
  readonly acknowledged: Promise<boolean>;
  /** Whether people see “is thinking…” until there is an answer. */
  awaited: boolean;
  /** Whether the event has been dealt with; what comes later goes to the channel. */
  closed: boolean;
}

/** Commands, shortcuts and buttons, and the replies they wait for. */
export interface Interactions {
  /**
   * Tells Discord, within its three seconds, that the click arrived. Call what it returns when the event has been dealt
   * with: it ends what nothing was said to, and never fails.
   */
  acknowledge(interaction: Interaction): () => Promise<void>;
  /** Whether people see “is thinking…” for this event. */
  isAwaited(cause: string): boolean;
  /** Answers an interaction; undefined when the message should go to the channel. */
  post(cause: string, body: MessageBody): Promise<MessageId | undefined>;
  /** Where a message is edited that only its interaction's token reaches. */
  routeTo(id: MessageId): RouteLike | undefined;
}

export function createInteractions(rest: REST, applicationId: string, log: Log): Interactions {
  const clicks = new Map<string, Click>();
  const behindToken = new Map<MessageId, Click>();
  const original = ({ token }: Click): RouteLike => Routes.webhookMessage(applicationId, token);

  function find(cause: string): Click | undefined {
    const click = clicks.get(cause);
    return click && !click.closed && click.until > Date.now() ? click : undefined;
  }

  /** The first answer takes the place of “is thinking…”; undefined when that is gone. */
  async function answer(click: Click, body: MessageBody): Promise<APIMessage | undefined> {
    const request = { body, auth: false, query: new URLSearchParams({ wait: "true" }) };
    try {
      return await calling<APIMessage>(() =>
        click.awaited
          ? twiceIfDropped(() => rest.patch(original(click), request))
          : rest.post(Routes.webhook(applicationId, click.token), request),
      );
    } catch (error) {
      if (goneCodes.includes(codeOf(error))) return undefined;
      throw error;
    }
  }

  async function close(click: Click): Promise<void> {
    click.closed = true;
    if (!click.awaited || !(await click.acknowledged)) return;
    await rest.delete(original(click), { auth: false }).catch((err: unknown) => log.debug({ err }, "gone"));
  }

  return {
    acknowledge(interaction) {
      const { id, token } = interaction;
      // Discord replays events when a connection is resumed: the first one is at work, or has been.
      if (clicks.has(id)) return async () => {};
      const click = {
        token,
        until: Date.now() + tokenLivesMs,
        mayPost: mayPost(interaction),
        acknowledged: acknowledge(rest, interaction, log),
        awaited: !interaction.isButton(),
        closed: false,
      };
      remember(clicks, id, click);
      return () => close(click);
    },
    isAwaited: (cause) => find(cause)?.awaited ?? false,
    async post(cause, body) {
      const click = find(cause);
      if (!click || !(await click.acknowledged)) return undefined;
      if (!click.awaited && click.mayPost) return undefined;
      const message = await answer(click, body);
      click.awaited = false;
      if (message && !click.mayPost) remember(behindToken, message.id, click);
      return message?.id;
    },
    routeTo(id) {
      const click = behindToken.get(id);
      return click && click.until > Date.now()
        ? Routes.webhookMessage(applicationId, click.token, id)
        : undefined;
    },
  };
}

async function acknowledge(rest: REST, interaction: Interaction, log: Log): Promise<boolean> {
  const type = interaction.isButton()
    ? InteractionResponseType.DeferredMessageUpdate
    : InteractionResponseType.DeferredChannelMessageWithSource;
  const route = Routes.interactionCallback(interaction.id, interaction.token);
  try {
    await twiceIfDropped(() => rest.post(route, { body: { type }, auth: false }));
    return true;
  } catch (err) {
    if (codeOf(err) === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return true;
    log.warn({ err, event: interaction.id }, "Discord did not take the acknowledgement of a command");
    return false;
  }
}

function mayPost(interaction: Interaction): boolean {
  // In direct messages Discord leaves these permissions out, and they need none.
  if (!interaction.inGuild()) return true;
  const inThread = interaction.channel?.isThread();
  const write = inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return interaction.appPermissions.has([PermissionFlagsBits.ViewChannel, write]);
}
