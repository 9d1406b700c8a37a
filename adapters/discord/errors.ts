import {
  DefaultRestOptions,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from "discord.js";
import { RateLimited, UserError } from "../../src/errors.ts";
import { networkCode } from "../../src/platform/trouble.ts";

const portal = "https://discord.com/developers/applications";

/** Codes of a channel, message, webhook or interaction that is no longer there. */
export const goneCodes: readonly unknown[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InvalidWebhookToken,
];

/** Codes of what the bot was not given permission for. */
export const forbiddenCodes: readonly unknown[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory,
];

/** Discord's own code of an error, if it is one of its refusals. */
export function codeOf(error: unknown): string | number | undefined {
  if (error instanceof UserError) return codeOf(error.cause);
  return error instanceof DiscordAPIError ? error.code : undefined;
}

/** For `catch`: what is no longer there counts as nothing. */
export function ignoreGone(error: unknown): undefined {
  if (!goneCodes.includes(codeOf(error))) throw error;
}

/** A failed call as RateLimited, or as UserError where a person can do something about it. */
export function translate(error: unknown): unknown {
  if (error instanceof RateLimitError) return new RateLimited(Math.ceil(error.retryAfter), { cause: error });
  const code = codeOf(error);
  if (forbiddenCodes.includes(code)) {
    const needs = "View Channel, Send Messages, Send Messages in Threads and Read Message History";
    return new UserError(`Discord does not let me write in this channel. My role needs ${needs} here.`, {
      cause: error,
    });
  }
  if (code === RESTJSONErrorCodes.RequestEntityTooLarge)
    return new UserError("it is larger than Discord takes (10 MB where a server has no boosts).", {
      cause: error,
    });
  if (code === RESTJSONErrorCodes.CannotSendMessagesToThisUser)
    return new UserError("Discord does not let me write to this person.", { cause: error });
  return error;
}

/** Why Discord can't be used, as a UserError with what to do; `api` is the address that was tried. */
export function startError(error: unknown, api: string = DefaultRestOptions.api): unknown {
  if (!(error instanceof Error)) return error;
  const sentence = loginSentence(error) ?? networkSentence(error, api);
  return sentence === undefined ? error : new UserError(sentence, { cause: error });
}

function loginSentence(error: Error): string | undefined {
  const { message } = error;
  const noToken = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  const refused = error instanceof DiscordAPIError && error.status === 401;
  if (noToken || refused || message === "Authentication failed") return closeSentence(4004);
  if (message === "Used disallowed intents") return closeSentence(4014);
  if (message.startsWith("Not enough sessions")) return `Discord allows no further log-in today: ${message}.`;
  return undefined;
}

function networkSentence(error: Error, api: string): string | undefined {
  if (error instanceof RateLimitError)
    return `Discord asks to wait ${Math.ceil(error.retryAfter / 1000)} seconds before connecting.`;
  if (error instanceof DiscordAPIError || error instanceof HTTPError)
    return `Discord answers ${error.status} at ${api}. If it stays, look at https://discordstatus.com and check the address.`;
  const code = error.name === "AbortError" ? error.name : networkCode(error);
  return code && `Discord can't be reached at ${api} (${code}). Check the network and the address.`;
}

/** What to do when the gateway closes for good with this code. */
export function closeSentence(code: number): string {
  if (code === 4004)
    return `Discord refuses the bot's token. Make a new one at ${portal} (your app, Bot, Reset Token) and put it into DISCORD_TOKEN.`;
  if (code === 4013 || code === 4014)
    return `Discord refuses an intent of the bot. Open ${portal}, your app, Bot, and switch “Message Content Intent” off and on again, then start anew.`;
  return `Discord closed the connection for good (code ${code}). See https://discord.com/developers/docs/topics/opcodes-and-status-codes.`;
}
