import type { OpenPicture } from "./open.ts";

/** The most frames that stand for a picture that moves. */
const mostFrames = 4;
/** The most that are looked at, and the most pixels of them. */
const mostSeen = 120;
const mostPixels = 80_000_000;
const thumbnailSide = 48;
/** How much two frames differ for both to tell something, 0 to 255, over all pixels. */
const leastDifference = 10;

/** The numbers of the first frame and of those that differ most from the ones before them, in their order. */
export async function pickFrames(picture: OpenPicture): Promise<number[]> {
  const { width, height, frames } = picture;
  const seen = Math.max(1, Math.min(frames, mostSeen, Math.floor(mostPixels / (width * height))));
  const { data, info } = await (
    await picture.drawAll(seen)
  )
    .resize({ width: thumbnailSide })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const size = info.width * info.channels * Math.floor(info.height / seen);
  const thumbnails = Array.from({ length: seen }, (_, frame) =>
    data.subarray(frame * size, (frame + 1) * size),
  );
  const chosen = [0];
  while (chosen.length < mostFrames) {
    const [next] = thumbnails
      .map((thumbnail, frame) => ({
        frame,
        apart: Math.min(...chosen.map((each) => differ(thumbnail, thumbnails[each]))),
      }))
      .toSorted((a, b) => b.apart - a.apart);
    if (next === undefined || next.apart < leastDifference) break;
    chosen.push(next.frame);
  }
  return chosen.toSorted((a, b) => a - b);
}

/** How many frames a PNG has: a moving one says so in a chunk before its first. */
export function framesOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A chunk: the length of its data, its type, the data, a sum.
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    if (type === "acTL") return Math.max(1, view.getUint32(at + 8));
    if (type === "IDAT") return 1;
  }
  return 1;
}

function differ(one: Uint8Array, other: Uint8Array | undefined): number {
  if (!other) return 0;
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += Math.abs((one[at] ?? 0) - (other[at] ?? 0));
  return sum / Math.max(1, one.length);
}
