import type { Api } from "grammy";
import type { ExternalReplyInfo, Message, PhotoSize, Sticker } from "grammy/types";
import type { Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { download, tooLarge } from "../../src/platform/attachment.ts";
import { type ClientOptions, grammySignal, Refusal } from "./client.ts";

/** What Telegram's own server hands out at most to a bot; a private server has no such limit. */
export const hostedLimit = 20 * 1024 * 1024;

interface Media {
  readonly file_id: string;
  readonly file_name?: string;
  readonly mime_type?: string;
  readonly file_size?: number;
}

/** The files of a message, or of what it replies to in another chat. */
export function attachmentsOf(message: Message | ExternalReplyInfo): readonly Attachment[] {
  const { photo, sticker, animation, document, video, video_note, audio, voice } = message;
  return [
    attachment(photo?.toSorted((one, other) => area(one) - area(other)).at(-1), "photo.jpg", "image/jpeg"),
    sticker ? stickerOf(sticker) : [],
    moving(animation, "animation.mp4", "video/mp4"),
    // An animation stands here a second time, as a document.
    attachment(animation ? undefined : document, "file", "application/octet-stream"),
    moving(video ?? video_note, "video.mp4", "video/mp4"),
    attachment(audio, "audio.mp3", "audio/mpeg"),
    attachment(voice, "voice.ogg", "audio/ogg"),
  ].flat();
}

function stickerOf(sticker: Sticker): Attachment[] {
  const { is_animated: isDrawing, is_video: isVideo } = sticker;
  if (isVideo) return moving(sticker, "sticker.webm", "video/webm");
  return isDrawing
    ? moving(sticker, "sticker.tgs", "application/x-tgsticker")
    : attachment(sticker, "sticker.webp", "image/webp");
}

/** What nothing here plays, by the still picture that Telegram has of most. */
function moving(
  media: (Media & { readonly thumbnail?: PhotoSize }) | undefined,
  name: string,
  mimeType: string,
): Attachment[] {
  const [whole] = attachment(media, name, mimeType);
  if (!whole) return [];
  const [still] = attachment(media?.thumbnail, `${whole.name}.jpg`, "image/jpeg");
  return [still ? { ...still, stillOf: whole.name } : whole];
}

function attachment(media: Media | undefined, name: string, mimeType: string): Attachment[] {
  if (!media) return [];
  const { file_id: ref, file_name = name, mime_type = mimeType, file_size: size } = media;
  return [{ name: file_name, mimeType: mime_type, ...(size !== undefined && { size }), ref }];
}

const area = ({ width, height }: PhotoSize): number => width * height;

/** Downloads by file id: the address is asked for each time, since it holds the token and lasts an hour. */
export function createDownload(api: Api, { token, apiRoot, maxBytes }: ClientOptions & { maxBytes: number }) {
  async function request(id: string, signal: AbortSignal): Promise<Response> {
    const { file_path: path } = await api.getFile(id, grammySignal(signal)).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      if (/too big/u.test(error.message)) throw tooLarge(hostedLimit);
      throw new UserError((words) => words.files.gone("Telegram"), { cause: error });
    });
    return fetch(`${apiRoot}/file/bot${token}/${encodeURI(path ?? "")}`, { signal });
  }
  return ({ size, ref }: Attachment, signal: AbortSignal): Promise<Uint8Array> =>
    download(size, { platform: "Telegram", maxBytes, request: (on) => request(ref as string, on) }, signal);
}
