import { hash } from "node:crypto";
import type { AssistantMessage, ImagePart, Message, TextPart, ToolMessage } from "../message.ts";

/** A picture as it stands in stored JSON: its bytes are kept elsewhere, under their hash. */
type StoredImage = Omit<ImagePart, "data"> & { readonly sha256: string };

/** A message without the bytes of its pictures: plain JSON. */
export type StoredMessage =
  | { readonly role: "user"; readonly parts: readonly (TextPart | StoredImage)[] }
  | AssistantMessage
  | ToolMessage;

/** Takes the pictures' bytes out of messages, each once, by the SHA-256 of its bytes in hex. */
export function detachPictures(messages: readonly Message[]): {
  readonly stored: readonly StoredMessage[];
  readonly pictures: ReadonlyMap<string, Uint8Array>;
} {
  const pictures = new Map<string, Uint8Array>();
  const detach = ({ type, mimeType, data }: ImagePart): StoredImage => {
    const sha256 = hash("sha256", data);
    pictures.set(sha256, data);
    return { type, mimeType, sha256 };
  };
  const stored = messages.map((message) =>
    message.role === "user"
      ? { ...message, parts: message.parts.map((part) => (part.type === "image" ? detach(part) : part)) }
      : message,
  );
  return { stored, pictures };
}

/** Whether messages can't be read without pictures. */
export function havePictures(messages: readonly (Message | StoredMessage)[]): boolean {
  return messages.some(
    (message) => message.role === "user" && message.parts.some((part) => part.type === "image"),
  );
}

/** Puts the bytes back. Throws when a picture is missing: half a message is never shown as a whole one. */
export function attachPictures(
  stored: readonly StoredMessage[],
  pictures: ReadonlyMap<string, Uint8Array>,
): readonly Message[] {
  const attach = ({ type, mimeType, sha256 }: StoredImage): ImagePart => {
    const data = pictures.get(sha256);
    if (!data) throw new Error(`The stored picture ${sha256} is gone.`);
    return { type, mimeType, data };
  };
  return stored.map((message) =>
    message.role === "user"
      ? { ...message, parts: message.parts.map((part) => (part.type === "image" ? attach(part) : part)) }
      : message,
  );
}
