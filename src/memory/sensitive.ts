import { asked, passwordIs, passwordWords } from "./sensitive-words.ts";

/** What is never stored. */
export type Secret = "password" | "key" | "card";
/** What is stored only when its person says so. */
export type Sensitive = "health" | "credentials" | "money" | "identity";

/** What makes a text one that may not be kept; undefined for none. Careful rather than clever: patterns and check digits. */
export function secretIn(text: string): Secret | undefined {
  const plain = text.normalize("NFKC");
  if (keys.some((key) => key.test(plain))) return "key";
  if (hasCard(plain)) return "card";
  return passwordIs.some((pattern) => pattern.test(plain)) ? "password" : undefined;
}

/** What is said about a person that they should be asked about first; undefined for nothing. */
export function sensitiveIn(text: string): Sensitive | undefined {
  const plain = text.normalize("NFKC").toLowerCase();
  if (hasIdentityNumber(plain)) return "identity";
  if (hasAccount(plain)) return "money";
  if (passwordWords.test(plain)) return "credentials";
  for (const [kind, pattern] of asked) if (pattern.test(plain)) return kind;
  return undefined;
}

/** Keys and tokens of services, by the form they give them. */
const keys: readonly RegExp[] = [
  /\b(?:sk|pk|rk)[-_][\w-]{16,}/u,
  /\b(?:ghp|gho|ghu|ghs|ghr|glpat|hf|npm|xox[abeprs])[-_][\w-]{10,}/u,
  /\bgithub_pat_\w{20,}/u,
  /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/u,
  /\bAIza[\w-]{30,}/u,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\./u,
  /\b\d{8,10}:[\w-]{35}\b/u,
  /-----BEGIN [A-Z ]*PRIVATE KEY/u,
];

function hasCard(text: string): boolean {
  return (text.match(/(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/gu) ?? []).some((found) => {
    const digits = found.replaceAll(/\D/gu, "");
    return /^[2-6]/u.test(digits) && passesLuhn(digits);
  });
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, at) => {
      const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}

/** IBAN: its first four letters moved to its end, as a number, leave 1 of 97. */
function hasAccount(text: string): boolean {
  return (text.match(/\b[a-z]{2}\d{2}(?: ?[a-z\d]{4}){2,7}(?: ?[a-z\d]{1,4})?\b/gu) ?? []).some((found) => {
    const bare = found.replaceAll(" ", "");
    const number = (bare.slice(4) + bare.slice(0, 4)).replaceAll(/[a-z]/gu, (letter) =>
      String(letter.charCodeAt(0) - 87),
    );
    return BigInt(number) % 97n === 1n;
  });
}

/** Numbers that states give people: of the United States, Korea, China, Japan and Spain; and of a passport by its name. */
function hasIdentityNumber(text: string): boolean {
  return (
    /\b\d{3}-\d{2}-\d{4}\b/u.test(text) ||
    /\b\d{6}-?[1-8]\d{6}\b/u.test(text) ||
    (text.match(/\b\d{17}[\dx]\b/gu) ?? []).some(isChinese) ||
    (text.match(/\b[xyz\d]\d{7}-?[a-z]\b/gu) ?? []).some(isSpanish) ||
    (/マイナンバー|個人番号|my number/u.test(text) && /\d{4}[ -]?\d{4}[ -]?\d{4}/u.test(text)) ||
    (/passport|pasaporte|여권|护照|護照|パスポート|driver'?s licen[cs]e|운전면허|驾照|駕照|免許証/u.test(
      text,
    ) &&
      /\b[a-z]{0,3}\d{6,}/u.test(text))
  );
}

function isChinese(id: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0);
  return "10x98765432"[sum % 11] === id[17];
}

function isSpanish(id: string): boolean {
  const bare = id.replace("-", "");
  const number = Number(bare.slice(0, 8).replace(/^[xyz]/u, (letter) => String("xyz".indexOf(letter))));
  return "trwagmyfpdxbnjzsqvhlcke"[number % 23] === bare[8];
}
