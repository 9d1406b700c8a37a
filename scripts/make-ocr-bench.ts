/**
 * Draws the pictures that reading is measured by, with their truth.json, into a folder:
 * `node scripts/make-ocr-bench.ts <folder> [folder of photos]`; without photos, subtitles stand on made-up scenes. Some
 * 60 MB, so nothing of it is committed. Needs the fonts of make-ocr-fixtures.ts and, for letters of other shapes (Debian):
 * `apt-get install fonts-nanum fonts-ipafont-gothic fonts-wqy-zenhei fonts-liberation`.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { drawPage, drawTable, drawTilted } from "./pictures/pages.ts";
import { eveningRoom, nightClub, noonStreet } from "./pictures/scenes.ts";
import { pages, subtitles, table } from "./pictures/sentences.ts";
import { drawSubtitles, type Style } from "./pictures/subtitles.ts";
import { svg } from "./pictures/svg.ts";

const [folder, photos] = process.argv.slice(2);
if (folder === undefined) throw new Error("Which folder?");

const scenes: readonly (string | Buffer)[] =
  photos === undefined
    ? [eveningRoom(), noonStreet(), nightClub()].map((scene) => svg(scene, { width: 1280, height: 720 }))
    : (await readdir(photos)).toSorted().map((name) => join(photos, name));

const truth: Record<string, string> = {};
async function save(name: string, text: readonly string[], picture: Buffer): Promise<void> {
  truth[name] = text.join("\n");
  await writeFile(join(folder ?? "", name), picture);
}

const kinds: Readonly<Record<string, { style: Style; height: number }>> = {
  outline: { style: "outline", height: 720 },
  yellow: { style: "yellow", height: 720 },
  shadow: { style: "shadow", height: 720 },
  dropped: { style: "dropped", height: 720 },
  box: { style: "box", height: 720 },
  paper: { style: "paper", height: 720 },
  sub360p: { style: "outline", height: 360 },
  sub1080p: { style: "outline", height: 1080 },
  sub4k: { style: "outline", height: 2160 },
  vertical: { style: "vertical", height: 720 },
};
const perKind = 3;

await mkdir(folder, { recursive: true });
let scene = 0;
const nextScene = async (height: number): Promise<Buffer> =>
  sharp(scenes[scene++ % scenes.length])
    .resize({ width: Math.round((height * 16) / 9), height, fit: "cover" })
    .toBuffer();

for (const [kind, { style, height }] of Object.entries(kinds)) {
  const languages = style === "vertical" ? ["jpn"] : Object.keys(subtitles);
  for (const [shift, language] of languages.entries()) {
    // A column of more signs would run out of the picture.
    const all = (subtitles[language] ?? []).filter(
      (lines) => style !== "vertical" || lines.every((line) => line.length <= 13),
    );
    for (let number = 0; number < perKind; number += 1) {
      // Each kind shows others of the sentences.
      const lines = all[(number * 3 + shift + Object.keys(kinds).indexOf(kind)) % all.length] ?? [];
      const frame = await drawSubtitles(await nextScene(height), [{ lines, language, font: number }], {
        style,
        height,
      });
      await save(`${kind}-${language}_${number}.jpg`, lines, frame);
    }
  }
}
for (const language of ["kor", "jpn", "chi_sim"]) {
  for (let number = 0; number < perKind; number += 1) {
    const [own = [], english = []] = [subtitles[language]?.[number * 2], subtitles["eng"]?.[number * 2]];
    const both = [
      { lines: own, language },
      { lines: english, language: "eng" },
    ];
    const frame = await drawSubtitles(await nextScene(720), both, { style: "outline", height: 720 });
    await save(`two-${language}_${number}.jpg`, [...own, ...english], frame);
  }
}
for (const [language, lines] of Object.entries(pages)) {
  for (let font = 0; font < perKind; font += 1)
    await save(`page-${language}_${font}.png`, lines, await drawPage(lines, { language, font }));
  await save(`dark-${language}_0.png`, lines, await drawPage(lines, { language, isDark: true }));
  await save(`small-${language}_0.png`, lines, await drawPage(lines, { language, size: 14 }));
  for (const [number, degrees] of [3, -4.5].entries()) {
    const tilted = await drawTilted(lines, { language, degrees, font: number });
    await save(`tilted-${language}_${number}.jpg`, lines, tilted);
  }
}
const rows = table.map((row) => row.join(" "));
await save("table-kor_0.png", rows, await drawTable(table, { size: 20 }));
await save("table-kor_1.png", rows, await drawTable(table, { size: 28 }));
await save("table-kor_2.png", rows, await drawTable(table, { size: 18, isDark: true }));
await writeFile(join(folder, "truth.json"), JSON.stringify(truth, undefined, 2));
