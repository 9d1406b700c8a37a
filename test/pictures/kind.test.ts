import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import { checkPicture } from "../../src/pictures/kind.ts";

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/ocr/${name}`, import.meta.url));

test.each([
  ["PNG", fixture("document.png")],
  ["JPEG", fixture("subtitle-en.jpg")],
  ["GIF", Buffer.from("GIF89a....")],
  ["WebP", Buffer.from("RIFF\n\r\n\rWEBPVP8 ", "latin1")],
  ["AVIF", Buffer.from("\0\0\0\x20ftypavif", "latin1")],
  ["AVIF of a general brand", Buffer.from("\0\0\0\x20ftypmif1\0\0\0\0mif1avif", "latin1")],
  ["HEIC", Buffer.from("\0\0\0\x24ftypheic", "latin1")],
])("a %s file passes as a picture", (_, bytes) => {
  expect(() => checkPicture(bytes)).not.toThrow();
});

test("what is no picture is refused by what it holds, not by its name", () => {
  expect(() => checkPicture(fixture("not-a-picture.jpg"))).toThrow(UserError);
  expect(() => checkPicture(new Uint8Array())).toThrow("it is empty.");
});

test.each([
  ["PDF", Buffer.from("%PDF-1.7")],
  ["SVG", Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">')],
])("%s is refused by its name, with what to send instead", (kind, bytes) => {
  expect(() => checkPicture(bytes)).toThrow(
    `I can't open ${kind} as a picture. Please send it as PNG or JPEG`,
  );
});

test("a file above the limit is refused whatever it is", () => {
  const huge = new Uint8Array(26 * 1024 * 1024);
  huge.set(fixture("document.png"));
  expect(() => checkPicture(huge)).toThrow("at most 25 MB");
});
