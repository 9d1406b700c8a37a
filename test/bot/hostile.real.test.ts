import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { expect, onTestFinished, test } from "vitest";
import { createPictureFitter } from "../../src/pictures/index.ts";
import { createOcr } from "../../src/tools/ocr/index.ts";
import { answer, attachment } from "../support/events.ts";
import { makeDocx, paragraph } from "../support/office.ts";
import { childrenRunning } from "../support/children.ts";
import { testBot, type TestBotOptions, testPersona } from "../support/test-core.ts";
import { until } from "../support/until.ts";

const folder = new URL("../fixtures/hostile/", import.meta.url);
const fixture = (name: string): Buffer => readFileSync(new URL(name, folder));

const damaged = (kind: string): string => `it is damaged or cut short, and can't be read as ${kind}.`;
const locked = "it is locked with a password. Please send it without one.";
const packed = "unpacked, it would be larger than 150 MB, so I left it packed.";
const hungry = "it needed more than 400 MB of memory, so I gave up on it.";
/** What the person is told of each; nothing where it is read all the same. */
const told: Readonly<Record<string, string | undefined>> = {
  "bomb.docx": packed,
  "bomb.log.gz": packed,
  "circle.pdf": damaged("PDF"),
  "cut.pdf": damaged("PDF"),
  "cut.zip": damaged("ZIP"),
  "deep.docx": damaged("DOCX"),
  "deep.html": undefined,
  "empty.pdf": "it is empty.",
  "endless-page.pdf": hungry,
  "entities.docx": undefined,
  "huge-page.pdf": "I found no text in it.",
  "locked.docx": locked,
  "locked.pdf": locked,
  "lying.docx": damaged("DOCX"),
  "noise.pdf": damaged("PDF"),
  "program.pdf": "it is a program, whatever its name says, so I did not open it.",
  "slip.zip": undefined,
  "sparse.xlsx": hungry,
};

/** Those that would take up room. */
function largeFiles(): Readonly<Record<string, Buffer>> {
  const deep = 50_000;
  // A gzip file may be several in a row.
  const member = gzipSync(Buffer.alloc(1_000_000));
  return {
    "bomb.log.gz": Buffer.concat(Array.from({ length: 160 }, () => member)),
    "deep.html": Buffer.from(`<!doctype html>${"<div>".repeat(deep)}At the bottom.${"</div>".repeat(deep)}`),
    "deep.docx": makeDocx(`${"<w:tbl><w:tr><w:tc>".repeat(deep)}${paragraph("At the bottom.")}`),
  };
}

test("a bad file is one sentence, the others are read, and the next message is answered", async () => {
  const large = largeFiles();
  const small = readdirSync(folder).filter((name) => !name.endsWith(".png"));
  expect([...small, ...Object.keys(large)].toSorted()).toEqual(Object.keys(told));
  const { say, sent, chat, last } = await testBot({ scripts: [answer("I had a look."), answer("Yes.")] });
  await say("What are these?", {
    attachments: Object.keys(told).map((name) => attachment(name, large[name] ?? fixture(name))),
  });
  const notices = chat.posts[0]?.answer.notices ?? [];
  expect(notices.filter((notice) => notice.startsWith("I left out"))).toEqual(
    Object.entries(told).flatMap(([name, reason]) => (reason ? [`I left out ${name}: ${reason}`] : [])),
  );
  expect(sent()).toContain("At the bottom.");
  expect(sent()).toContain("&l9; Ha.");
  expect(sent()).toContain("../../../etc/cron.d/x");
  await say("Are you still there?");
  expect(last()).toBe("Yes.");
});

/** What is told of each picture; nothing where it is taken all the same. */
const toldOfPictures: Readonly<Record<string, string | undefined>> = {
  "huge.png":
    "it is too large (90000 x 90000 pixels; I take at most 40 megapixels). Please send a smaller copy.",
  // What is 4,500 times as wide as it is high is a picture, of nothing.
  "wide.png": undefined,
  "cut.png": "it is damaged or cut short. Please send it again.",
  "cut.heic": "it is damaged or cut short. Please send it again.",
  "empty.png": "it is empty.",
  "text.jpg": "it is no picture that I can open. I know PNG, JPEG, GIF, WebP, AVIF, HEIC, and TIFF.",
  "page.png": "I can't open SVG as a picture. Please send it as PNG or JPEG; a screenshot will do.",
  "moving.webp": undefined,
};

async function hostilePictures(): Promise<Readonly<Record<string, Buffer>>> {
  const heic = fixture("../pictures/blue.heic");
  const solid = (background: string): Promise<Buffer> =>
    sharp({ create: { width: 16, height: 16, channels: 3, background } })
      .png()
      .toBuffer();
  const two = [await solid("black"), await solid("white")];
  const moving = sharp(
    Array.from({ length: 3000 }, (_, index) => two[index % 2] ?? Buffer.alloc(0)),
    { join: { animated: true } },
  );
  return {
    "huge.png": fixture("huge.png"),
    "wide.png": fixture("wide.png"),
    "cut.png": fixture("../ocr/truncated.png"),
    "cut.heic": Buffer.concat([heic.subarray(0, heic.length / 2), Buffer.alloc(200, 7)]),
    "empty.png": Buffer.alloc(0),
    "text.jpg": fixture("../ocr/not-a-picture.jpg"),
    "page.png": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
    "moving.webp": await moving.webp({ effort: 0 }).toBuffer(),
  };
}

/** A bot that reads the text of pictures in earnest. */
async function readingBot(scripts: NonNullable<TestBotOptions["scripts"]>) {
  const ocr = createOcr({ languages: ["eng"], seconds: 30, maxMegapixels: 40 });
  const fitter = createPictureFitter({ maxMegapixels: 40 });
  onTestFinished(async () => {
    await Promise.all([ocr.stop(), fitter.stop()]);
  });
  const bot = await testBot({
    pictures: {
      read: (bytes, options) => ocr.read(bytes, options),
      fit: (bytes, options) => fitter.fit(bytes, options),
    },
    personas: [testPersona("subtitle", { images: "transcribe" })],
    scripts,
  });
  const told = (): readonly string[] => bot.chat.posts.flatMap(({ answer }) => answer.notices ?? []);
  return { ...bot, told };
}

test("a bad picture is one sentence, and the next message is answered", async () => {
  const pictures = await hostilePictures();
  expect(Object.keys(pictures)).toEqual(Object.keys(toldOfPictures));
  const { say, told, last } = await readingBot([answer("I had a look."), answer("Yes.")]);
  await say("What do they say?", {
    attachments: Object.entries(pictures).map(([name, bytes]) => attachment(name, bytes, "image/png")),
  });
  expect(told()).toEqual([
    ...Object.entries(toldOfPictures).flatMap(([name, reason]) =>
      reason ? [`I left out ${name}: ${reason}`] : name === "moving.webp" ? [moves] : [],
    ),
    ...[1, 2, 3].map((picture) => `I found no text in picture ${picture}.`),
  ]);
  await say("Are you still there?");
  expect(last()).toBe("Yes.");
});
const moves = "moving.webp moves: I look at 2 of its 3000 frames.";

/** What looks at a picture, what is told meanwhile, and how the sentence begins when it comes to nothing. */
const looks = [
  ["fitting-process.ts", "getting page.png", "I left out page.png: "],
  ["reading-process.ts", "reading the picture", "I could not read picture 1: "],
] as const;

test("a native fault in what opens or reads pictures is one sentence, and the next message is answered", async () => {
  const { say, told, last, chat } = await readingBot(["1", "2", "3", "Yes."].map((text) => answer(text)));
  const ask = () =>
    say("What does it say?", {
      attachments: [attachment("page.png", fixture("../ocr/document.png"), "image/png")],
    });
  await ask();
  for (const [script, status] of looks) {
    const [id = 0, ...others] = childrenRunning(script);
    expect(others).toEqual([]);
    // Held up in the middle of whatever it does with the next one, it dies as of a fault of its own.
    process.kill(id, "SIGSTOP");
    const before = chat.statuses.length;
    const asked = ask();
    await until(`it says “${status}”`, () => chat.statuses.slice(before).includes(status));
    process.kill(id, "SIGSEGV");
    process.kill(id, "SIGCONT");
    await asked;
  }
  const brokeDown = "what I read it with broke down over it. It may be damaged.";
  expect(told()).toEqual(looks.map(([, , start]) => start + brokeDown));
  await ask();
  expect(last()).toBe("Yes.");
  expect(told()).toHaveLength(2);
});
