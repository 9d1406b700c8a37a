import {
  DefaultRestOptions,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from "discord.js";
import { MessageGone, RateLimited, UserError } from "../../src/errors.ts";
import { networkCode } from "../../src/platform/trouble.ts";
import type { Sentence, Words } from "../../src/words/words.ts";

const portal = "https://discord.com/developers/applications";

/** Codes of a channel, message, webhook or interaction that is no longer there. */
const goneCodes = new Set<unknown>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** What to do where the bot was not given permission to write. */
export const mayNotWrite = ({ access }: Words): string =>
  access.mayNotWrite("Discord", [
    "View Channel",
    "Send Messages",
    "Send Messages in Threads",
    "Read Message History",
  ]);

/** What people are told, by Discord's code. */
const sentences: Readonly<Record<string, Sentence>> = {
  [RESTJSONErrorCodes.MissingAccess]: mayNotWrite,
  [RESTJSONErrorCodes.MissingPermissions]: mayNotWrite,
  [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory]: mayNotWrite,
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: "Discord does not let me write to this person.",
  // Ten megabytes are what a server without boosts allows.
  [RESTJSONErrorCodes.RequestEntityTooLarge]: ({ files }) => files.tooLargeToSend("Discord", 10),
};

/** Discord's own code of an error, if it is one of its refusals. */
export function codeOf(error: unknown): string | number | undefined {
  if (error instanceof UserError || error instanceof MessageGone) return codeOf(error.cause);
  return error instanceof DiscordAPIError ? error.code : undefined;
}

/** For `catch`: what is no longer there counts as nothing. */
export function ignoreGone(error: unknown): undefined {
  if (!goneCodes.has(codeOf(error))) throw error;
}

/** A failed call as RateLimited, or as UserError where a person can do something about it. */
export function translate(error: unknown): unknown {
  if (error instanceof RateLimitError) return new RateLimited(Math.ceil(error.retryAfter), { cause: error });
  const code = codeOf(error);
  if (code === RESTJSONErrorCodes.UnknownMessage)
    return new MessageGone("the message is gone", { cause: error });
  const sentence = sentences[code ?? ""];
  return sentence === undefined ? error : new UserError(sentence, { cause: error });
}

/** Why Discord can't be used, as a UserError with what to do; `api` is the address that was tried. */
export function startError(error: unknown, api: string = DefaultRestOptions.api): unknown {
  const sentence = error instanceof Error ? startSentence(error, api) : undefined;
  return sentence === undefined ? error : new UserError(sentence, { cause: error });
}

/** discord.js tells by the message alone why the gateway refused a connection. */
function startSentence(error: Error, api: string): string | undefined {
  const { message } = error;
  const isRefused = error instanceof DiscordAPIError && error.status === 401;
  if (isRefused || message === "Authentication failed") return closeSentence(4004);
  if (message === "Used disallowed intents") return closeSentence(4014);
  if (message.startsWith("Not enough sessions")) return `Discord allows no further log-in today: ${message}.`;
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
