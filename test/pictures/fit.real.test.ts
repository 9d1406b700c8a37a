import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { createPictureFitter } from "../../src/pictures/index.ts";

const fitter = createPictureFitter({ maxMegapixels: 64 });
afterAll(() => fitter.stop());
const { signal } = new AbortController();
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const fit = (bytes: Uint8Array) => fitter.fit(bytes, { signal });

const plain = (width: number, height: number, background = "#3366aa") =>
  sharp({ create: { width, height, channels: 3, background } });
/** The colour of its first pixel, such as `#20ff00`, and its size. */
async function look(data: Uint8Array): Promise<{ corner: string; width: number; height: number }> {
  const { data: raw, info } = await sharp(data).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { corner: `#${raw.subarray(0, 3).toString("hex")}`, width: info.width, height: info.height };
}

describe("whatever a person sends becomes a picture that every vendor takes", () => {
  test("one that is that already is not touched", async () => {
    const bytes = fixture("ocr/document.png");
    const { pictures, frames } = await fit(bytes);
    expect(frames).toBe(1);
    expect(pictures).toEqual([{ mimeType: "image/png", data: bytes }]);
  });

  test("a large one is made smaller", async () => {
    const { pictures } = await fit(await plain(5000, 2500).jpeg().toBuffer());
    expect(pictures[0]?.mimeType).toBe("image/jpeg");
    expect(await look(pictures[0]?.data ?? new Uint8Array())).toMatchObject({ width: 2000, height: 1000 });
  });

  test("one that lies on its side is turned upright", async () => {
    const bytes = await plain(300, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { pictures } = await fit(bytes);
    expect(await look(pictures[0]?.data ?? new Uint8Array())).toMatchObject({ width: 200, height: 300 });
  });

  test.each([
    ["dark", "#101010", "#ffffff"],
    ["light", "#f0f0f0", "#202020"],
  ])("behind %s lines on nothing comes a ground that they are seen on", async (_, ink, ground) => {
    const lines = await plain(40, 40, ink).png().toBuffer();
    const clear = {
      width: 100,
      height: 100,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    } as const;
    const bytes = await sharp({ create: clear })
      .composite([{ input: lines }])
      .png()
      .toBuffer();
    const { pictures } = await fit(await sharp(bytes).flop().png().toBuffer());
    expect((await look(pictures[0]?.data ?? new Uint8Array())).corner).toBe(ground);
  });

  test.each([
    ["AVIF", () => plain(120, 80).avif().toBuffer()],
    ["TIFF", () => plain(120, 80).tiff().toBuffer()],
    ["HEIC", async () => fixture("pictures/blue.heic")],
  ])("%s becomes JPEG", async (_, make) => {
    const { pictures } = await fit(await make());
    expect(pictures[0]?.mimeType).toBe("image/jpeg");
    const { corner, width } = await look(pictures[0]?.data ?? new Uint8Array());
    expect(width).toBe(120);
    expect(corner).toMatch(/^#[23]\w[56]\w[a-b]\w$/u);
  });

  test.each(["gif", "webp"] as const)(
    "a moving %s becomes its telling frames, with their times",
    async (format) => {
      const colours = ["#000000", "#050505", "#ffffff", "#fafafa", "#777777"];
      const frames = await Promise.all(colours.map((colour) => plain(64, 48, colour).png().toBuffer()));
      const bytes = await sharp(frames, { join: { animated: true } })
        .toFormat(format, { delay: colours.map(() => 200) })
        .toBuffer();
      const { pictures, frames: count } = await fit(bytes);
      expect(count).toBe(5);
      expect(pictures.map(({ mimeType, atMs }) => [mimeType, atMs])).toEqual([
        ["image/png", 0],
        ["image/png", 400],
        ["image/png", 800],
      ]);
    },
  );
});

test("of a PNG that moves the first frame is seen, and it is told how many it has", async () => {
  const still = await plain(64, 48).png().toBuffer();
  // An animation's own chunk stands behind the header: eight bytes, here of five frames.
  const chunk = Buffer.from("000000086163544c000000050000000000000000", "hex");
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 16)), 16);
  const { pictures, frames } = await fit(Buffer.concat([still.subarray(0, 33), chunk, still.subarray(33)]));
  expect({ frames, types: pictures.map(({ mimeType }) => mimeType) }).toEqual({
    frames: 5,
    types: ["image/png"],
  });
});

test.each([
  ["ocr/not-a-picture.jpg", "no picture that I can open"],
  ["ocr/truncated.png", "damaged or cut short"],
  ["ocr/bomb.png", "30000 x 30000 pixels; I take at most 64 megapixels"],
])("%s is refused in a clear sentence, and the next picture is taken", async (name, sentence) => {
  await expect(fit(fixture(name))).rejects.toThrow(UserError);
  await expect(fit(fixture(name))).rejects.toThrow(sentence);
  expect((await fit(fixture("ocr/document.png"))).pictures).toHaveLength(1);
});
