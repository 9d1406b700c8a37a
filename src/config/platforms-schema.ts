import { z } from "zod";

const address = z.url({ protocol: /^https?$/u }).optional();

/** The `platforms` of parlance.yaml. */
export const platforms = z
  .strictObject({
    telegram: z
      .strictObject({
        token: z
          .string()
          .optional()
          .describe("The bot's token from @BotFather. Default: `TELEGRAM_BOT_TOKEN`."),
        apiRoot: address.describe(
          "A Bot API server of your own. Default: `TELEGRAM_API_ROOT`, else Telegram's.",
        ),
        rich: z
          .enum(["auto", "always", "never"])
          .default("auto")
          .describe("Rich messages: `auto` where an answer has tables, formulas or details."),
        webhook: z
          .strictObject({
            url: address.describe("The HTTPS address that Telegram calls. Default: `TELEGRAM_WEBHOOK_URL`."),
            port: z
              .int()
              .min(0)
              .max(65_535)
              .optional()
              .describe("Where its calls come in. Default: `TELEGRAM_WEBHOOK_PORT`, else 8080."),
            secret: z
              .string()
              .optional()
              .describe(
                "Shows that a call is Telegram's. Default: `TELEGRAM_WEBHOOK_SECRET`, else made from the token.",
              ),
          })
          .optional()
          .describe(
            "For several processes behind a load balancer: Telegram brings what happens to an address.",
          ),
      })
      .optional()
      .describe("Telegram; on when there is a token."),
    discord: z
      .strictObject({
        token: z.string().optional().describe("The bot's token. Default: `DISCORD_TOKEN`."),
        apiUrl: address.describe("Another address of the API. Default: `DISCORD_API_URL`, else Discord's."),
        cdnUrl: address.describe("Another address of files. Default: `DISCORD_CDN_URL`, else Discord's."),
        personas: z
          .enum(["name", "webhook"])
          .default("name")
          .describe(
            "`name`: personas speak as the bot, named under the answer. `webhook`: under their own name and picture; needs Manage Webhooks.",
          ),
      })
      .optional()
      .describe("Discord; on when there is a token."),
    slack: z
      .strictObject({
        botToken: z.string().optional().describe("The bot's token, `xoxb-…`. Default: `SLACK_BOT_TOKEN`."),
        appToken: z.string().optional().describe("For Socket Mode, `xapp-…`. Default: `SLACK_APP_TOKEN`."),
        signingSecret: z.string().optional().describe("For HTTP instead. Default: `SLACK_SIGNING_SECRET`."),
        port: z.int().min(0).max(65_535).default(3000).describe("Where HTTP requests come in."),
        apiUrl: address.describe("Another address of the API. Default: `SLACK_API_URL`, else Slack's."),
      })
      .optional()
      .describe("Slack; on when there is a bot token."),
  })
  .prefault({})
  .describe("Chat platforms. A token in the environment is enough.");
