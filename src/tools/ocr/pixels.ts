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

/** The box around all of them. */
export function boundsOf(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
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

/** A gray picture with so many pixels of `ground` around it: Tesseract misreads what touches the border. */
export function pad({ data, width, height }: Pixels, margin: number, ground: number): Pixels {
  const wide = width + 2 * margin;
  const padded = new Uint8Array(wide * (height + 2 * margin)).fill(ground);
  for (let y = 0; y < height; y += 1)
    padded.set(data.subarray(y * width, (y + 1) * width), (y + margin) * wide + margin);
  return { data: padded, width: wide, height: height + 2 * margin };
}

/** A gray picture enlarged, each new pixel between its four neighbours. */
export function enlarge({ data, width, height }: Pixels, factor: number): Pixels {
  const [wide, high] = [Math.round(width * factor), Math.round(height * factor)];
  const enlarged = new Uint8Array(wide * high);
  for (let y = 0; y < high; y += 1) {
    const fromY = Math.max(0, Math.min(height - 1.001, (y + 0.5) / factor - 0.5));
    const [top, down] = [Math.floor(fromY) * width, fromY % 1];
    for (let x = 0; x < wide; x += 1) {
      const fromX = Math.max(0, Math.min(width - 1.001, (x + 0.5) / factor - 0.5));
      const [at, across] = [top + Math.floor(fromX), fromX % 1];
      const above = (data[at] ?? 0) * (1 - across) + (data[at + 1] ?? 0) * across;
      const below = (data[at + width] ?? 0) * (1 - across) + (data[at + width + 1] ?? 0) * across;
      enlarged[y * wide + x] = Math.round(above * (1 - down) + below * down);
    }
  }
  return { data: enlarged, width: wide, height: high };
}

/** A picture with its rows as columns, of so many bytes per pixel. */
export function transpose({ data, width, height }: Pixels, bytes: number): Pixels {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let byte = 0; byte < bytes; byte += 1)
        turned[(x * height + y) * bytes + byte] = data[(y * width + x) * bytes + byte] ?? 0;
  return { data: turned, width: height, height: width };
}

/** A picture with its light and dark the other way round. */
export function invert({ data, width, height }: Pixels): Pixels {
  return { data: data.map((value) => 255 - value), width, height };
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
