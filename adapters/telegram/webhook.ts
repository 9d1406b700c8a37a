import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { RateLimited, UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { listen } from "../../src/platform/listener.ts";
import { Refusal } from "./client.ts";
import { type Intake, kinds } from "./intake.ts";

/** Where Telegram brings updates, instead of being asked for them. */
export interface Webhook {
  /** The address that Telegram calls. */
  readonly url: string;
  /** Where the calls come in, on this machine. */
  readonly port: number;
  /** Shows that a call is Telegram's; default: one made from the token, so that all processes know the same. */
  readonly secret?: string;
}

export interface WebhookOptions extends Webhook {
  readonly api: Api;
  readonly token: string;
  readonly log: Log;
  readonly intake: Intake;
}

/** Opens the port, then tells Telegram of it. The returned function closes the port; other processes may still listen. */
export async function openWebhook(options: WebhookOptions): Promise<() => Promise<void>> {
  const { api, token, url, port, log, intake } = options;
  const secret = options.secret ?? createHmac("sha256", token).update("webhook").digest("hex");
  const close = await listen(port, {
    isGenuine: (headers) => isSame(String(headers["x-telegram-bot-api-secret-token"]), secret),
    async take(body) {
      const update = JSON.parse(body) as Update;
      intake.see([update]);
      await intake.take(update).catch((error: unknown) => {
        log.warn({ err: error }, "Telegram: what came in can't be stored. It will come again.");
        throw error;
      });
    },
  });
  try {
    await setWebhook(api, { url, secret_token: secret, allowed_updates: kinds });
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

/** Several processes that start at once all say the same, and Telegram takes it once a second. */
async function setWebhook(
  api: Api,
  webhook: Parameters<Api["raw"]["setWebhook"]>[0],
  tries = 10,
): Promise<void> {
  try {
    await api.raw.setWebhook(webhook);
  } catch (error) {
    if (error instanceof Refusal && error.code === 400)
      throw new UserError(`Telegram does not take the webhook's address. ${error.message}`, { cause: error });
    if (!(error instanceof RateLimited) || tries <= 1) throw error;
    await sleep(error.retryAfterMs * (0.5 + Math.random()));
    await setWebhook(api, webhook, tries - 1);
  }
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Takes as long whatever the difference is. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
