import type { Api } from "grammy";
import type { ExternalReplyInfo, Message, PhotoSize } from "grammy/types";
import type { Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { createAttachment, tooLarge } from "../../src/platform/attachment.ts";
import { grammySignal, Refusal } from "./client.ts";

/** What Telegram's own server hands out at most to a bot; a private server has no such limit. */
export const hostedLimit = 20 * 1024 * 1024;

/** A file that came with a message, not yet downloaded. */
export interface TelegramFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly size?: number;
}

interface Media {
  readonly file_id: string;
  readonly file_name?: string;
  readonly mime_type?: string;
  readonly file_size?: number;
}

/** The files of a message, or of what it replies to in another chat. */
export function filesOf(message: Message | ExternalReplyInfo): readonly TelegramFile[] {
  const { photo, sticker, animation, document, video, video_note, audio, voice } = message;
  const found = [
    photo && file(largest(photo), "photo.jpg", "image/jpeg"),
    sticker && !sticker.is_animated && stickerFile(sticker),
    animation && file(animation, "animation.mp4", "video/mp4"),
    // An animation stands here a second time, as a document.
    !animation && document && file(document, "file", "application/octet-stream"),
    video && file(video, "video.mp4", "video/mp4"),
    video_note && file(video_note, "video.mp4", "video/mp4"),
    audio && file(audio, "audio.mp3", "audio/mpeg"),
    voice && file(voice, "voice.ogg", "audio/ogg"),
  ];
  return found.filter((each) => typeof each === "object");
}

function file(media: Media | undefined, name: string, mimeType: string): TelegramFile | undefined {
  if (!media) return undefined;
  return {
    id: media.file_id,
    name: media.file_name ?? name,
    mimeType: media.mime_type ?? mimeType,
    ...(media.file_size !== undefined && { size: media.file_size }),
  };
}

const stickerFile = (sticker: Media & { is_video: boolean }): TelegramFile | undefined =>
  sticker.is_video
    ? file(sticker, "sticker.webm", "video/webm")
    : file(sticker, "sticker.webp", "image/webp");

function largest(sizes: readonly PhotoSize[]): PhotoSize | undefined {
  return sizes.toSorted((one, other) => one.width * one.height - other.width * other.height).at(-1);
}

/** Where files are downloaded from. */
export interface FileSource {
  readonly api: Api;
  readonly token: string;
  readonly apiRoot: string;
  readonly maxBytes: number;
}

/** Makes files downloadable: the address is asked for when it is needed, since it holds the token and lasts an hour. */
export function createOpener({
  api,
  token,
  apiRoot,
  maxBytes,
}: FileSource): (file: TelegramFile) => Attachment {
  return ({ id, ...file }) =>
    createAttachment(file, {
      platform: "Telegram",
      maxBytes,
      async request(signal) {
        const { file_path: path } = await api.getFile(id, grammySignal(signal)).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          if (/too big/u.test(error.message)) throw tooLarge(hostedLimit);
          throw new UserError("it is no longer on Telegram.", { cause: error });
        });
        return fetch(`${apiRoot}/file/bot${token}/${encodeURI(path ?? "")}`, { signal });
      },
    });
}
