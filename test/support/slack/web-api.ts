import type { types, webApi } from "@slack/bolt";
import { createBuckets, refusalOf } from "./limits.ts";
import { createLookups } from "./lookups.ts";
import { Refused, TooMany } from "./refused.ts";
import { bot, channel as theChannel, type StoredMessage, team, type Workspace } from "./workspace.ts";

/** A call as it came in; every value is text, as in a form. */
export interface ApiCall {
  readonly method: string;
  readonly token: string;
  readonly args: Readonly<Record<string, string>>;
  /** Where it was called, which may be a wire's other end. */
  readonly origin: string;
}

export interface WebApiOptions {
  readonly workspace: Workspace;
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly url: () => string;
  readonly complain: (what: string) => void;
  /** What the workspace or the app has; what is false is refused. */
  readonly has: {
    containers: boolean;
    customNames: boolean;
    sessions: boolean;
    files: boolean;
    history: boolean;
    channel: { readonly is_private: boolean; readonly is_shared?: boolean };
    admins: readonly string[];
  };
  readonly streamLastsMs: () => number;
}

export interface WebApi {
  /** Throws Refused or TooMany. */
  call(call: ApiCall): object;
  readonly statuses: { readonly channel: string; readonly thread: string; readonly text: string }[];
  /** The status of each agent session, by channel and thread. */
  readonly sessions: Map<string, string>;
  readonly calls: ApiCall[];
}

export type Method = (args: ApiCall["args"], origin: string) => object;

/** The arguments that each method takes beside the token; another one is a mistake. */
const known: Record<string, string> = {
  "auth.test": "",
  "apps.connections.open": "",
  "chat.postMessage": "channel thread_ts text blocks username icon_url unfurl_links unfurl_media metadata",
  "chat.postEphemeral": "channel thread_ts text blocks user username",
  "chat.update": "channel ts text blocks",
  "chat.delete": "channel ts",
  "chat.getPermalink": "channel message_ts",
  "chat.startStream": "channel thread_ts markdown_text username icon_url recipient_user_id recipient_team_id",
  "chat.appendStream": "channel ts markdown_text",
  "chat.stopStream": "channel ts markdown_text blocks metadata",
  "assistant.threads.setStatus": "channel_id thread_ts status",
  "agents.sessions.setStatus": "channel_id thread_ts status",
  "conversations.info": "channel",
  "conversations.replies": "channel ts limit oldest include_all_metadata",
  "conversations.history": "channel limit oldest include_all_metadata",
  "users.info": "user include_locale",
  "files.info": "file",
  "files.delete": "file",
  "files.getUploadURLExternal": "filename length",
  "files.completeUploadExternal": "files channel_id thread_ts",
};

export function createWebApi(options: WebApiOptions): WebApi {
  const { workspace, complain, has } = options;
  const waitFor = createBuckets();
  const statuses: { channel: string; thread: string; text: string }[] = [];
  const sessions = new Map<string, string>();
  const calls: ApiCall[] = [];

  function blocksOf(args: ApiCall["args"]): types.KnownBlock[] {
    const blocks = JSON.parse(args["blocks"] ?? "[]") as types.KnownBlock[];
    const refusal = refusalOf(blocks, has);
    if (!refusal) return blocks;
    if (has.containers || refusal.reason !== "unsupported block: container") complain(refusal.reason);
    throw new Refused(refusal.error);
  }

  function message({ channel = "", ts = "" }: ApiCall["args"], error = "message_not_found"): StoredMessage {
    const found = workspace.find(channel, ts);
    if (found) return found;
    throw new Refused(error);
  }

  function streaming(
    args: ApiCall["args"],
  ): StoredMessage & { stream: NonNullable<StoredMessage["stream"]> } {
    const found = message(args);
    if (found.stream && found.stream.endsAt > Date.now()) return found as ReturnType<typeof streaming>;
    throw new Refused("message_not_in_streaming_state");
  }

  function speakerOn({ username, icon_url: icon }: ApiCall["args"]): { username?: string; icon?: string } {
    if (username === undefined && icon === undefined) return {};
    if (!has.customNames) throw new Refused("missing_scope");
    return { ...(username !== undefined && { username }), ...(icon !== undefined && { icon }) };
  }

  const metadataOn = ({ metadata }: ApiCall["args"]): { metadata?: types.MessageMetadata } =>
    metadata === undefined ? {} : { metadata: JSON.parse(metadata) as types.MessageMetadata };

  function post(args: ApiCall["args"], only?: string): StoredMessage {
    const { channel: target = "", thread_ts, text = "" } = args;
    // A person's id stands for their direct message.
    const channel = target.startsWith("U") ? workspace.direct(target) : target;
    if (channel !== theChannel && workspace.ownerOf(channel) === undefined)
      throw new Refused("channel_not_found");
    if (thread_ts !== undefined && !workspace.find(channel, thread_ts)) throw new Refused("thread_not_found");
    const blocks = blocksOf(args);
    if (text === "" && blocks.length === 0) throw new Refused("no_text");
    if (text.length > 40_000) complain("text is cut at 40000 characters");
    return workspace.add({
      channel,
      user: bot.user,
      text,
      blocks,
      files: [],
      ...speakerOn(args),
      ...metadataOn(args),
      ...(thread_ts !== undefined && { thread_ts }),
      ...(only !== undefined && { only }),
    });
  }

  const methods: Record<string, Method> = {
    "auth.test": (): webApi.AuthTestResponse => ({
      ok: true,
      team_id: team,
      user_id: bot.user,
      bot_id: bot.botId,
    }),
    "apps.connections.open": (): webApi.AppsConnectionsOpenResponse => ({
      ok: true,
      url: `${options.url().replace("http", "ws")}/socket`,
    }),
    "chat.postMessage": (args): webApi.ChatPostMessageResponse => {
      const { ts, channel } = post(args);
      return { ok: true, ts, channel };
    },
    "chat.postEphemeral": (args): webApi.ChatPostEphemeralResponse => ({
      ok: true,
      message_ts: post(args, args["user"] ?? "").ts,
    }),
    "chat.update": (args): webApi.ChatUpdateResponse => {
      const found = message(args);
      if (found.user !== bot.user) throw new Refused("cant_update_message");
      if (found.stream && found.stream.endsAt > Date.now()) throw new Refused("streaming_state_conflict");
      found.blocks = blocksOf(args);
      found.text = args["text"] ?? "";
      Object.assign(found, { stream: undefined });
      found.edits++;
      return { ok: true, ts: found.ts };
    },
    "chat.delete": (args): webApi.ChatDeleteResponse => {
      const found = message(args);
      if (found.user !== bot.user) throw new Refused("cant_delete_message");
      found.deleted = true;
      return { ok: true, ts: found.ts };
    },
    "chat.getPermalink": ({ channel = "", message_ts: ts = "" }): webApi.ChatGetPermalinkResponse => {
      message({ channel, ts });
      return {
        ok: true,
        channel,
        permalink: `https://acme.slack.com/archives/${channel}/p${ts.replace(".", "")}`,
      };
    },
    "chat.startStream": (args): webApi.ChatStartStreamResponse => {
      const { channel = "", thread_ts = "", markdown_text = "" } = args;
      if (!workspace.find(channel, thread_ts)) throw new Refused("invalid_thread_ts");
      if (!channel.startsWith("D") && args["recipient_user_id"] === undefined)
        throw new Refused("missing_recipient_user_id");
      const { ts } = workspace.add({
        channel,
        thread_ts,
        user: bot.user,
        text: markdown_text,
        blocks: [],
        files: [],
        stream: { markdown: markdown_text, endsAt: Date.now() + options.streamLastsMs() },
        ...speakerOn(args),
      });
      return { ok: true, channel, ts };
    },
    "chat.appendStream": (args): webApi.ChatAppendStreamResponse => {
      const found = streaming(args);
      const text = args["markdown_text"] ?? "";
      if (text === "" || text.length > 12_000) throw new Refused("msg_too_long");
      found.stream.markdown += text;
      found.edits++;
      return { ok: true, ts: found.ts };
    },
    "chat.stopStream": (args): webApi.ChatStopStreamResponse => {
      const found = streaming(args);
      const under = blocksOf(args);
      const markdown = found.stream.markdown + (args["markdown_text"] ?? "");
      if (markdown.length > 12_000) complain("a stream of more than 12000 characters");
      found.blocks = [...(markdown === "" ? [] : [{ type: "markdown", text: markdown } as const]), ...under];
      Object.assign(found, { stream: undefined, ...metadataOn(args) });
      found.edits++;
      return { ok: true, ts: found.ts };
    },
    "assistant.threads.setStatus": ({
      channel_id: channel = "",
      thread_ts: thread = "",
      status = "",
    }): webApi.AssistantThreadsSetStatusResponse => {
      if (!workspace.find(channel, thread)) throw new Refused("invalid_thread_ts");
      statuses.push({ channel, thread, text: status });
      return { ok: true };
    },
    "agents.sessions.setStatus": ({ channel_id = "", thread_ts = "", status = "" }) => {
      if (!has.sessions) throw new Refused("not_agent_app");
      sessions.set(`${channel_id}:${thread_ts}`, status);
      return { ok: true };
    },
    ...createLookups(options),
  };

  return {
    statuses,
    sessions,
    calls,
    call(call) {
      const { method, token, args, origin } = call;
      calls.push(call);
      const run = methods[method];
      const arguments_ = known[method]?.split(" ");
      if (!run || !arguments_) {
        complain(`unknown method ${method}`);
        throw new Refused("unknown_method");
      }
      const needed = method === "apps.connections.open" ? options.tokens.app : options.tokens.bot;
      if (token !== needed) throw new Refused(token === "xoxb-revoked" ? "token_revoked" : "invalid_auth");
      for (const key of Object.keys(args))
        if (!arguments_.includes(key) && key !== "team_id") complain(`${method} does not know ${key}`);
      const seconds = waitFor(method, args["channel"] ?? "");
      if (seconds !== undefined) throw new TooMany(seconds);
      return run(args, origin);
    },
  };
}
