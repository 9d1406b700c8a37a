import { Routes, type APIAttachment, type APIMessage, type APIMessageSnapshot } from "discord.js";
import type { Adapter, Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { download } from "../../src/platform/attachment.ts";
import type { Api } from "./api.ts";
import { ignoreGone } from "./errors.ts";

/** Where a file is. Its address expires after a day; the message it came with, if any, always has one that works. */
type FileRef = {
  readonly url: string;
  readonly in?: { readonly channel: string; readonly message: string; readonly file: string };
};

interface WithFiles extends Pick<APIMessage, "id" | "channel_id" | "attachments"> {
  readonly message_snapshots?: APIMessageSnapshot[];
}

/** What is attached to a message, or to the one that it forwards. */
export function attachmentsOf(message: WithFiles): readonly Attachment[] {
  const { id, channel_id: channel } = message;
  return filesOf(message).map((file) => toAttachment(file, { channel, message: id, file: file.id }));
}

const filesOf = ({ attachments, message_snapshots: forwarded }: WithFiles): readonly APIAttachment[] =>
  forwarded?.[0]?.message.attachments ?? attachments;

/** A file; one given to a slash command is in no message. */
export function toAttachment(
  { filename: name, content_type: type, size, url }: APIAttachment,
  place?: FileRef["in"],
): Attachment {
  const mimeType = type?.split(";", 1)[0] ?? "application/octet-stream";
  const ref: FileRef = { url, ...(place && { in: place }) };
  return { name, mimeType, size, ref };
}

/** Downloads files of at most `maxBytes`. */
export function createDownload(api: Api, maxBytes: number): Adapter["download"] {
  async function renewed({ channel, message, file }: NonNullable<FileRef["in"]>): Promise<string> {
    const now = await api.get<APIMessage>(Routes.channelMessage(channel, message)).catch(ignoreGone);
    const url = now && filesOf(now).find(({ id }) => id === file)?.url;
    if (url === undefined) throw new UserError("it is no longer on Discord.");
    return url;
  }

  return (attachment, signal) => {
    const ref = attachment.ref as FileRef;
    async function request(): Promise<Response> {
      const response = await fetch(ref.url, { signal });
      if (response.ok || response.status >= 500 || !ref.in) return response;
      await response.body?.cancel();
      return fetch(await renewed(ref.in), { signal });
    }
    return download(attachment.size, { platform: "Discord", maxBytes, request }, signal);
  };
}
