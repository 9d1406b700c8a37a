import { Api, HttpError } from "grammy";
import type { ApiError } from "grammy/types";
import { RateLimited, UserError } from "../../src/errors.ts";
import { networkCode, troubleMs, wasNeverSent } from "../../src/platform/trouble.ts";

/** Telegram said no. `code` is that of HTTP: 400 a bad request, 401 and 404 a bad token, 409 a second reader. */
export class Refusal extends Error {
  readonly code: number;

  constructor(method: string, { error_code: code, description }: ApiError) {
    super(`Telegram refused ${method}: ${code} ${description}`);
    this.name = "Refusal";
    this.code = code;
  }
}

/** Telegram did not answer: whether it did what was asked is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** A signal as grammY's types want it: they are those of an older library. */
export const grammySignal = (signal: AbortSignal): Parameters<Api["getMe"]>[0] =>
  signal as unknown as Parameters<Api["getMe"]>[0];

/** Where and as whom to call; `apiRoot` without a slash at its end. */
export interface ClientOptions {
  readonly token: string;
  readonly apiRoot: string;
}

/**
 * grammY's client with every failure translated in one place. Its own errors carry the token (in addresses) and what people
 * wrote (in payloads), so they go no further. No call is repeated, but for a group that moved.
 */
export function createClient({ token, apiRoot }: ClientOptions): Api {
  const api = new Api(token, { apiRoot, timeoutSeconds: 120 });
  const moved = new Map<string, number>();
  api.config.use(async (call, method, payload, signal) => {
    const chat = "chat_id" in payload ? String(payload.chat_id) : "";
    const send = (to = moved.get(chat)) =>
      call(method, to === undefined ? payload : { ...payload, chat_id: to }, signal);
    try {
      let response = await send();
      if (!response.ok && response.parameters?.migrate_to_chat_id !== undefined) {
        moved.set(chat, response.parameters.migrate_to_chat_id);
        response = await send();
      }
      if (response.ok) return response;
      throw refused(method, response);
    } catch (error) {
      throw error instanceof HttpError ? unanswered(method, error, token) : error;
    }
  });
  return api;
}

function refused(method: string, response: ApiError): Error {
  const refusal = new Refusal(method, response);
  const { error_code: code, parameters } = response;
  const waitMs = (parameters?.retry_after ?? 0) * 1000 || troubleMs;
  if (code === 429 || code >= 500) return new RateLimited(waitMs, { cause: refusal });
  if (code !== 403) return refusal;
  const why = response.description.replace(/^Forbidden: /u, "");
  return new UserError(`I may not write to this Telegram chat any more: ${why}.`, { cause: refusal });
}

/** The reason stands without the token, which is in every address. */
function unanswered(method: string, { error }: HttpError, token: string): Error {
  const reason = networkCode(error) ?? String(error).replaceAll(token, "[token]");
  const unreachable = new Unreachable(`Telegram did not answer ${method}: ${reason}`);
  return wasNeverSent(error) ? new RateLimited(troubleMs, { cause: unreachable }) : unreachable;
}

/** A sentence for whoever runs the bot when the first call of all fails; anything else comes back as it is. */
export function explainStart(error: unknown, apiRoot: string): unknown {
  if (error instanceof Refusal && (error.code === 401 || error.code === 404))
    return new UserError(
      "Telegram does not accept the token. Ask @BotFather for it (/mybots, your bot, API Token) and set it as TELEGRAM_BOT_TOKEN.",
      { cause: error },
    );
  if (error instanceof Unreachable || error instanceof RateLimited || error instanceof Refusal)
    return new UserError(`I can't reach Telegram at ${apiRoot}. Check the network, or TELEGRAM_API_ROOT.`, {
      cause: error,
    });
  return error;
}
