import type { BotDescription } from "../../src/chat.ts";

/** The one slash command: names are shared by all apps of an organisation, and Slack keeps many for itself. */
export const slashCommand = "/parlance";

export interface ManifestOptions {
  /** What people call the bot. */
  readonly name?: string;
  readonly description?: string;
  /** Where Slack sends events, as people outside reach it; left out for Socket Mode. */
  readonly eventsUrl?: string;
  /** Questions to start with, at most four. */
  readonly starters?: readonly { readonly title: string; readonly message: string }[];
}

const scopes = [
  ["chat:write", "answer"],
  ["chat:write.customize", "show a persona's name"],
  ["app_mentions:read", "hear mentions"],
  ["im:history", "hear direct messages"],
  ["channels:history", "follow threads it was asked in"],
  ["groups:history", "the same in private channels"],
  ["mpim:history", "the same in group messages"],
  ["channels:read", "know channels by name"],
  ["groups:read", "the same for private channels"],
  ["mpim:read", "the same for group messages"],
  ["users:read", "know people by name"],
  ["files:read", "read what is sent to it"],
  ["files:write", "send files"],
  ["commands", "its slash command and shortcuts"],
  ["assistant:write", "streams, status and the stop button"],
] as const;

/** The Slack app that the bot needs, for “Create New App → From a manifest”. */
export function slackManifest(bot: BotDescription, options: ManifestOptions = {}) {
  const {
    name = "Parlance",
    description = "Answers questions, with a persona for each kind.",
    eventsUrl,
  } = options;
  const url = eventsUrl === undefined ? {} : { url: eventsUrl };
  const requestUrl = eventsUrl === undefined ? {} : { request_url: eventsUrl };
  return {
    display_information: { name: name.slice(0, 35), description: description.slice(0, 140) },
    features: {
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      agent_view: {
        agent_description: description.slice(0, 300),
        ...(options.starters && { suggested_prompts: options.starters.slice(0, 4) }),
      },
      bot_user: { display_name: name.slice(0, 80), always_online: true },
      slash_commands: [
        {
          command: slashCommand,
          description: `Ask a question, or: ${bot.commands.map((command) => command.name).join(", ")}`,
          usage_hint: "question | help | persona name",
          should_escape: true,
          ...url,
        },
      ],
      // Slack refuses an empty list, and takes ten.
      ...(bot.shortcuts.length > 0 && {
        shortcuts: bot.shortcuts.slice(0, 10).map(({ persona, label }) => ({
          type: "message" as const,
          name: label.slice(0, 24),
          callback_id: `persona:${persona}`,
          description: `Asks ${name} with the persona ${persona}`.slice(0, 150),
        })),
      }),
    },
    oauth_config: { scopes: { bot: scopes.map(([scope]) => scope) } },
    settings: {
      event_subscriptions: {
        ...requestUrl,
        bot_events: [
          "agent_session_stopped",
          "app_mention",
          "message.channels",
          "message.groups",
          "message.im",
          "message.mpim",
        ],
      },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: eventsUrl === undefined,
      token_rotation_enabled: false,
    },
  };
}
