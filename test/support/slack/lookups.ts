import type { webApi } from "@slack/bolt";
import { Refused } from "./refused.ts";
import type { ApiCall, Method, WebApiOptions } from "./web-api.ts";
import { bot, channel as theChannel, type StoredMessage, team } from "./workspace.ts";

/** What an app asks about channels, people and files, and does with files. */
export function createLookups({
  workspace,
  has,
  url,
}: Pick<WebApiOptions, "workspace" | "has" | "url">): Record<string, Method> {
  /** What can be read there now, and is newer than asked for. */
  const isIn = ({ ts, deleted, only }: StoredMessage, { oldest = "" }: ApiCall["args"]): boolean =>
    ts > oldest && !deleted && only === undefined;

  function shown(message: StoredMessage, args: ApiCall["args"]) {
    const { channel, user, username, text, ts, thread_ts, metadata, files } = message;
    const replies = workspace.replies(channel, ts).filter((each) => each.thread_ts === ts);
    const isRoot = replies.length > 0;
    return {
      type: "message",
      // Under a name of its own, a bot is no user.
      ...(username === undefined ? { user } : { subtype: "bot_message", username }),
      text,
      ts,
      ...(isRoot && {
        thread_ts: ts,
        reply_users: [...new Set(replies.map((each) => each.user))],
        latest_reply: replies.at(-1)?.ts ?? ts,
      }),
      ...(thread_ts !== undefined && { thread_ts }),
      ...(user === bot.user && { bot_id: bot.botId }),
      ...(files.length > 0 && { files: files.map(({ id }) => ({ id })) }),
      ...(args["include_all_metadata"] !== undefined && metadata && { metadata }),
    };
  }

  return {
    "conversations.info": ({ channel = "" }): webApi.ConversationsInfoResponse => {
      if (channel === theChannel)
        return { ok: true, channel: { id: channel, name: "general", is_member: true, ...has.channel } };
      if (channel === "C002")
        return { ok: true, channel: { id: channel, name: "elsewhere", is_member: false } };
      if (workspace.ownerOf(channel) === undefined) throw new Refused("channel_not_found");
      return { ok: true, channel: { id: channel, is_im: true } };
    },
    "conversations.replies": (args): webApi.ConversationsRepliesResponse => {
      const { channel = "", ts = "" } = args;
      if (!has.history) throw new Refused("missing_scope");
      const replies = workspace.replies(channel, ts);
      if (replies.length === 0) throw new Refused("thread_not_found");
      // The first message always stands at the top, however old.
      const page = replies.filter((each) => each.ts === ts || isIn(each, args));
      return {
        ok: true,
        messages: page.slice(0, Number(args["limit"] ?? 100)).map((each) => shown(each, args)),
      };
    },
    "conversations.history": (args): webApi.ConversationsHistoryResponse => {
      const { channel = "", limit } = args;
      if (!has.history) throw new Refused("missing_scope");
      const page = workspace.messages
        .filter((each) => each.channel === channel && each.thread_ts === undefined && isIn(each, args))
        .toReversed();
      return { ok: true, messages: page.slice(0, Number(limit ?? 100)).map((each) => shown(each, args)) };
    },
    "users.info": ({ user = "", include_locale }): webApi.UsersInfoResponse => {
      const name = user === bot.user ? bot.name : workspace.nameOf(user);
      if (name === undefined) throw new Refused("user_not_found");
      const profile = { display_name: name };
      const is_admin = has.admins.includes(name);
      const { locales } = workspace;
      const locale = locales.has(name) ? locales.get(name) : "en-US";
      const told = include_locale === "true" && locale !== undefined ? { locale } : {};
      const known = { id: user, team_id: team, name: name.toLowerCase(), is_admin, profile };
      return { ok: true, user: { ...known, ...told } };
    },
    "files.info": ({ file = "" }, origin): webApi.FilesInfoResponse => {
      if (!has.files) throw new Refused("missing_scope");
      const found = workspace.files.get(file);
      if (!found) throw new Refused("file_not_found");
      return { ok: true, file: { id: file, url_private: `${origin}/files/${file}` } };
    },
    "files.delete": ({ file = "" }): webApi.FilesDeleteResponse => {
      if (!workspace.files.delete(file)) throw new Refused("file_not_found");
      for (const each of workspace.messages) each.files = each.files.filter(({ id }) => id !== file);
      return { ok: true };
    },
    "files.getUploadURLExternal": ({ filename = "" }): webApi.FilesGetUploadURLExternalResponse => {
      const id = `F${String(workspace.files.size + 1).padStart(3, "0")}`;
      workspace.files.set(id, {
        id,
        name: filename,
        mimetype: "application/octet-stream",
        data: Buffer.alloc(0),
        user: bot.user,
      });
      return { ok: true, file_id: id, upload_url: `${url()}/upload/${id}` };
    },
    "files.completeUploadExternal": ({ files = "[]", channel_id: channel = "", thread_ts }) => {
      const ids = (JSON.parse(files) as { id: string }[]).map(({ id }) => id);
      const stored = ids.flatMap((id) => workspace.files.get(id) ?? []);
      const where = { channel, ...(thread_ts !== undefined && { thread_ts }) };
      workspace.add({ ...where, user: bot.user, text: "", blocks: [], files: stored });
      return { ok: true, files: ids.map((id) => ({ id })) };
    },
  };
}
