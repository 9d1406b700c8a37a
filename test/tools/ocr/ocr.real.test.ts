import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { createOcr, type Ocr, type OcrSettings } from "../../../src/tools/ocr/index.ts";
import { findLanguageData } from "../../../src/tools/ocr/languages.ts";
import { childrenRunning } from "../../support/children.ts";
import { patienceMs } from "../../support/until.ts";
import { characterErrors } from "./character-errors.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const settings: OcrSettings = {
  languages: ["eng", "kor", "jpn", "chi_sim", "chi_tra"],
  seconds: 120,
  maxMegapixels: 40,
};
const fixture = (name: string): Promise<Buffer> => readFile(join(project, "test/fixtures/ocr", name));
const koreanFrame = (): Promise<Buffer> => readFile(join(project, "personas/samples/subtitle-ko.jpg"));
const koreanText = "오늘은 일찍 들어올 거지?\n저녁 같이 먹자.";

/** Numbers that look random and are the same each time, from 0 to 1. */
function createRandom(): () => number {
  let state = 1;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

/** A grainy photo of the document with dirt on it: Tesseract grumbles about it on standard error. */
async function dirtyPage(): Promise<Buffer> {
  const random = createRandom();
  const document = sharp(await fixture("document.png"))
    .flatten()
    .grayscale();
  const { data, info } = await document.raw().toBuffer({ resolveWithObject: true });
  const dirt = Array.from({ length: 2000 }, () => [
    random() * (info.width - 3),
    random() * (info.height - 3),
  ]);
  for (const [x = 0, y = 0] of dirt) {
    for (let row = 0; row < 3; row += 1) {
      const start = (Math.floor(y) + row) * info.width + Math.floor(x);
      data.fill(0, start, start + 3);
    }
  }
  const grainy = data.map((value) => Math.max(0, value * 0.75 + (random() - 0.5) * 60));
  return sharp(grainy, { raw: { width: info.width, height: info.height, channels: 1 } })
    .png()
    .toBuffer();
}

describe("with all languages and no hint", () => {
  let ocr: Ocr;
  beforeAll(() => {
    ocr = createOcr(settings);
  });
  afterAll(() => ocr.stop());

  test("a Korean subtitle is read line by line", async () => {
    const { text, language, confidence, lines } = await ocr.read(await koreanFrame());
    expect({ text, language }).toEqual({ text: koreanText, language: "kor" });
    expect(confidence).toBeGreaterThan(85);
    expect(lines.map((line) => line.text)).toEqual(koreanText.split("\n"));
  });

  test.each([
    ["subtitle-yellow.jpg", "kor"],
    ["subtitle-en.jpg", "eng"],
    ["subtitle-ja.jpg", "jpn"],
    ["subtitle-two.jpg", "kor+eng"],
    ["subtitle-column.jpg", "jpn"],
    ["subtitle-paper.jpg", "kor"],
    ["subtitle-shadow.jpg", "jpn"],
    ["document.png", "eng"],
    ["dark-screen.png", "kor+eng"],
    ["table.png", "kor+eng"],
    ["tilted.jpg", "kor+eng"],
  ])("%s is read in its language, with hardly a character wrong", async (name, language) => {
    const truth = JSON.parse((await fixture("truth.json")).toString("utf8")) as Record<string, string>;
    const transcript = await ocr.read(await fixture(name));
    expect(transcript.language).toBe(language);
    expect(characterErrors(transcript.text, truth[name] ?? "")).toBeLessThanOrEqual(0.04);
  });

  test("a wrong hint costs time, not the text", async () => {
    const transcript = await ocr.read(await koreanFrame(), { languages: ["en", "vi"] });
    expect(transcript).toMatchObject({ text: koreanText, language: "kor" });
  });

  test("a picture turned by its EXIF data is read upright", async () => {
    const turned = await sharp(await koreanFrame())
      .rotate(90)
      .withMetadata({ orientation: 8 })
      .jpeg()
      .toBuffer();
    expect((await ocr.read(turned)).text).toBe(koreanText);
  });

  test.each([
    ["transparent black text", { r: 0, g: 0, b: 0, alpha: 0 }, "black"],
    ["white text on black", { r: 0, g: 0, b: 0, alpha: 1 }, "white"],
  ])("%s is read", async (_, background, ink) => {
    const word = `<svg width="600" height="200"><text x="40" y="110" font-family="DejaVu Sans" font-size="40" fill="${ink}">Wednesday morning</text></svg>`;
    const picture = sharp({ create: { width: 600, height: 200, channels: 4, background } });
    const png = await picture
      .composite([{ input: Buffer.from(word) }])
      .png()
      .toBuffer();
    expect((await ocr.read(png)).text).toBe("Wednesday morning");
  });

  test("a picture without text has none", async () => {
    const plain = sharp({ create: { width: 640, height: 360, channels: 3, background: "#446688" } });
    expect(await ocr.read(await plain.png().toBuffer())).toMatchObject({
      text: "",
      lines: [],
      confidence: 0,
    });
  });

  test.each([
    ["not-a-picture.jpg", "no picture that I can open"],
    ["truncated.png", "damaged or cut short"],
    ["bomb.png", "30000 x 30000 pixels; I take at most 40 megapixels"],
  ])("%s is refused in a clear sentence, and the next picture is read", async (name, sentence) => {
    const refusal = ocr.read(await fixture(name), { languages: ["ko"] });
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(sentence);
    expect((await ocr.read(await koreanFrame(), { languages: ["ko"] })).text).toBe(koreanText);
  });

  test("a reading that is called off ends with the caller's reason, and so do those in the line", async () => {
    const callOff = new AbortController();
    const picture = await fixture("document.png");
    const readings = [1, 2, 3, 4].map(() => ocr.read(picture, { signal: callOff.signal }));
    const ends = Promise.allSettled(readings);
    setTimeout(() => callOff.abort(new Error("never mind")), 50);
    expect((await ends).map((end) => end.status === "rejected" && String(end.reason))).toEqual(
      Array.from({ length: 4 }, () => "Error: never mind"),
    );
    expect((await ocr.read(await koreanFrame(), { languages: ["ko"] })).text).toBe(koreanText);
  });

  test("several pictures at once are each read right", async () => {
    const [korean, english] = await Promise.all([koreanFrame(), fixture("subtitle-en.jpg")]);
    const readings = [korean, english, korean, english].map((picture) =>
      ocr.read(picture, { languages: ["ko", "en"] }),
    );
    const languages = (await Promise.all(readings)).map(({ language }) => language);
    expect(languages).toEqual(["kor", "eng", "kor", "eng"]);
  });
});

test("what takes too long is given up in a clear sentence, and the next picture is read", async () => {
  const ocr = createOcr({ ...settings, seconds: 25 });
  try {
    const picture = await koreanFrame();
    await ocr.read(picture, { languages: ["ko"] });
    for (const id of childrenRunning("reading-process.ts")) process.kill(id, "SIGSTOP");
    const late = ocr.read(picture, { languages: ["ko"] });
    await expect(late).rejects.toThrow(UserError);
    await expect(late).rejects.toThrow("longer than 25 s");
    expect((await ocr.read(picture, { languages: ["ko"] })).text).toBe(koreanText);
  } finally {
    await ocr.stop();
  }
});

test("damaged language data ends in a clear sentence, and once it is mended the next picture is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ocr-data-"));
  const data = await readFile(join(findLanguageData("kor"), "kor.traineddata.gz"));
  const damaged = {
    "cut short": data.subarray(0, 5_000),
    "no language data at all": Buffer.from("something else"),
    empty: Buffer.alloc(0),
  };
  let dataFolder = findLanguageData("kor");
  const ocr = createOcr({ ...settings, languages: ["kor"], dataFolder: () => dataFolder });
  const picture = await koreanFrame();
  try {
    for (const [name, bytes] of Object.entries(damaged)) {
      dataFolder = join(folder, name);
      await mkdir(dataFolder);
      await writeFile(join(dataFolder, "kor.traineddata.gz"), bytes);
      await expect(ocr.read(picture), name).rejects.toThrow("data for reading `kor` is damaged");
    }
    dataFolder = findLanguageData("kor");
    expect((await ocr.read(picture)).text).toBe(koreanText);
  } finally {
    await Promise.all([ocr.stop(), rm(folder, { recursive: true })]);
  }
});

test("after stop nothing is read any more", async () => {
  const ocr = createOcr(settings);
  await ocr.stop();
  await expect(ocr.read(await koreanFrame())).rejects.toThrow("stopped");
});

describe("in a process of its own", () => {
  const run = async (
    then: string,
  ): Promise<{ stdout: string; stderr: string; left: string[]; loaded: string[] }> => {
    const folder = await mkdtemp(join(tmpdir(), "ocr-process-"));
    const cwd = join(folder, "cwd");
    const report = join(folder, "loaded");
    await mkdir(cwd);
    const script = `
      import { readFile } from "node:fs/promises";
      import { createOcr } from ${JSON.stringify(new URL("../../../src/tools/ocr/index.ts", import.meta.url).href)};
      const ocr = createOcr(${JSON.stringify({ ...settings, languages: ["eng", "kor"] })});
      ${then}`;
    const hooks = new URL("../../support/report-modules.ts", import.meta.url).href;
    const args = ["--import", hooks, "--input-type=module", "--eval", script];
    const options = { cwd, timeout: patienceMs, env: { ...process.env, LOADED_PACKAGES: report } };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
    const left = await readdir(cwd);
    const loaded = (await readFile(report, "utf8")).split("\n").filter((name) => name !== "");
    await rm(folder, { recursive: true });
    return { stdout, stderr, left, loaded };
  };

  test("no package is loaded before the first reading", async () => {
    expect((await run("")).loaded).toEqual([]);
  });

  test("it ends by itself after readings, says nothing of its own, and leaves no file behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "ocr-dirty-"));
    const dirty = join(folder, "dirty.png");
    await writeFile(dirty, await dirtyPage());
    const { stdout, stderr, left } = await run(`
      await ocr.read(await readFile(${JSON.stringify(dirty)}));
      const picture = await readFile(${JSON.stringify(join(project, "personas/samples/subtitle-ko.jpg"))});
      console.log((await ocr.read(picture)).text);`);
    await rm(folder, { recursive: true });
    expect({ stdout, stderr, left }).toEqual({ stdout: `${koreanText}\n`, stderr: "", left: [] });
  });
});
