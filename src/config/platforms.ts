import type { ConfigFile } from "../config-schema.ts";
import { UserError } from "../errors.ts";
import type { Variables } from "../yaml/variables.ts";
import { conceal } from "./conceal.ts";

/** The chat platforms that have a token, with what the file leaves out filled in from the environment. */
export interface Platforms {
  readonly telegram?: {
    readonly token: string;
    readonly apiRoot?: string;
    readonly rich: "auto" | "always" | "never";
    readonly webhook?: { readonly url: string; readonly port: number; readonly secret?: string };
  };
  readonly discord?: {
    readonly token: string;
    readonly apiUrl?: string;
    readonly cdnUrl?: string;
    readonly personas: "name" | "webhook";
  };
  readonly slack?: {
    readonly botToken: string;
    readonly connection:
      | { readonly type: "socket"; readonly appToken: string }
      | { readonly type: "http"; readonly signingSecret: string; readonly port: number };
    readonly apiUrl?: string;
  };
}

/** Throws UserError when a platform has half of what it needs. */
export function gatherPlatforms(file: ConfigFile["platforms"], variables: Variables): Platforms {
  const telegram = gatherTelegram(file.telegram, variables);
  const discord = gatherDiscord(file.discord, variables);
  const slack = gatherSlack(file.slack, variables);
  return { ...(telegram && { telegram }), ...(discord && { discord }), ...(slack && { slack }) };
}

function gatherTelegram(
  file: ConfigFile["platforms"]["telegram"],
  variables: Variables,
): Platforms["telegram"] {
  const token = file?.token || variables["TELEGRAM_BOT_TOKEN"];
  if (!token) return undefined;
  const apiRoot = file?.apiRoot ?? variables["TELEGRAM_API_ROOT"];
  const webhook = gatherWebhook(file?.webhook, variables);
  const rich = file?.rich ?? "auto";
  return conceal({ token, rich, ...(apiRoot && { apiRoot }), ...(webhook && { webhook }) }, [
    "token",
    "apiRoot",
  ]);
}

function gatherWebhook(
  file: NonNullable<ConfigFile["platforms"]["telegram"]>["webhook"],
  variables: Variables,
): NonNullable<Platforms["telegram"]>["webhook"] {
  const url = file?.url ?? variables["TELEGRAM_WEBHOOK_URL"];
  if (!url) return undefined;
  const port = file?.port ?? Number(variables["TELEGRAM_WEBHOOK_PORT"] || 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError("TELEGRAM_WEBHOOK_PORT is no port: expected a number from 0 to 65535.");
  const secret = file?.secret || variables["TELEGRAM_WEBHOOK_SECRET"];
  if (secret && !/^[\w-]{1,256}$/u.test(secret))
    throw new UserError("Telegram's webhook secret may hold letters, digits, _ and - alone, at most 256.");
  return conceal({ url, port, ...(secret && { secret }) }, ["secret"]);
}

function gatherDiscord(file: ConfigFile["platforms"]["discord"], variables: Variables): Platforms["discord"] {
  const token = file?.token || variables["DISCORD_TOKEN"];
  if (!token) return undefined;
  const apiUrl = file?.apiUrl ?? variables["DISCORD_API_URL"];
  const cdnUrl = file?.cdnUrl ?? variables["DISCORD_CDN_URL"];
  const addresses = { ...(apiUrl && { apiUrl }), ...(cdnUrl && { cdnUrl }) };
  return conceal({ token, personas: file?.personas ?? "name", ...addresses }, ["token", "apiUrl", "cdnUrl"]);
}

function gatherSlack(file: ConfigFile["platforms"]["slack"], variables: Variables): Platforms["slack"] {
  const botToken = file?.botToken || variables["SLACK_BOT_TOKEN"];
  if (!botToken) return undefined;
  const appToken = file?.appToken || variables["SLACK_APP_TOKEN"];
  const signingSecret = file?.signingSecret || variables["SLACK_SIGNING_SECRET"];
  const apiUrl = file?.apiUrl ?? variables["SLACK_API_URL"];
  const address = apiUrl ? { apiUrl } : {};
  // Socket Mode needs no address of one's own: where both are set, it is the simpler way.
  if (appToken) {
    const connection = conceal({ type: "socket" as const, appToken }, ["appToken"]);
    return conceal({ botToken, connection, ...address }, ["botToken", "apiUrl"]);
  }
  if (signingSecret) {
    const port = file?.port ?? 3000;
    const connection = conceal({ type: "http" as const, signingSecret, port }, ["signingSecret"]);
    return conceal({ botToken, connection, ...address }, ["botToken", "apiUrl"]);
  }
  throw new UserError(
    "Slack has a bot token but no way in: set SLACK_APP_TOKEN (Socket Mode, the simple way) or SLACK_SIGNING_SECRET (HTTP).",
  );
}
