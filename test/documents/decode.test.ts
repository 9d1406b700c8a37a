import { expect, test } from "vitest";
import { decodeText } from "../../src/documents/decode.ts";

const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(" ", ""), "hex");

test.each([
  ["UTF-8 with its mark", "efbbbf ec9588", "안"],
  ["UTF-16 as Windows writes it", "fffe 2d4e8765", "中文"],
  ["UTF-16 with the high byte first", "feff 4e2d6587", "中文"],
  ["UTF-16 without a mark", "48006900", "Hi"],
  ["ISO-2022-JP", "1b2442242224241b2842", "あい"],
  [
    "EUC-KR",
    "bec8b3e7c7cfbcbcbfe42e20bfc0b4c320c8b8c0c7b4c220bcbc20bdc3bfa120bdc3c0dbc7d5b4cfb4d92e",
    "안녕하세요. 오늘 회의는 세 시에 시작합니다.",
  ],
  ["Shift_JIS", "89ef8b6382cd8e4f8e9e82c98e6e82dc82e882dc82b78142", "会議は三時に始まります。"],
  ["Big5", "b77cc4b3a454c249b67da96ca141bdd0b7c7aec9b0d1a55ba143", "會議三點開始，請準時參加。"],
  ["GB18030", "bbe1d2e9c8fdb5e3bfaacabca3acc7ebd7bccab1b2cebcd3a1a3", "会议三点开始，请准时参加。"],
  [
    "Latin-1",
    "4469652047f6df65206973742066fc7220616c6c652067656c6569636820736368f66e",
    "Die Göße ist für alle geleich schön",
  ],
])("text is read in %s", async (_, hex, text) => {
  expect(await decodeText(bytes(hex))).toBe(text);
});

test("what holds the bytes of a program is no text", async () => {
  expect(await decodeText(bytes("4d5a90000300000004000000ffff0000"))).toBeUndefined();
  expect(await decodeText(bytes("01020304ff"))).toBeUndefined();
});
