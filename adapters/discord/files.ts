import type { Attachment as DiscordAttachment, Message } from "discord.js";
import type { Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { createAttachment } from "../../src/platform/attachment.ts";
import { codeOf, goneCodes } from "./errors.ts";

/** What is attached to a message, or to the one that it forwards; downloaded when it is needed. */
export function attachmentsOf(message: Message, maxBytes: number): readonly Attachment[] {
  return filesOf(message).map((attachment) =>
    lazily(attachment, maxBytes, async (renew) => {
      // Addresses on Discord's CDN expire after a day; the message always has one that works.
      const now = await message.channel.messages.fetch({ message: message.id, force: renew }).catch(ifGone);
      return now && filesOf(now).get(attachment.id)?.url;
    }),
  );
}

const filesOf = (message: Message): Message["attachments"] =>
  message.messageSnapshots.first()?.attachments ?? message.attachments;

/** A file given to a slash command: it belongs to no message, and its address lives as long as the command. */
export function commandAttachment(attachment: DiscordAttachment, maxBytes: number): Attachment {
  return lazily(attachment, maxBytes, async () => attachment.url);
}

function lazily(
  { name, contentType, size }: DiscordAttachment,
  maxBytes: number,
  address: (renew: boolean) => Promise<string | undefined>,
): Attachment {
  const mimeType = contentType?.split(";", 1)[0] ?? "application/octet-stream";
  async function request(signal: AbortSignal, renew = false): Promise<Response> {
    const url = await address(renew);
    if (url === undefined) throw new UserError("it is no longer on Discord.");
    const response = await fetch(url, { signal });
    if (response.ok || response.status >= 500 || renew) return response;
    await response.body?.cancel();
    return request(signal, true);
  }
  return createAttachment({ name, mimeType, size }, { platform: "Discord", maxBytes, request });
}

function ifGone(error: unknown): undefined {
  if (!goneCodes.includes(codeOf(error))) throw error;
}
