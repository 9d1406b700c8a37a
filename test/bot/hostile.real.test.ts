import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { createPictureFitter } from "../../src/pictures/index.ts";
import { createOcr } from "../../src/tools/ocr/index.ts";
import { answer, attachment } from "../support/events.ts";
import { makeDocx, paragraph } from "../support/office.ts";
import { testBot, testPersona } from "../support/test-core.ts";

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
}, 150_000);

test("a bad picture is one sentence, and the next message is answered", async () => {
  const ocr = createOcr({ languages: ["eng"], seconds: 30, maxMegapixels: 40 });
  const fitter = createPictureFitter({ maxMegapixels: 40 });
  onTestFinished(async () => {
    await Promise.all([ocr.stop(), fitter.stop()]);
  });
  const pictures = ["huge.png", "wide.png", "../ocr/bomb.png", "../ocr/truncated.png"];
  const { say, chat, last } = await testBot({
    pictures: {
      read: (bytes, options) => ocr.read(bytes, options),
      fit: (bytes, options) => fitter.fit(bytes, options),
    },
    personas: [testPersona("subtitle", { images: "transcribe" })],
    scripts: [answer("I had a look."), answer("Yes.")],
  });
  await say("What do they say?", {
    attachments: pictures.map((name) => attachment(name, fixture(name), "image/png")),
  });
  const notices = chat.posts.flatMap(({ answer }) => answer.notices ?? []);
  expect(notices).toEqual([
    expect.stringMatching(/^I left out huge\.png: .*too large \(90000 x/u),
    expect.stringMatching(/^I left out .*bomb\.png: .*too large \(30000 x/u),
    expect.stringMatching(/^I left out .*truncated\.png: .*damaged or cut short/u),
    // What is 4,500 times as wide as it is high is a picture, of nothing.
    expect.stringContaining("picture 1"),
  ]);
  await say("Are you still there?");
  expect(last()).toBe("Yes.");
});
