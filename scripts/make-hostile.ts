/**
 * Makes the files of test/fixtures/hostile: what somebody sends who means no good, or whose disk does not. They are
 * committed; run this again only to change them.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { makeDocx, makeXlsx, paragraph } from "../test/support/office.ts";
import { makePdf } from "../test/support/pdf.ts";
import { makeZip } from "../test/support/zip.ts";

const folder = fileURLToPath(new URL("../test/fixtures/hostile/", import.meta.url));
const documentPart = "word/document.xml";
const honest = makePdf([["A page of a book that is whole."]]);

const files: Readonly<Record<string, Uint8Array>> = {
  "empty.pdf": Buffer.alloc(0),
  "program.pdf": Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "latin1"),
  "cut.pdf": honest.subarray(0, 90),
  "noise.pdf": Buffer.concat([Buffer.from("%PDF-1.7\n"), noise(2000)]),
  "circle.pdf": pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 999999999 /Kids [2 0 R 2 0 R] >>",
  ]),
  "endless-page.pdf": bombPdf(),
  "huge-page.pdf": hugePage(),
  "locked.pdf": makePdf([["Secret."]], { locked: true }),
  "locked.docx": lockedOffice(),
  "entities.docx": entityBomb(),
  "lying.docx": lyingDocx(),
  "bomb.docx": bombDocx(),
  "sparse.xlsx": sparseXlsx(),
  "slip.zip": makeZip([
    { name: "../../../etc/cron.d/x", data: "x" },
    { name: String.raw`C:\Windows\x.dll`, data: "x" },
  ]),
  "cut.zip": makeZip([{ name: "a.txt", data: "a" }]).subarray(0, 40),
  "huge.png": bigPicture(90_000, 90_000, 0),
  "wide.png": bigPicture(90_000, 20, 20),
};

await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(files)) await writeFile(folder + name, bytes);

/** The same bytes every time. */
function noise(count: number): Buffer {
  let state = 7;
  return Buffer.from(
    Array.from({ length: count }, () => (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) & 255),
  );
}

function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts = objects.map((object, index) =>
    Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object as string, "latin1"),
      Buffer.from("\nendobj\n"),
    ]),
  );
  return Buffer.concat([
    Buffer.from("%PDF-1.5\n"),
    ...parts,
    Buffer.from("trailer << /Root 1 0 R >>\n%%EOF"),
  ]);
}

/** A page of a gigabyte of spaces, packed twice. */
function bombPdf(): Buffer {
  const data = deflateSync(deflateSync(Buffer.alloc(1_000_000_000, " ")));
  const page = Buffer.concat([
    Buffer.from(`<< /Length ${data.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`),
    data,
    Buffer.from("\nendstream"),
  ]);
  return pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
    page,
  ]);
}

function hugePage(): Buffer {
  return pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000000000 90000] /Contents 4 0 R >>",
    "<< /Length 32 >>\nstream\n0 0 m 2000000000 90000 l S       \nendstream",
  ]);
}

/** As far as anybody looks: the container of old Office, with the part that holds what a password hides. */
function lockedOffice(): Buffer {
  const file = Buffer.alloc(2048);
  file.write("d0cf11e0a1b11ae1", "hex");
  file.write("EncryptedPackage", 1024, "utf16le");
  return file;
}

/** "Billion laughs": ten entities, each of ten of the one before. */
function entityBomb(): Buffer {
  const entities = Array.from(
    { length: 9 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  );
  return makeDocx("", {
    "word/document.xml": `<!DOCTYPE d [<!ENTITY l0 "laugh">${entities.join("")}]><w:document xmlns:w="w"><w:body>${paragraph("&l9; Ha.")}</w:body></w:document>`,
  });
}

function lyingDocx(): Buffer {
  return makeZip([{ name: documentPart, data: "<p>".padEnd(3_000_000), claims: 100 }]);
}

function bombDocx(): Buffer {
  return makeZip([{ name: documentPart, data: "<p>", claims: 4_000_000_000 }]);
}

/** One cell in the last place that there is: whoever lays them all out runs out of memory. */
function sparseXlsx(): Buffer {
  return makeXlsx({ Sheet: [["x"]] }, (xml) =>
    xml.replace('r="A1"', 'r="XFD1048576"').replace('r="1"', 'r="1048576"'),
  );
}

/** A black picture of so many pixels, of which only some rows are there. */
function bigPicture(width: number, height: number, rows: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc((width + 1) * rows));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
