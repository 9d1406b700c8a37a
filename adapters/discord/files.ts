import type { Attachment as DiscordAttachment, Message } from "discord.js";
import type { Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
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
  return {
    name,
    mimeType: contentType?.split(";", 1)[0] ?? "application/octet-stream",
    size,
    async fetch(signal) {
      if (size > maxBytes) throw tooLarge(maxBytes);
      for (const renew of [false, true]) {
        const url = await address(renew);
        const response = url === undefined ? undefined : await fetch(url, { signal }).catch(unreachable);
        if (response?.ok && response.body) return read(response.body, maxBytes);
        await response?.body?.cancel();
        if (response && response.status >= 500)
          throw new UserError(`Discord's file server answers ${response.status}. Please send it again.`);
      }
      throw new UserError("it is no longer on Discord.");
    },
  };
}

function ifGone(error: unknown): undefined {
  if (!goneCodes.includes(codeOf(error))) throw error;
}

function unreachable(error: unknown): never {
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError")) throw error;
  throw new UserError("Discord's file server can't be reached. Please send it again.", { cause: error });
}

async function read(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (maxBytes: number): UserError =>
  new UserError(`it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
