import { createHmac } from "node:crypto";
import type { Api } from "grammy";
import type { Update } from "grammy/types";
import { UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { listen } from "../../src/platform/listener.ts";
import { patiently } from "../../src/platform/patiently.ts";
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

/** Opens the port, then tells Telegram of it. The returned function closes the port; other processes may still listen. */
export async function openWebhook(
  { url, port, ...given }: Webhook & { readonly token: string; readonly log: Log },
  api: Api,
  intake: Intake,
): Promise<() => Promise<void>> {
  const value = given.secret ?? createHmac("sha256", given.token).update("webhook").digest("hex");
  const secret = { header: "x-telegram-bot-api-secret-token", value };
  const take = async (body: string): Promise<void> => intake.take(JSON.parse(body) as Update);
  const close = await listen({ platform: "Telegram", port, secret, take, log: given.log });
  try {
    // Telegram takes it once a second, and several processes may start at once.
    await patiently(() => api.setWebhook(url, { secret_token: value, allowed_updates: kinds }));
  } catch (error) {
    await close();
    if (!(error instanceof Refusal) || error.code !== 400) throw error;
    throw new UserError(`Telegram does not take the webhook's address. ${error.message}`, { cause: error });
  }
  return close;
}
