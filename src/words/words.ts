import type { Inbound } from "../chat.ts";
import { detectLanguage } from "./detect-language.ts";
import { en } from "./en.ts";
import { type Language, languageOf, languageOfLocale, languages } from "./language.ts";

/** Every sentence the bot itself says, in one language. */
export type Words = typeof en;

/** What is said, in whatever language its reader speaks. */
export type Sentence = string | ((words: Words) => string);

/** Where nobody knows who reads it: logs, the command line, what a model is told. */
export const english: Words = en;

/** What is said in those words. */
export const put = (sentence: Sentence, words: Words): string =>
  typeof sentence === "string" ? sentence : sentence(words);

const loading: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => en,
  es: async () => (await import("./es.ts")).es,
  ja: async () => (await import("./ja.ts")).ja,
  ko: async () => (await import("./ko.ts")).ko,
  zh: async () => (await import("./zh.ts")).zh,
};

const loaded = new Map<Language, Words>([["en", en]]);

/** A language's words, read when somebody first speaks it: most bots need one or two. */
export async function loadWords(language: Language): Promise<Words> {
  const words = loaded.get(language) ?? (await loading[language]());
  loaded.set(language, words);
  return words;
}

/** Every language's words, English first. */
export const loadAllWords = (): Promise<readonly Words[]> => Promise.all(languages.map(loadWords));

/** In the language that a person or place chose on the platform; else English. */
export const wordsOf = (locale: string | undefined): Promise<Words> =>
  loadWords(languageOfLocale(locale ?? "") ?? "en");

/** The words of a language that was loaded before; else English. */
export const wordsIn = (language: Language = "en"): Words => loaded.get(language) ?? en;

/**
 * In the language of who did it: the one they chose on the platform, else the one that they write in now, else that of
 * their last question, which is looked up only then.
 */
export async function wordsFor(
  inbound: Inbound,
  lastQuestion?: () => Promise<string | undefined>,
): Promise<Words> {
  const language =
    languageOf(inbound) ??
    detectLanguage((await lastQuestion?.()) ?? "") ??
    (inbound.type === "command" ? detectLanguage(inbound.argument) : undefined);
  return loadWords(language ?? "en");
}
