import type { Metadata, Sharp } from "sharp";
import { PictureError } from "./error.ts";
import { pictureKind } from "./kind.ts";

/** A picture whose header was read and found within bounds; nothing of it may be decoded yet. Only for a process of its own. */
export interface OpenPicture {
  /** Upright, in pixels; of one frame. */
  readonly width: number;
  readonly height: number;
  /** How many frames can be drawn, and how long each is shown, in milliseconds. */
  readonly frames: number;
  readonly delays: readonly number[];
  /** Whether anything shines through it, or it lies on its side: it is not as it is stored. */
  readonly isPlain: boolean;
  /** A frame, upright and opaque; its samples are those of sRGB. */
  draw(frame?: number): Promise<Sharp>;
  /** The first so many frames, one below the other. */
  drawAll(count: number): Promise<Sharp>;
}

/** Throws PictureError when it is damaged or a frame has more than `maxMegapixels`. */
export async function openPicture(bytes: Uint8Array, maxMegapixels: number): Promise<OpenPicture> {
  if (pictureKind(bytes) === "HEIC") return openHeic(bytes, maxMegapixels);
  const { default: sharp } = await import("sharp");
  const open = (pages: { page: number; pages: number } = { page: 0, pages: 1 }): Sharp =>
    // What is drawn is as large as the header says, which is checked first.
    sharp(bytes, { ...pages, limitInputPixels: false, failOn: "error" });
  const header: Metadata = await open().metadata().catch(damaged);
  const { width, height } = header.autoOrient;
  checkSize({ width, height }, maxMegapixels);
  const { pages: frames = 1, delay: delays = [], orientation = 1 } = header;
  const ground = header.hasAlpha ? await groundFor(open()).catch(damaged) : undefined;
  const upright = (picture: Sharp): Sharp =>
    (ground === undefined ? picture : picture.flatten({ background: ground }))
      .autoOrient()
      .toColourspace("srgb");
  return {
    width,
    height,
    frames,
    delays,
    isPlain: ground === undefined && orientation === 1,
    draw: async (frame = 0) => upright(open({ page: frame, pages: 1 })),
    drawAll: async (count) => upright(open({ page: 0, pages: count })),
  };
}

/** Sharp's own libheif has no decoder for it: patents. The WebAssembly one brings it upright. */
async function openHeic(bytes: Uint8Array, maxMegapixels: number): Promise<OpenPicture> {
  const [{ default: decode }, { default: sharp }] = await Promise.all([
    import("heic-decode"),
    import("sharp"),
  ]);
  const images = await decode.all({ buffer: bytes }).catch(damaged);
  try {
    const [image] = images;
    if (!image) throw new PictureError({ type: "damaged" });
    checkSize(image, maxMegapixels);
    const { width, height, data } = await image.decode().catch(damaged);
    const draw = async (): Promise<Sharp> =>
      sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
    return { width, height, frames: 1, delays: [], isPlain: true, draw, drawAll: draw };
  } finally {
    images.dispose();
  }
}

function checkSize({ width, height }: { width: number; height: number }, maxMegapixels: number): void {
  if (width * height > maxMegapixels * 1e6)
    throw new PictureError({ type: "too large", width, height, maxMegapixels });
}

const white = { r: 255, g: 255, b: 255 };
const dark = { r: 32, g: 32, b: 32 };
/** How much of a small picture's samples are looked at for its ground. */
const sampleSide = 256;

/** White, or dark where what is drawn is light: it would not be seen. Undefined where nothing shines through. */
async function groundFor(picture: Sharp): Promise<typeof white | undefined> {
  const { data } = await picture
    .resize({ width: sampleSide, height: sampleSide, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [light, weight, clear] = [0, 0, false];
  for (let at = 0; at + 3 < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255;
    if (alpha < 250) clear = true;
    light += alpha * (0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0));
    weight += alpha;
  }
  if (!clear) return undefined;
  return weight > 0 && light / weight > 160 ? dark : white;
}

function damaged(cause: unknown): never {
  if (cause instanceof PictureError) throw cause;
  throw new PictureError({ type: "damaged" }, { cause });
}
