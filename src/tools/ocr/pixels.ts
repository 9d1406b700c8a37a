/** A picture's raw samples, row by row from the top left. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A rectangle of pixels; the bounds are inclusive. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function widthOf(box: Box): number {
  return box.right - box.left + 1;
}

export function heightOf(box: Box): number {
  return box.bottom - box.top + 1;
}

/** The part of a gray picture in `box` and `margin` pixels around it, as far as the picture reaches. */
export function crop(gray: Pixels, box: Box, margin: number): Pixels {
  const left = Math.max(0, box.left - margin);
  const right = Math.min(gray.width - 1, box.right + margin);
  const top = Math.max(0, box.top - margin);
  const bottom = Math.min(gray.height - 1, box.bottom + margin);
  const width = right - left + 1;
  const data = new Uint8Array(width * (bottom - top + 1));
  for (let y = top; y <= bottom; y += 1) {
    const start = y * gray.width + left;
    data.set(gray.data.subarray(start, start + width), (y - top) * width);
  }
  return { data, width, height: bottom - top + 1 };
}

/** How much of the picture its most common colour fills, 0 to 1: little in a photo, most of a page or a screen. */
export function commonColourShare(rgb: Pixels): number {
  const counts = new Uint32Array(4096);
  for (let at = 0; at + 2 < rgb.data.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = [rgb.data[at], rgb.data[at + 1], rgb.data[at + 2]];
    const colour = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  return Math.max(...counts) / (rgb.width * rgb.height);
}

/** The picture as PGM, the simplest file that Tesseract reads; `gray` has one byte per pixel. */
export function encodePgm(gray: Pixels): Buffer {
  const header = Buffer.from(`P5\n${gray.width} ${gray.height}\n255\n`, "latin1");
  return Buffer.concat([header, gray.data]);
}
