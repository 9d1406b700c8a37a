/**
 * Draws the pictures that the OCR tests and the demo read. They are committed; run this again only to change them.
 * Needs the fonts Noto Sans CJK and DejaVu Sans (Debian: `apt-get install fonts-noto-cjk fonts-dejavu-core`).
 */
import { crc32, deflateSync } from "node:zlib";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { createRandom, eveningRoom, height, nightClub, noonStreet, width } from "./pictures/scenes.ts";
import { drawTable, drawTilted } from "./pictures/pages.ts";
import { pages, table } from "./pictures/sentences.ts";
import { drawSubtitles } from "./pictures/subtitles.ts";
import { escapeXml, svg } from "./pictures/svg.ts";

const folder = fileURLToPath(new URL("../test/fixtures/ocr/", import.meta.url));
const demoPicture = fileURLToPath(new URL("../personas/samples/subtitle-ko.jpg", import.meta.url));

/** Film grain over the whole frame. */
function grain(seed: number): Buffer {
  const random = createRandom(seed);
  const data = Buffer.alloc(width * height * 4);
  for (let at = 0; at < data.length; at += 4) {
    const value = random() + random() + random() > 1.5 ? 255 : 0;
    data.fill(value, at, at + 3);
    data[at + 3] = Math.round(random() * 12);
  }
  return data;
}

interface Subtitle {
  readonly lines: readonly string[];
  readonly font: string;
  readonly size: number;
  readonly weight: number;
  readonly colour: string;
  /** The width of the outline on each side, in pixels. */
  readonly outline: number;
}

function drawSubtitle({ lines, font, size, weight, colour, outline }: Subtitle): string {
  const style = `font-family="${font}" font-size="${size}" font-weight="${weight}" text-anchor="middle"`;
  return lines
    .map((line, index) => {
      const y = height - 52 - (lines.length - 1 - index) * size * 1.32;
      const at = `x="${width / 2}" y="${y}" ${style}`;
      const text = escapeXml(line);
      return `<text ${at} fill="black" stroke="black" stroke-width="${outline * 2}" stroke-linejoin="round">${text}</text><text ${at} fill="${colour}">${text}</text>`;
    })
    .join("");
}

async function drawFrame(scene: string, subtitle: Subtitle): Promise<Buffer> {
  const background = await sharp(frame(scene))
    .composite([{ input: grain(subtitle.size), raw: { width, height, channels: 4 } }])
    .png()
    .toBuffer();
  return sharp(background)
    .composite([{ input: frame(drawSubtitle(subtitle)) }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

const frame = (content: string): Buffer => svg(content, { width, height });

/** Lines of text on a plain ground: a document or a screen. */
function drawPage(page: { ground: string; ink: string; font: string; lines: readonly string[] }): Buffer {
  const texts = page.lines.map((line, index) => {
    const size = index === 0 ? 30 : 21;
    return `<text x="60" y="${80 + index * 46}" font-family="${page.font}" font-size="${size}" font-weight="${index === 0 ? 700 : 400}" fill="${page.ink}">${escapeXml(line)}</text>`;
  });
  return frame(`<rect width="100%" height="100%" fill="${page.ground}"/>${texts.join("")}`);
}

/** A PNG of a few kilobytes that claims `side` by `side` pixels. */
function drawBomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(2_000_000), { level: 9 });
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const cjk = (region: string): string => `Noto Sans CJK ${region}`;
const white = { colour: "#ffffff", weight: 700, size: 50, outline: 4 };
const subtitles = {
  korean: { ...white, font: cjk("KR"), lines: ["오늘은 일찍 들어올 거지?", "저녁 같이 먹자."] },
  yellow: { ...white, font: cjk("KR"), colour: "#ffe600", lines: ["비밀은 끝까지 지킬게요"] },
  english: {
    ...white,
    font: "DejaVu Sans",
    size: 42,
    lines: ["You never told me why you left.", "I think I deserve to know."],
  },
  japanese: {
    ...white,
    font: cjk("JP"),
    size: 46,
    lines: ["もう一度だけ話を聞いてほしい"],
  },
};
const report = [
  "Meeting notes, 14 March",
  "The team agreed to ship the new search page in April.",
  "Open questions: pricing, the help pages, and a name.",
  "Dana will write to the printer before Friday.",
  "Costs so far: 1,240 euros of 5,000 planned.",
  "Next meeting: Tuesday at 10:30, room 4.",
];
const screen = [
  "Network settings",
  "무선 네트워크에 연결되었습니다",
  "Download speed: 48 Mbit/s",
  "비밀번호는 설정에서 바꿀 수 있습니다",
  "Last checked today at 9:41",
];
const room = await drawFrame(eveningRoom(), subtitles.korean);
const page = drawPage({ ground: "#fdfdfb", ink: "#1d1d1f", font: "DejaVu Sans", lines: report });
const darkPage = drawPage({ ground: "#1e1f24", ink: "#d7dae0", font: cjk("KR"), lines: screen });
const document = await sharp(page).png({ palette: true }).toBuffer();

await mkdir(folder, { recursive: true });
await mkdir(dirname(demoPicture), { recursive: true });
await writeFile(demoPicture, room);
const files: Record<string, Buffer | string> = {
  "subtitle-yellow.jpg": await drawFrame(noonStreet(), subtitles.yellow),
  "subtitle-en.jpg": await drawFrame(nightClub(), subtitles.english),
  "subtitle-ja.jpg": await drawFrame(noonStreet(), subtitles.japanese),
  "subtitle-two.jpg": await drawSubtitles(
    frame(nightClub()),
    [
      { lines: ["괜찮아, 천천히 해도 돼"], language: "kor" },
      { lines: ["It's all right. Take your time."], language: "eng" },
    ],
    { style: "outline", height },
  ),
  "subtitle-column.jpg": await drawSubtitles(
    frame(nightClub()),
    [{ lines: ["責任は俺が取る。", "お前は自分の仕事をしろ。"], language: "jpn" }],
    { style: "vertical", height },
  ),
  "subtitle-paper.jpg": await drawSubtitles(
    frame(nightClub()),
    [{ lines: ["우리가 처음 만난 날 기억나?", "비가 엄청 왔었잖아."], language: "kor" }],
    { style: "paper", height },
  ),
  "subtitle-shadow.jpg": await drawSubtitles(
    frame(noonStreet()),
    [{ lines: ["三年間、一度も忘れなかった", "たった一日も。"], language: "jpn" }],
    { style: "shadow", height },
  ),
  "table.png": await drawTable(table, { size: 20 }),
  "tilted.jpg": await drawTilted(pages["mixed"] ?? [], { language: "kor", degrees: 3 }),
  "document.png": document,
  "dark-screen.png": await sharp(darkPage).png({ palette: true }).toBuffer(),
  "truncated.png": document.subarray(0, Math.floor(document.length / 3)),
  "bomb.png": drawBomb(30_000),
  "not-a-picture.jpg": "This is a text file that somebody named .jpg.\n",
};
for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
