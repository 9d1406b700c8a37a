import { UserError } from "../errors.ts";

/** The largest picture file that is opened, in bytes. */
const maxPictureBytes = 25 * 1024 * 1024;

/** What can be opened, by its first bytes. */
const readable: Readonly<Record<string, RegExp>> = {
  PNG: /^\x89PNG\r\n/u,
  JPEG: /^\xff\xd8\xff/u,
  GIF: /^GIF8[79]a/u,
  WebP: /^RIFF.{4}WEBP/su,
  // Some name their own brand only among those that they are compatible with.
  AVIF: /^.{4}ftyp(?:avi[fs]|(?:mif1|msf1)(?:.{4})+?avi[fs])/su,
  HEIC: /^.{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/su,
  TIFF: /^(?:II\*\0|MM\0\*)/u,
};

const unreadable: Readonly<Record<string, RegExp>> = {
  BMP: /^BM.{4}\0{4}/su,
  SVG: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg[\s>]/su,
  PDF: /^%PDF-/u,
};

export type PictureKind = "PNG" | "JPEG" | "GIF" | "WebP" | "AVIF" | "HEIC" | "TIFF";

const startOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 256)).toString("latin1");

/** What a file is by its first bytes, whatever its name claims; undefined for what is no picture that can be opened. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const start = startOf(bytes);
  return Object.entries(readable).find(([, magic]) => magic.test(start))?.[0] as PictureKind | undefined;
}

/** Checks by size and first bytes that this is a picture that can be opened. Throws UserError when it is not. */
export function checkPicture(bytes: Uint8Array): void {
  if (bytes.length > maxPictureBytes) {
    const megabytes = Math.ceil(bytes.length / 1024 / 1024);
    const most = maxPictureBytes / 1024 / 1024;
    throw new UserError(({ files }) => files.pictureFileTooLarge(megabytes, most));
  }
  if (pictureKind(bytes)) return;
  if (bytes.length === 0) throw new UserError(({ files }) => files.empty);
  const start = startOf(bytes);
  const known = Object.entries(unreadable).find(([, magic]) => magic.test(start))?.[0];
  throw new UserError(({ files }) =>
    known === undefined ? files.pictureUnknown(Object.keys(readable)) : files.pictureKind(known),
  );
}
