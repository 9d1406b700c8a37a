import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { UserError } from "../../errors.ts";

/** Tesseract's names of languages by their two-letter codes; Chinese is told apart by its script. */
const names: Readonly<Record<string, string>> = {
  ar: "ara",
  cs: "ces",
  da: "dan",
  de: "deu",
  el: "ell",
  en: "eng",
  es: "spa",
  fi: "fin",
  fr: "fra",
  he: "heb",
  hi: "hin",
  hu: "hun",
  id: "ind",
  it: "ita",
  ja: "jpn",
  ko: "kor",
  nl: "nld",
  no: "nor",
  pl: "pol",
  pt: "por",
  ro: "ron",
  ru: "rus",
  sv: "swe",
  th: "tha",
  tr: "tur",
  uk: "ukr",
  vi: "vie",
};

/**
 * Tesseract's name of a language given as a code such as `ko`, `zh-Hant` or `zh-TW`. Tesseract's own names stay as
 * they are; undefined when it is neither.
 */
export function tesseractName(code: string): string | undefined {
  if (/^[a-z]{3}(?:_[a-z]+)?$/u.test(code)) return code;
  try {
    const locale = new Intl.Locale(code).maximize();
    if (locale.language === "zh") return locale.script === "Hant" ? "chi_tra" : "chi_sim";
    return names[locale.language];
  } catch {
    return undefined;
  }
}

/** The folder of each language's data, by Tesseract's name. */
export type LanguageFolders = Readonly<Record<string, string>>;

/** Where the npm package of a language's data keeps it. Throws UserError when the package isn't installed. */
export function findLanguageData(name: string): string {
  const packageName = `@tesseract.js-data/${name}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    const folder = join(dirname(manifest), "4.0.0_best_int");
    if (existsSync(join(folder, `${name}.traineddata.gz`))) return folder;
  } catch (error) {
    throw missing(name, { cause: error });
  }
  throw missing(name);
}

/** The first of these languages whose data can't be unpacked: what Tesseract ends itself over. */
export async function findDamagedData(folders: LanguageFolders): Promise<string | undefined> {
  for (const [name, folder] of Object.entries(folders)) {
    const packed = await readFile(join(folder, `${name}.traineddata.gz`));
    const isWhole = await unpack(packed).then(
      ({ length }) => length > 0,
      () => false,
    );
    if (!isWhole) return name;
  }
  return undefined;
}

const unpack = promisify(gunzip);

function missing(name: string, options?: ErrorOptions): UserError {
  const install = `npm install @tesseract.js-data/${name}`;
  return new UserError(({ files }) => files.noLanguageData(name, install), options);
}
