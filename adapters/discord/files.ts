import { Routes, type APIAttachment, type APIMessage } from "discord.js";
import type { Adapter, Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { download } from "../../src/platform/attachment.ts";
import type { Api } from "./api.ts";
import { ignoreGone } from "./errors.ts";

/** Where a file is. Its address expires after a day; the message it came with, if any, always has one that works. */
type FileRef = {
  readonly url: string;
  readonly file: string;
  /** The message's address in Discord's interface. */
  readonly message?: ReturnType<typeof Routes.channelMessage>;
};

type WithFiles = Pick<APIMessage, "id" | "channel_id" | "attachments" | "message_snapshots">;

/** What is attached to a message, or to the one that it forwards. */
export const attachmentsOf = (message: WithFiles): readonly Attachment[] =>
  filesOf(message).map((file) => toAttachment(file, Routes.channelMessage(message.channel_id, message.id)));

const filesOf = ({ attachments, message_snapshots: forwarded }: WithFiles): readonly APIAttachment[] =>
  forwarded?.[0]?.message.attachments ?? attachments;

/** A file; one given to a slash command is in no message. */
export function toAttachment(
  { id: file, filename: name, content_type: type, size, url }: APIAttachment,
  message?: FileRef["message"],
): Attachment {
  const mimeType = type?.split(";", 1)[0] ?? "application/octet-stream";
  return { name, mimeType, size, ref: { url, file, ...(message && { message }) } satisfies FileRef };
}

/** Downloads files of at most `maxBytes`. */
export function createDownload(api: Api, maxBytes: number): Adapter["download"] {
  return ({ size, ref }, signal) => {
    const { url, file, message } = ref as FileRef;
    async function request(): Promise<Response> {
      const response = await fetch(url, { signal });
      if (response.ok || response.status >= 500 || !message) return response;
      await response.body?.cancel();
      const now = await api.get<APIMessage>(message).catch(ignoreGone);
      const renewed = now && filesOf(now).find(({ id }) => id === file)?.url;
      if (renewed === undefined) throw new UserError((words) => words.files.gone("Discord"));
      return fetch(renewed, { signal });
    }
    return download(size, { platform: "Discord", maxBytes, request }, signal);
  };
}
