import {
  CDNRoutes,
  HTTPError,
  ImageFormat,
  RouteBases,
  Routes,
  StickerFormatType,
  type APIAttachment,
  type APIMessage,
  type APIStickerItem,
} from "discord.js";
import type { Adapter, Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { download } from "../../src/platform/attachment.ts";
import { Unreachable } from "../../src/platform/trouble.ts";
import type { Api } from "./api.ts";
import { ignoreGone } from "./errors.ts";

/** Where a file is. Its address expires after a day; the message it came with, if any, always has one that works. */
type FileRef = {
  readonly url: string;
  readonly file: string;
  /** The message's address in Discord's interface. */
  readonly message?: ReturnType<typeof Routes.channelMessage>;
};

/** Stickers are in no message: their address among Discord's files stays. */
type StickerRef = { readonly sticker: string };

type WithFiles = Pick<
  APIMessage,
  "id" | "channel_id" | "attachments" | "message_snapshots" | "sticker_items"
>;

/** What is attached to a message, or to the one that it forwards, and its stickers. */
export const attachmentsOf = (message: WithFiles): readonly Attachment[] => [
  ...filesOf(message).map((file) =>
    toAttachment(file, Routes.channelMessage(message.channel_id, message.id)),
  ),
  ...(message.sticker_items ?? []).map(stickerOf),
];

function stickerOf({ id, name, format_type: format }: APIStickerItem): Attachment {
  const [extension, mimeType] = stickerFormats[format];
  const ref: StickerRef = { sticker: CDNRoutes.sticker(id, extension) };
  return { name: `${name}.${extension}`, mimeType, ref };
}

const stickerFormats = {
  [StickerFormatType.PNG]: [ImageFormat.PNG, "image/png"],
  [StickerFormatType.APNG]: [ImageFormat.PNG, "image/png"],
  [StickerFormatType.Lottie]: [ImageFormat.Lottie, "video/lottie+json"],
  [StickerFormatType.GIF]: [ImageFormat.GIF, "image/gif"],
} as const;

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

/** Downloads files of at most `maxBytes`. `cdnUrl`: where Discord's files are, if not at Discord's own. */
export function createDownload(
  api: Api,
  { maxBytes, cdnUrl }: { readonly maxBytes: number; readonly cdnUrl: string | undefined },
): Adapter["download"] {
  return ({ size, ref }, signal) => {
    const where = ref as FileRef | StickerRef;
    const request = (): Promise<Response> =>
      "sticker" in where
        ? fetch(hostOf(where, cdnUrl) + where.sticker, { signal })
        : requestFile(api, where, signal);
    return download(size, { platform: "Discord", maxBytes, request }, signal);
  };
}

/** Those in GIF are handed out elsewhere. */
const hostOf = ({ sticker }: StickerRef, cdnUrl: string | undefined): string =>
  cdnUrl ?? (sticker.endsWith(".gif") ? RouteBases.media : RouteBases.cdn);

async function requestFile(
  api: Api,
  { url, file, message }: FileRef,
  signal: AbortSignal,
): Promise<Response> {
  const response = await fetch(url, { signal });
  if (response.ok || response.status >= 500 || !message) return response;
  await response.body?.cancel();
  const now = await api.get<APIMessage>(message).catch((cause: unknown) => {
    if (cause instanceof HTTPError) throw new Unreachable("Discord is in trouble", { cause });
    return ignoreGone(cause);
  });
  const renewed = now && filesOf(now).find(({ id }) => id === file)?.url;
  if (renewed === undefined) throw new UserError((words) => words.files.gone("Discord"));
  return fetch(renewed, { signal });
}
