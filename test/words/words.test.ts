import { describe, expect, test } from "vitest";
import { commands } from "../../src/commands/all.ts";
import { detectLanguage } from "../../src/words/detect-language.ts";
import { type Language, languages } from "../../src/words/language.ts";
import { english, loadAllWords, put } from "../../src/words/words.ts";
import { samples } from "./samples.ts";

/** What is said, by where it stands among the words and the how-manieth form it is. */
type Said = ReadonlyMap<string, string>;

type Node = { readonly [key: string]: unknown };

/** Every sentence of a language, said. */
function sayAll(words: object, forms: object = samples, path = ""): Said {
  const said = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const place = path === "" ? key : `${path}.${key}`;
    const form = (forms as Node)[key];
    if (typeof value === "string") said.set(place, value);
    else if (typeof value === "function")
      for (const [index, given] of (form as readonly (readonly unknown[])[]).entries())
        said.set(`${place} ${index}`, (value as (...given: readonly unknown[]) => string)(...given));
    else for (const [below, text] of sayAll(value as object, form as object, place)) said.set(below, text);
  }
  said.delete("language");
  return said;
}

const all = await loadAllWords();
const inEnglish = sayAll(english);

/** Names in capitals, commands, and numbers but for one, which words can stand for. */
const carried = (text: string): string[] => [
  ...(text.match(/\b[A-Z]{3,}\b(?!-)/gu) ?? []),
  ...(text.match(/(?<![\w/])\/[a-z]+/gu) ?? []),
  ...(text.replaceAll(/(?<=\d)[.,](?=\d)/gu, "").match(/\d+/gu) ?? []).filter((number) => Number(number) > 1),
];

/** Where buttons are named. */
const buttons =
  /^(?:buttons\.\w+|context\.(?:startAfresh|compact|takeBack|whatLeft|asFile)|branching\.(?:back|undoMore|startAfresh)|council\.ask(?:One)?|models\.(?:efforts\.\w+|ratherThis|reset|show|hide)|usage\.asCsv|reading\.(?:drop(?: \d)?|next|stop)|memory\.(?:undo|keep|dontKeep|pause|resume|more|forgetAll|confirm|link|dontLink))$/u;

const usesLatin = new Set<Language>(["en", "es"]);

/** Words that are the same in every language. */
const international =
  /`[^`]*`|“[^”]*”|「[^」]*」|\/[a-z]+|\b(?:[A-Z]{2,}|UTF-8|WebP|Tesseract|Ctrl-C|parlance(?:\.yaml)?|token|provider|models?)\b/gu;

test("English is first, and every language has a name of its own", () => {
  expect(all.map(({ language }) => language)).toEqual(languages);
  expect(languages[0]).toBe("en");
});

describe.each(all.map((words) => [words.language, words] as const))("the words in %s", (language, words) => {
  const said = sayAll(words);

  test("are sentences without loose ends", () => {
    for (const [place, text] of said) {
      expect(text, place).toBe(text.trim());
      expect(text, place).not.toBe("");
      expect(text, place).not.toMatch(/undefined|NaN|\[object|\$\{| {2}/u);
    }
  });

  test("fit where they stand: buttons, titles and the platforms' lists of commands", () => {
    for (const [place, text] of said) {
      if (buttons.test(place)) expect(text.length, place).toBeLessThanOrEqual(20);
      if (/(?:\.summary|\.\w+Summary)$|^commands\.ask\./u.test(place))
        expect(text.length, place).toBeLessThanOrEqual(100);
    }
  });

  test("say what English says: the same names, numbers and commands, in every form", () => {
    expect([...said.keys()]).toEqual([...inEnglish.keys()]);
    const missing = [...said].flatMap(([place, text]) => {
      const has = new Set(carried(text));
      // How an argument is written is said in one's own words.
      const needed = place.endsWith(".usage") ? [] : carried(inEnglish.get(place) ?? "");
      return needed.filter((each) => !has.has(each)).map((each) => `${place} lacks ${each}: ${text}`);
    });
    expect(missing).toEqual([]);
  });

  test("read as that language", () => {
    const foreign = [...said].flatMap(([place, text]) => {
      const own = text.replaceAll(international, " ").replaceAll(/[:：]/gu, " ");
      // Short ones and lists of names don't tell, and what is typed is English.
      const told = language === "en" || own.length <= 25 ? undefined : detectLanguage(own);
      const letters =
        usesLatin.has(language) || place.endsWith(".usage") ? [] : (own.match(/[a-z]{3,}/giu) ?? []);
      return (told ?? language) === language && letters.length === 0 ? [] : [`${place}: ${text}`];
    });
    expect(foreign).toEqual([]);
  });

  test.runIf(language !== "en")("are not left in English", () => {
    const same = [...said].filter(([place, text]) => / /u.test(text) && text === inEnglish.get(place));
    expect(same.filter(([, text]) => /[a-z]{3}/u.test(text))).toEqual([]);
  });
});

test("every command is described in every language, within what the platforms take", () => {
  for (const { name, summary, usage } of commands) {
    const described = all.map((words) => put(summary, words));
    expect(new Set(described).size, name).toBe(all.length);
    for (const text of described) expect(text.length, name).toBeLessThanOrEqual(100);
    for (const words of all) expect(put(usage, words).length, name).toBeLessThanOrEqual(100);
  }
});

test.each([
  [-5_000, "in 1 second"],
  [20_000, "in 20 seconds"],
  [301_000, "in 6 minutes"],
  [3_600_000, "in 1 hour"],
  [5_400_000, "in 1 hour, 30 minutes"],
  [99_999_999, "later"],
  [2_300_538_653_000, "later"],
])("a vendor that asks to wait %d ms is asked again %s", (ms, when) => {
  expect(english.provider("rate-limit", ms)).toMatch(new RegExp(`Please ask again ${when}\\.$`, "u"));
});
