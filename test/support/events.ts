import type { Attachment } from "../../src/chat.ts";
import { say, type ScriptStep, stop, usage } from "./scripted-model.ts";

/** The model says this, and is done. */
export const answer = (text: string): readonly ScriptStep[] => [say(text), usage(10, 2), stop()];

/** The beginning of a picture, as far as anyone looks who does not decode it. */
export const png: Uint8Array = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

export const attachment = (name: string, bytes: Uint8Array, mimeType = "text/plain"): Attachment => ({
  name,
  mimeType,
  ref: Buffer.from(bytes).toString("base64"),
});

/** Someone in the channel where all can read along. */
export const inChannel = (name: string) =>
  ({
    thread: "fake:general",
    place: "channel",
    channelName: "#general",
    author: { id: `fake:${name}`, name },
  }) as const;

/** Kim in a thread of that channel. */
export const inThread = {
  thread: "fake:general:t1",
  place: "thread",
  channelName: "#general",
  author: { id: "fake:kim", name: "Kim" },
} as const;

const kim = {
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
} as const;

/** Kim changes a question of the direct message. */
export const edited = (messageId: string, text: string, event = "edit") =>
  ({
    ...kim,
    id: `${event}-${messageId}`,
    type: "edited",
    messageId,
    message: { ...kim, id: `${event}-${messageId}`, type: "message", messageId, text, attachments: [] },
  }) as const;

/** Kim takes a question of the direct message back. */
export const deleted = (messageId: string) =>
  ({ ...kim, id: `deletion-${messageId}`, type: "deleted", messageId }) as const;

/** Kim presses a button of the direct message. */
export const pressed = (token: string) =>
  ({ ...kim, id: `press-${token}`, type: "press", token, messageId: "0" }) as const;
