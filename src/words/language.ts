import type { Inbound } from "../chat.ts";
import { detectLanguage } from "./detect-language.ts";

/** A language that the bot speaks, as BCP 47 writes it. Chinese is written in simplified letters. */
export type Language = "en" | "zh" | "ko" | "ja" | "es";

/** English first: it is what is said where nothing tells which. */
export const languages: readonly Language[] = ["en", "zh", "ko", "ja", "es"];

/**
 * The language of who did it: the one they chose on the platform, else the one that they write in. Undefined where
 * neither tells of one that the bot speaks.
 */
export function languageOf(inbound: Inbound): Language | undefined {
  const chosen = languageOfLocale(inbound.author.locale ?? "");
  if (chosen) return chosen;
  const message = inbound.type === "edited" ? inbound.message : inbound;
  return message.type === "message" ? detectLanguage(message.text) : undefined;
}

/** Of a tag such as `ko`, `zh-TW` or `es_ES.UTF-8`; undefined for a language that the bot does not speak. */
export function languageOfLocale(locale: string): Language | undefined {
  const [name] = locale.toLowerCase().split(/[-_.]/u, 1);
  return languages.find((language) => language === name);
}
