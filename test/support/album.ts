import type { InboundEdit, InboundMessage } from "../../src/chat.ts";
import { attachment, inChannel, png } from "./events.ts";

/** The picture with this number, unlike any other. */
export const picture = (place: number) =>
  attachment(`${place}.png`, Buffer.concat([png, Buffer.from([place])]), "image/png");

/** A part of an album in the channel, `for others` where it says no word to the bot. */
export function part(
  place: number,
  text?: string,
  { album = "album", ...more }: Partial<Omit<InboundMessage, "album">> & { readonly album?: string } = {},
): InboundMessage {
  return {
    ...inChannel("kim"),
    type: "message",
    id: `${album}-${place}`,
    messageId: `m-${place}`,
    text: text ?? "",
    attachments: [picture(place)],
    album: { id: album, place, context: "in place" },
    ...(text === undefined && { address: "others" }),
    ...more,
  };
}

/** New words under a part. */
export function reworded(place: number, text: string, id = `edit-${place}`): InboundEdit {
  const message = part(place, text);
  const { messageId = "", album } = message;
  return { ...inChannel("kim"), type: "edited", id, messageId, message, ...(album && { album }) };
}
