import { Api, HttpError } from "grammy/web";
import type { ApiError } from "grammy/types";
import { RateLimited, UserError } from "../../src/errors.ts";
import { troubleMs, unanswered, Unreachable } from "../../src/platform/trouble.ts";
import { createFetch } from "./http.ts";

/** Telegram said no. `code` is that of HTTP: 400 a bad request, 401 and 404 a bad token, 409 a second reader. */
export class Refusal extends Error {
  readonly code: number;

  constructor(method: string, { error_code: code, description }: ApiError) {
    super(`Telegram refused ${method}: ${code} ${description}`);
    this.name = "Refusal";
    this.code = code;
  }
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
  const api = new Api(token, { apiRoot, timeoutSeconds: 120, fetch: createFetch(apiRoot) });
  api.config.use(async (call, method, payload, signal) => {
    try {
      let response = await call(method, payload, signal);
      const moved = response.ok ? undefined : response.parameters?.migrate_to_chat_id;
      if (moved !== undefined) response = await call(method, { ...payload, chat_id: moved }, signal);
      if (response.ok) return response;
      throw refused(method, response);
    } catch (error) {
      throw error instanceof HttpError ? unanswered(`Telegram, ${method}`, error.error, token) : error;
    }
  });
  return api;
}

function refused(method: string, response: ApiError): Error {
  const refusal = new Refusal(method, response);
  const { error_code: code, parameters } = response;
  const waitMs = (parameters?.retry_after ?? 0) * 1000 || troubleMs;
  if (code === 429 || code >= 500)
    return new RateLimited(waitMs, { cause: refusal, mayBeDone: code !== 429 });
  if (code !== 403) return refusal;
  const why = response.description.replace(/^Forbidden: /u, "");
  return new UserError(`I may not write to this Telegram chat any more: ${why}.`, { cause: refusal });
}

/** A sentence for whoever runs the bot when the first call of all fails; anything else comes back as it is. */
export function explainStart(cause: unknown, apiRoot: string): unknown {
  const isRefused = cause instanceof Refusal;
  if (isRefused && (cause.code === 401 || cause.code === 404))
    return new UserError(
      "Telegram does not accept the token. Ask @BotFather for it (/mybots, your bot, API Token) and set it as TELEGRAM_BOT_TOKEN.",
      { cause },
    );
  if (!isRefused && !(cause instanceof Unreachable) && !(cause instanceof RateLimited)) return cause;
  const sentence = `I can't reach Telegram at ${apiRoot}. Check the network, or TELEGRAM_API_ROOT.`;
  return new UserError(sentence, { cause });
}
