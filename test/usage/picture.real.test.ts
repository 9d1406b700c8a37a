import { execFileSync } from "node:child_process";
import { join } from "node:path";
import sharp, { type Region } from "sharp";
import { expect, test } from "vitest";
import type { UsageSum } from "../../src/limits/ledger.ts";
import { drawUsage } from "../../src/usage/picture.ts";
import { makeFolder } from "../support/folder.ts";

const now = Date.UTC(2026, 10, 26, 15);
const today = Math.floor(now / 86_400_000);
const sums: readonly UsageSum[] = [
  "openai/gpt-6-sol",
  "anthropic/claude-opus-5-5",
  "a",
  "b",
  "c",
  "d",
  "e",
].map((model, index) => ({
  of: { day: today - index * 3, model },
  answers: 1,
  inputTokens: 1000,
  cachedTokens: 0,
  outputTokens: 100,
  thinkingTokens: 0,
  costNano: (7 - index) * 1_000_000_000,
  unpriced: 0,
}));

/** What the picture is where nothing but this file of settings tells what fonts there are. */
function drawnWith(fontSettings: string): Buffer {
  const cwd = makeFolder({
    "fonts.conf": fontSettings,
    "draw.mjs": `
import { drawUsage } from ${JSON.stringify(new URL("../../src/usage/picture.ts", import.meta.url).href)};
process.stdout.write((await drawUsage(${JSON.stringify(sums)}, ${now})).data);
`,
  });
  const env = { ...process.env, FONTCONFIG_FILE: join(cwd, "fonts.conf"), FONTCONFIG_PATH: cwd };
  return execFileSync(process.execPath, [join(cwd, "draw.mjs")], {
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const noFonts = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>`;

test("a machine without fonts draws the same words", async () => {
  const here = await drawUsage(sums, now);
  expect(Buffer.from(here?.data ?? []).equals(drawnWith(noFonts))).toBe(true);
});

/** The share of dark pixels, where the words are. */
async function inkIn(data: Uint8Array, region: Region): Promise<number> {
  const { data: pixels } = await sharp(data)
    .extract(region)
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pixels.filter((value) => value < 90).length / pixels.length;
}

test("its axis and its legend have words, large enough for a phone", async () => {
  const { data = new Uint8Array() } = (await drawUsage(sums, now)) ?? {};
  const { width, height } = await sharp(data).metadata();
  expect([width, height]).toEqual([1080, 920]);
  expect(data.length).toBeLessThan(100_000);
  // Beside the grid, under it, and the last line of the legend.
  expect(await inkIn(data, { left: 30, top: 40, width: 100, height: 60 })).toBeGreaterThan(0.05);
  expect(await inkIn(data, { left: 130, top: 510, width: 900, height: 40 })).toBeGreaterThan(0.03);
  expect(await inkIn(data, { left: 80, top: 820, width: 120, height: 40 })).toBeGreaterThan(0.02);
});

test("where a price is not known, all of it is told in tokens", async () => {
  const unpriced = sums.map((sum, index) => (index === 0 ? { ...sum, unpriced: 1 } : sum));
  const [money, tokens] = await Promise.all([drawUsage(sums, now), drawUsage(unpriced, now)]);
  expect(Buffer.from(money?.data ?? []).equals(Buffer.from(tokens?.data ?? []))).toBe(false);
});

test("there is no picture of nothing", async () => {
  expect(await drawUsage([], now)).toBeUndefined();
});
