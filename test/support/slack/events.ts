import type { types } from "@slack/bolt";
import {
  bot,
  channel as theChannel,
  type StoredFile,
  type StoredMessage,
  team,
  type Workspace,
} from "./workspace.ts";

/** The payloads that an app hears, in the package's own types. */
export interface Events {
  /** `message`, and `app_mention` beside it when the bot is mentioned in a channel. */
  written(message: StoredMessage): object[];
  changed(message: StoredMessage, before: string): object[];
  removed(message: StoredMessage): object[];
  pressed(message: StoredMessage, button: types.Button, user: string): object;
  shortcut(message: StoredMessage, callback: string, user: string): object;
  slash(command: string, text: string, where: { channel: string; user: string }): object;
  stopped(channel: string, thread: string, user: string): object;
}

export function createEvents(workspace: Workspace, url: () => string): Events {
  let count = 0;
  const unique = (prefix: string): string => `${prefix}${String(++count).padStart(6, "0")}`;

  function envelope(event: types.SlackEvent): object {
    return {
      token: "verification",
      team_id: team,
      api_app_id: bot.appId,
      type: "event_callback",
      event_id: unique("Ev"),
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team, user_id: bot.user, is_bot: true, is_enterprise_install: false },
      ],
      event,
    };
  }

  const kind = (channel: string): "im" | "channel" => (channel === theChannel ? "channel" : "im");

  function generic(message: StoredMessage): types.GenericMessageEvent {
    const { ts, channel, user, text, thread_ts, files, edited } = message;
    return {
      type: "message",
      subtype: undefined,
      event_ts: ts,
      team,
      channel,
      channel_type: kind(channel),
      user,
      text,
      ts,
      client_msg_id: `client-${ts}`,
      ...(thread_ts !== undefined && { thread_ts }),
      ...(files.length > 0 && { files: files.map((file) => fileOf(file, url())) }),
      ...(edited !== undefined && { edited: { user, ts: edited } }),
    };
  }

  /** Slack sends a file's message with a subtype of its own. */
  function asSent(message: StoredMessage): types.GenericMessageEvent | types.FileShareMessageEvent {
    const event = generic(message);
    return message.files.length > 0 ? { ...event, text: event.text ?? "", subtype: "file_share" } : event;
  }

  const person = (user: string) => ({
    id: user,
    username: workspace.nameOf(user)?.toLowerCase() ?? user,
    team_id: team,
  });
  const interaction = () => ({
    token: "verification",
    api_app_id: bot.appId,
    team: { id: team, domain: "emulated" },
    is_enterprise_install: false,
    trigger_id: unique("trigger."),
    response_url: `${url()}/response`,
    action_ts: workspace.nextTs(),
  });
  const place = (channel: string) => ({
    id: channel,
    name: channel === theChannel ? "general" : "directmessage",
  });

  return {
    written(message) {
      const { channel, text, ts, user, thread_ts, files } = message;
      const said = envelope(asSent(message));
      if (kind(channel) === "im" || !text.includes(`<@${bot.user}>`)) return [said];
      const mention = {
        type: "app_mention",
        user,
        text,
        ts,
        channel,
        event_ts: ts,
        ...(thread_ts !== undefined && { thread_ts }),
        ...(files.length > 0 && { files: files.map((file) => fileOf(file, url())) }),
      } as unknown as types.AppMentionEvent;
      return [envelope(mention), said];
    },
    changed(message, before) {
      const { channel } = message;
      const ts = workspace.nextTs();
      return [
        envelope({
          type: "message",
          subtype: "message_changed",
          hidden: true,
          channel,
          channel_type: kind(channel),
          ts,
          event_ts: ts,
          message: generic(message),
          previous_message: { ...generic({ ...message, text: before }), edited: undefined } as never,
        }),
      ];
    },
    removed(message) {
      const { channel } = message;
      const ts = workspace.nextTs();
      const common = {
        type: "message",
        hidden: true,
        channel,
        channel_type: kind(channel),
        ts,
        event_ts: ts,
      } as const;
      const previous_message = generic(message);
      // A message with answers stays as its own gravestone.
      const gravestone = {
        ...previous_message,
        subtype: "tombstone",
        text: "This message was deleted.",
      } as never;
      return [
        envelope(
          workspace.replies(channel, message.ts).some((each) => each.thread_ts === message.ts)
            ? { ...common, subtype: "message_changed", message: gravestone, previous_message }
            : { ...common, subtype: "message_deleted", deleted_ts: message.ts, previous_message },
        ),
      ];
    },
    pressed(message, button, user) {
      const { ts, channel, thread_ts } = message;
      const pressed = { type: "button", block_id: "b1", action_id: button.action_id, text: button.text };
      return {
        ...interaction(),
        type: "block_actions",
        user: person(user),
        channel: place(channel),
        container: { type: "message", message_ts: ts, channel_id: channel },
        message: { type: "message", user: bot.user, bot_id: bot.botId, ts, ...(thread_ts && { thread_ts }) },
        actions: [{ ...pressed, value: button.value, action_ts: workspace.nextTs() }],
      };
    },
    shortcut(message, callback, user) {
      return {
        ...interaction(),
        type: "message_action",
        callback_id: callback,
        user: person(user),
        channel: place(message.channel),
        message_ts: message.ts,
        message: generic(message),
      };
    },
    slash(command, text, { channel, user }) {
      return {
        token: "verification",
        team_id: team,
        team_domain: "emulated",
        channel_id: channel,
        channel_name: place(channel).name,
        user_id: user,
        user_name: person(user).username,
        command,
        text,
        api_app_id: bot.appId,
        is_enterprise_install: "false",
        response_url: `${url()}/response`,
        trigger_id: unique("trigger."),
      };
    },
    stopped: (channel, thread, user) =>
      envelope({
        type: "agent_session_stopped",
        channel,
        user,
        thread_ts: thread,
        streaming_message_ts: [],
        event_ts: workspace.nextTs(),
      }),
  };
}

type EventFile = NonNullable<types.GenericMessageEvent["files"]>[number];

function fileOf({ id, name, mimetype, data, user }: StoredFile, url: string): EventFile {
  return {
    id,
    created: 0,
    name,
    title: name,
    mimetype,
    filetype: name.split(".").at(-1) ?? "",
    pretty_type: "",
    user,
    editable: false,
    size: data.length,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: `${url}/files/${id}`,
    url_private_download: `${url}/files/${id}?download`,
    permalink: `${url}/permalink/${id}`,
    channels: null,
    groups: null,
  };
}
