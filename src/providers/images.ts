import type { ImagePart } from "../message.ts";

/** The picture's bytes in base64. */
export function base64(image: ImagePart): string {
  const { buffer, byteOffset, byteLength } = image.data;
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

/** The picture as an address that holds it. */
export function dataUrl(image: ImagePart): string {
  return `data:${image.mimeType};base64,${base64(image)}`;
}
