import { UserError } from "../../errors.ts";

/** The largest picture file that is read, in bytes. */
const maxPictureBytes = 25 * 1024 * 1024;

const readable: Readonly<Record<string, RegExp>> = {
  PNG: /^\x89PNG\r\n/u,
  JPEG: /^\xff\xd8\xff/u,
  GIF: /^GIF8[79]a/u,
  WebP: /^RIFF.{4}WEBP/su,
  AVIF: /^.{4}ftypavi[fs]/su,
  TIFF: /^(?:II\*\0|MM\0\*)/u,
};

const unreadable: Readonly<Record<string, RegExp>> = {
  HEIC: /^.{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)/su,
  BMP: /^BM.{4}\0{4}/su,
  SVG: /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg[\s>]/su,
  PDF: /^%PDF-/u,
};

/** Checks by size and first bytes that this is a picture that can be read. Throws UserError when it is not. */
export function checkPicture(bytes: Uint8Array): void {
  if (bytes.length > maxPictureBytes) {
    const megabytes = Math.ceil(bytes.length / 1024 / 1024);
    const most = maxPictureBytes / 1024 / 1024;
    throw new UserError(({ files }) => files.pictureFileTooLarge(megabytes, most));
  }
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1");
  if (Object.values(readable).some((magic) => magic.test(start))) return;
  const known = Object.entries(unreadable).find(([, magic]) => magic.test(start))?.[0];
  throw new UserError(({ files }) =>
    known === undefined ? files.pictureUnknown(Object.keys(readable)) : files.pictureKind(known),
  );
}
