import type { Metadata, Sharp } from "sharp";
import { PictureError } from "./picture-error.ts";
import type { Pixels } from "./pixels.ts";
import { maskWidth } from "./subtitle-mask.ts";

/** A decoded picture, upright, without transparency, in the two sizes that reading needs. */
export interface PreparedPicture {
  /** Three bytes per pixel, at the mask's width (less for very tall pictures). */
  readonly rgb: Pixels;
  /** One byte per pixel, small pictures enlarged: makes a page's letters large enough. */
  gray(): Promise<Pixels>;
}

/** Tall pictures are kept below this at the mask's width. */
const maxMaskPixels = 4_000_000;
/** What a page is enlarged or reduced towards. */
const pagePixels = 4_000_000;
const maxEnlargement = 2.5;

/**
 * Decodes a picture: its first frame, turned as its EXIF data says, on white. Throws UserError when it is damaged
 * or has more than `maxMegapixels`; the header tells, so that nothing is decoded then.
 */
export async function preparePicture(bytes: Uint8Array, maxMegapixels: number): Promise<PreparedPicture> {
  const { default: sharp } = await import("sharp");
  const open = (): Sharp => sharp(bytes, { limitInputPixels: false, failOn: "error" });
  const { width, height } = await open().metadata().then(upright, fail);
  if (width * height > maxMegapixels * 1e6) {
    throw new PictureError({ type: "too large", width, height, maxMegapixels });
  }
  const decode = async (scale: number, gray: boolean): Promise<Pixels> => {
    const picture = open()
      .autoOrient()
      .flatten({ background: "white" })
      .toColourspace(gray ? "b-w" : "srgb")
      .resize({
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
        fit: "fill",
      });
    const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true }).catch(fail);
    return { data, width: info.width, height: info.height };
  };
  const fit = (pixels: number): number => Math.sqrt(pixels / (width * height));
  return {
    rgb: await decode(Math.min(maskWidth / width, fit(maxMaskPixels)), false),
    gray: () => decode(Math.min(maxEnlargement, fit(pagePixels)), true),
  };
}

function upright(header: Metadata): { width: number; height: number } {
  return header.autoOrient;
}

function fail(cause: unknown): never {
  throw new PictureError({ type: "damaged" }, { cause });
}
