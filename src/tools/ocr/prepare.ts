import type { Sharp } from "sharp";
import { PictureError } from "../../pictures/error.ts";
import { openPicture } from "../../pictures/open.ts";
import { eraseRules, findInk, findLetters, heightOfLetters } from "./ink.ts";
import type { Pixels } from "./pixels.ts";
import { findSkew } from "./skew.ts";
import { maskWidth } from "./subtitle-mask.ts";

/** A decoded picture, upright, without transparency, in the two sizes that reading needs. */
export interface PreparedPicture {
  /** Three bytes per pixel, at the mask's width (less for very tall pictures). */
  readonly rgb: Pixels;
  /** One byte per pixel, turned so that its lines lie flat, its letters of the size that is read best, without rules. */
  page(): Promise<Pixels>;
}

/** Tall pictures are kept below this at the mask's width, ... */
const maxMaskPixels = 4_000_000;
/** ... and small ones are enlarged by no more than this: no letter is so low. */
const maxMaskEnlargement = 5;
/** Pages are kept below this, ... */
const maxPagePixels = 4_000_000;
/** ... and each side below this: beyond 32,767 pixels Tesseract ends itself and all around it. */
const maxPageSide = 16_000;
/** How high the larger letters of a page are read best, in pixels: larger ones take longer, and are read no better. */
const letterPixels = 24;
const [maxReduction, maxEnlargement] = [0.5, 2.5];
/** Lines less askew than this are read as well as flat ones, in degrees. */
const flatEnough = 0.3;

/**
 * Decodes a picture: its first frame, upright and opaque. Throws UserError when it is damaged or has more than
 * `maxMegapixels`; the header tells, so that nothing is decoded then.
 */
export async function preparePicture(bytes: Uint8Array, maxMegapixels: number): Promise<PreparedPicture> {
  const picture = await openPicture(bytes, maxMegapixels);
  const { width, height } = picture;
  const fit = (pixels: number): number => Math.sqrt(pixels / (width * height));
  const decode = async (scale: number, colours: "srgb" | "b-w"): Promise<Pixels> => {
    const drawn = (await picture.draw()).toColourspace(colours).resize({
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
      fit: "fill",
    });
    return toPixels(drawn).catch(fail);
  };
  const gray = (scale: number): Promise<Pixels> => decode(scale, "b-w");
  const rgbScale = Math.min(maskWidth / width, maxMaskEnlargement, fit(maxMaskPixels));
  const maxPageScale = Math.min(fit(maxPagePixels), maxPageSide / Math.max(width, height));
  return {
    rgb: await decode(rgbScale, "srgb"),
    async page() {
      const natural = Math.min(1, maxPageScale);
      const first = await gray(natural);
      const letters = findLetters(first);
      const skew = findSkew(letters, first);
      const letterHeight = heightOfLetters(letters);
      const enlargement = letterHeight === undefined ? maxEnlargement : letterPixels / letterHeight;
      const scale = Math.min(
        natural * Math.min(maxEnlargement, Math.max(maxReduction, enlargement)),
        maxPageScale,
      );
      const page = Math.abs(scale / natural - 1) < 0.2 ? first : await gray(scale);
      return eraseRules(Math.abs(skew) < flatEnough ? page : await turn(page, skew));
    },
  };
}

/** Turns a gray picture clockwise; what comes in at its corners is like its ground. */
async function turn({ data, width, height }: Pixels, degrees: number): Promise<Pixels> {
  const { default: sharp } = await import("sharp");
  const { ground } = findInk({ data, width, height });
  const background = { r: ground, g: ground, b: ground };
  const turned = sharp(data, { raw: { width, height, channels: 1 } }).rotate(degrees, { background });
  return toPixels(turned.toColourspace("b-w"));
}

async function toPixels(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function fail(cause: unknown): never {
  throw new PictureError({ type: "damaged" }, { cause });
}
