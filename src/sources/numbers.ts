import type { Contradiction } from "../chat.ts";
import { codeIn } from "./markers.ts";
import { tokensOf } from "./match.ts";

/** A number that a text gives for something. */
interface Stated {
  readonly label: string;
  /** The telling words of the label. */
  readonly words: readonly string[];
  readonly value: number;
  readonly unit: string;
  /** As it stands there. */
  readonly text: string;
}

/** A number with what it counts, where that stands beside it. */
const number = String.raw`[-−]?(?:[$€£¥₩]\s?)?\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|[-−]?(?:[$€£¥₩]\s?)?\d+(?:[.,]\d+)?`;
const unit = String.raw`\s?(?:%|°[CF]|km\/h|m\/s|[kcm]m²?|km²|m[²³]?|[kmMG]?Wh?|[kMGT]i?B|[mk]?g|[mk]?l|ft|mi|lb|oz|h|min|s|ms|people|metres|meters|kilometres|kilometers|years?|days?|hours?|minutes?|seconds?|million|billion|만|억|명|원|년|개|人|年|円|元|万|億|亿)(?![\p{L}\p{N}])`;
const value = new RegExp(`(${number})(${unit})?(\\s?(?:people|명|人|USD|EUR|dollars|euros))?`, "u");
/** `Label: 12 km`, `| Label | 12 km |`, `Label = 12`: where a text says by its form what a number is of. */
const pair = new RegExp(
  String.raw`^[\t\p{Zs}>*\-|]*(?:\*\*)?(?<label>\p{L}[\p{L}\p{N} ()/'’-]{1,50}?)(?:\*\*)?\s*(?::(?:\*\*)?|=|\|)\s*(?:\*\*)?(?<value>(?:${number})(?:${unit})?)(?:\*\*)?\s*(?:\|\s*)?(?:\([^()]*\)\s*)?$`,
  "gmu",
);

/**
 * The numbers of an answer that what was read contradicts: the same label, the same unit, another value. Only what a text
 * gives as a label with its one value counts, and only where the answer's number stands nowhere in what was read or `heard`: a
 * check that cries wolf is turned off.
 */
export function contradictions(
  answer: string,
  read: readonly string[],
  heard: readonly string[] = [],
): readonly Contradiction[] {
  const all = read.join("\n");
  const known = new Set(numbersIn([all, ...heard].join("\n")));
  const given = pairsIn(all);
  const found = new Map<string, Contradiction>();
  for (const sentence of sentencesIn(answer)) {
    const words = new Set(tokensOf(sentence));
    for (const one of given.values()) {
      if (!one || !one.words.every((word) => words.has(word))) continue;
      const said = onlyNumber(sentence, one);
      if (!said || known.has(said.value) || isRounded(said, one.value)) continue;
      found.set(one.label, { label: one.label, said: said.text, read: one.text });
    }
  }
  return [...found.values()];
}

/** By label and unit; `undefined` where a text gives several values for one: then it is not known which is meant. */
function pairsIn(text: string): ReadonlyMap<string, Stated | undefined> {
  const pairs = new Map<string, Stated | undefined>();
  for (const { groups = {} } of text.matchAll(pair)) {
    const label = (groups["label"] ?? "").trim();
    const words = tokensOf(label).filter((word) => !littleWords.has(word));
    const found = readNumber(groups["value"] ?? "");
    if (!found || words.length === 0 || isYear(found)) continue;
    const key = `${words.join(" ")} ${found.unit}`;
    const before = pairs.get(key);
    pairs.set(key, pairs.has(key) && before?.value !== found.value ? undefined : { label, words, ...found });
  }
  return pairs;
}

/** The number of a sentence in that unit, where it has no other. */
function onlyNumber(sentence: string, { unit: wanted }: Stated): Omit<Stated, "label" | "words"> | undefined {
  const found = [...sentence.matchAll(new RegExp(value.source, "gu"))].flatMap(
    ([text]) => readNumber(text) ?? [],
  );
  const alike = found.filter((each) => each.unit === wanted && !(wanted === "" && isYear(each)));
  return alike.length === 1 ? alike[0] : undefined;
}

function readNumber(text: string): Omit<Stated, "label" | "words"> | undefined {
  const [whole = "", digits = "", suffix = ""] = value.exec(text.trim()) ?? [];
  const sign = /[-−]/u.test(digits) ? -1 : 1;
  const currency = /[$€£¥₩]/u.exec(digits)?.[0] ?? "";
  const plain = digits.replaceAll(/[-−$€£¥₩\s]/gu, "");
  const amount = Number(
    /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(plain) ? plain.replaceAll(",", "") : plain.replace(",", "."),
  );
  if (whole === "" || Number.isNaN(amount)) return undefined;
  const [unit, scale] = unitOf(suffix.trim());
  return { value: sign * amount * scale, unit: currency + unit, text: whole.trim() };
}

const scales: Readonly<Record<string, number>> = {
  million: 1e6,
  billion: 1e9,
  만: 1e4,
  억: 1e8,
  万: 1e4,
  億: 1e8,
  亿: 1e8,
};
const names: Readonly<Record<string, string>> = {
  metres: "m",
  meters: "m",
  kilometres: "km",
  kilometers: "km",
  year: "years",
  day: "days",
  hours: "h",
  hour: "h",
  minutes: "min",
  minute: "min",
  seconds: "s",
  second: "s",
};

function unitOf(suffix: string): readonly [unit: string, scale: number] {
  return [suffix in scales ? "" : (names[suffix] ?? suffix), scales[suffix] ?? 1];
}

/** Written without what parts thousands, as years are. */
const isYear = ({ text }: Pick<Stated, "text">): boolean => /^(?:1\d|20)\d\d$/u.test(text);

/** Said with fewer digits, or near enough: "about 5.9 million" of 5,884,000. */
function isRounded(said: Pick<Stated, "value" | "text">, read: number): boolean {
  const digits = (/[1-9][\d.,]*/u.exec(said.text)?.[0] ?? "").replaceAll(/[.,]|(?<!0)0+$/gu, "").length;
  const rounded = Number(read.toPrecision(Math.min(Math.max(1, digits), 15)));
  const difference = Math.abs(said.value - read);
  return difference <= Math.abs(read) * (said.value === rounded ? 0.05 : 0.005);
}

const numbersIn = (text: string): readonly number[] =>
  [...text.matchAll(new RegExp(value.source, "gu"))].flatMap(([found]) => readNumber(found)?.value ?? []);

function sentencesIn(answer: string): readonly string[] {
  let prose = answer;
  for (const { from, to } of codeIn(answer).toReversed()) prose = prose.slice(0, from) + prose.slice(to);
  return prose.replaceAll(/ ?\[\d+\]/gu, "").split(/(?<=[.!?])\s+(?=[\p{Lu}\p{Lo}])|(?<=[。！？])|[\n;]+/u);
}

const littleWords = new Set(
  "a an the of in on at and or for to by total about approx approximately de la el los las del".split(" "),
);
