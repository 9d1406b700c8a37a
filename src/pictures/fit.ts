import type { Sharp } from "sharp";
import type { ImageType } from "../message.ts";
import { PictureError } from "./error.ts";
import type { FittedPicture, FittedPictures } from "./fitted.ts";
import { framesOfPng, pickFrames } from "./frames.ts";
import { pictureKind } from "./kind.ts";
import { type OpenPicture, openPicture } from "./open.ts";

/**
 * No vendor takes pictures of more than 8,000 pixels a side; beyond 2,000 Anthropic refuses many at once, and all scale
 * down what they see, at the sender's cost in time.
 */
const longestSide = 2000;
/** Anthropic's limit is 5 MB in base64, the lowest. */
const mostBytes = 3_700_000;
const asStored: Readonly<Partial<Record<string, ImageType>>> = {
  PNG: "image/png",
  JPEG: "image/jpeg",
  WebP: "image/webp",
};

/** Makes a picture one that a vendor takes: whole, upright, opaque, still and small enough; untouched where it is that already. */
export async function fitPicture(bytes: Uint8Array, maxMegapixels: number): Promise<FittedPictures> {
  const picture = await openPicture(bytes, maxMegapixels);
  const { frames } = picture;
  if (frames > 1) return { pictures: await fitFrames(picture), frames };
  const kind = pictureKind(bytes) ?? "";
  const mimeType = asStored[kind];
  // Nothing here draws more than the first frame of a PNG that moves.
  const moving = kind === "PNG" ? framesOfPng(bytes) : 1;
  const isSmall = Math.max(picture.width, picture.height) <= longestSide && bytes.length <= mostBytes;
  const drawn = await picture.draw();
  if (mimeType && isSmall && picture.isPlain && moving === 1) {
    // Also what is sent as it is has to be whole.
    await drawn.stats().catch(damaged);
    return { pictures: [{ mimeType, data: bytes }], frames: 1 };
  }
  return { pictures: [await encode(drawn, { isDrawing: kind === "PNG" })], frames: moving };
}

async function fitFrames(picture: OpenPicture): Promise<FittedPicture[]> {
  const chosen = await pickFrames(picture).catch(damaged);
  const fitted: FittedPicture[] = [];
  for (const frame of chosen) {
    const atMs = picture.delays.slice(0, frame).reduce((sum, delay) => sum + delay, 0);
    fitted.push({ ...(await encode(await picture.draw(frame), { isDrawing: true })), atMs });
  }
  return fitted;
}

/** Letters and lines stay sharp as PNG; where that is too large, and for photos, JPEG. */
async function encode(drawn: Sharp, { isDrawing }: { isDrawing: boolean }): Promise<FittedPicture> {
  const sized = drawn.resize({
    width: longestSide,
    height: longestSide,
    fit: "inside",
    withoutEnlargement: true,
  });
  if (isDrawing) {
    const data = await sized.clone().png({ compressionLevel: 6 }).toBuffer().catch(damaged);
    if (data.length <= mostBytes) return { mimeType: "image/png", data };
  }
  for (const quality of [90, 75, 50]) {
    const data = await sized.clone().jpeg({ quality }).toBuffer().catch(damaged);
    if (data.length <= mostBytes) return { mimeType: "image/jpeg", data };
  }
  throw new PictureError({ type: "damaged" });
}

function damaged(cause: unknown): never {
  if (cause instanceof PictureError) throw cause;
  throw new PictureError({ type: "damaged" }, { cause });
}
