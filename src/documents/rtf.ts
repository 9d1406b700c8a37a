import { chaptersOfMarkdown } from "./chapters.ts";
import type { Reading } from "./reading.ts";
import { Refusal, say } from "./said.ts";

/** Groups that hold no text of the document. */
const unseen = new Set(
  "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl fldinst bkmkstart bkmkend".split(
    " ",
  ),
);
const written: Readonly<Record<string, string>> = {
  par: "\n\n",
  sect: "\n\n",
  page: "\n\n",
  line: "\n",
  row: "\n",
  cell: " | ",
  tab: " ",
  emdash: "—",
  endash: "–",
  bullet: "•",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
};
/** By the numbers that Windows gives them. */
const encodings: Readonly<Record<number, string>> = {
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
};
/** A control word with its number, the byte of a letter, a control sign, a group's beginning or end, or text. */
const token =
  /\\(?<word>[a-z]+)(?<number>-?\d+)? ?|\\'(?<byte>[0-9a-f]{2})|\\(?<sign>[^a-z])|(?<brace>[{}])|(?<plain>[^\\{}\r\n]+)/giu;

interface Group {
  isHidden: boolean;
  /** How many letters stand in for one that old programs don't know. */
  standIns: number;
}

/** A document as far as it has been read; the last group is the one that is open. */
interface State {
  readonly groups: Group[];
  readonly text: RtfText;
}

/** The text of an RTF document, without its form. Throws Refusal where there is none. */
export function readRtf(bytes: Uint8Array): Reading {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const text = createText(decoderOf(Number(/\\ansicpg(\d+)/u.exec(source)?.[1])));
  const state: State = { groups: [], text };
  for (const { groups: found = {} } of source.matchAll(token)) take(state, found);
  const tidy = text
    .finish()
    .replaceAll(/[^\S\n]+/gu, " ")
    .replaceAll(/ *\n */gu, "\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
  if (tidy === "") throw new Refusal(say("empty"));
  return { kind: "RTF", ...chaptersOfMarkdown(tidy.toWellFormed()), notes: [] };
}

function decoderOf(page: number): TextDecoder {
  const isWindows = page >= 1250 && page <= 1258;
  return new TextDecoder(encodings[page] ?? (isWindows ? `windows-${page}` : "windows-1252"));
}

type Found = Partial<Record<"word" | "number" | "byte" | "sign" | "brace" | "plain", string>>;

function take({ groups, text }: State, { word, number, sign, brace, byte = "", plain = "" }: Found): void {
  const open = groups.at(-1) ?? { isHidden: false, standIns: 1 };
  if (brace === "{") groups.push({ ...open });
  else if (brace === "}") groups.pop();
  else if (sign === "*" || (word !== undefined && unseen.has(word))) open.isHidden = true;
  else if (open.isHidden) return;
  else if (word !== undefined) obey(word, Number(number), { open, text });
  else if (sign !== undefined) text.write(signs[sign] ?? "");
  else text.bytes(Buffer.concat([Buffer.from(byte, "hex"), Buffer.from(plain, "latin1")]));
}

function obey(
  word: string,
  number: number,
  { open, text }: { readonly open: Group; readonly text: RtfText },
): void {
  if (word === "uc") open.standIns = number;
  else if (word === "u") text.letter(number, open.standIns);
  else text.write(written[word] ?? "");
}

/** What stands behind a backslash where that is no word. */
const signs: Readonly<Record<string, string>> = { "~": " ", _: "-", "\\": "\\", "{": "{", "}": "}" };

/** The text so far. */
interface RtfText {
  write(some: string): void;
  /** A letter by its number, and how many that follow stand in for it. */
  letter(number: number, standIns: number): void;
  /** In the document's encoding, whose letters may take two. */
  bytes(some: Uint8Array): void;
  finish(): string;
}

function createText(decoder: TextDecoder): RtfText {
  let text = "";
  let pending: Uint8Array[] = [];
  let skipped = 0;
  const flush = (): void => {
    text += decoder.decode(Buffer.concat(pending));
    pending = [];
  };
  const write = (some: string): void => {
    flush();
    text += some;
  };
  return {
    write,
    letter(number, standIns) {
      write(String.fromCharCode((number + 65_536) % 65_536));
      skipped = standIns;
    },
    bytes(some) {
      const from = Math.min(skipped, some.length);
      skipped -= from;
      pending.push(some.subarray(from));
    },
    finish() {
      flush();
      return text;
    },
  };
}
