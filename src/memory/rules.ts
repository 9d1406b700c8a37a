import type { Place } from "../chat.ts";
import type { Persona } from "../personas/schema.ts";
import { scopeWords, type WrittenLanguage, writtenLanguages } from "./scope-words.ts";

/** Where one message stands, as far as a person's rules ask. */
export interface Situation {
  readonly place: Place;
  readonly persona: Pick<Persona, "id" | "name" | "aliases" | "languages">;
  /** What the person wrote. */
  readonly text: string;
}

/** How a rule holds: `always` in this conversation, for `now` alone, or `never`. */
export type Holding = "always" | "now" | "never";

/** A rule as it is read in a situation. */
export interface Read {
  /** Without its scope, where that could be decided. */
  readonly rule: string;
  readonly holds: Holding;
  /** It is for this persona by name. */
  readonly isNamed: boolean;
}

const scoped = /^\s*(?<scope>[^:：\n]{1,80})[:：]\s*(?<rule>\S[\s\S]*)$/u;

/**
 * How a rule holds here. What stands in front of a colon and is no scope that can be decided here belongs to the rule: the
 * model is given it as it was written.
 */
export function readRule(text: string, situation: Situation): Read {
  const { scope: written = "", rule = "" } = scoped.exec(text)?.groups ?? {};
  const judged = judge(written.trim().replaceAll(/\s+/gu, " "), situation);
  return judged
    ? { rule: rule.trim(), isNamed: false, ...judged }
    : { rule: text.trim(), holds: "always", isNamed: false };
}

function judge(
  scope: string,
  { place, persona, text }: Situation,
): (Pick<Read, "holds"> & Partial<Read>) | undefined {
  if (scopeWords.some(({ channels }) => channels.test(scope)))
    return { holds: place === "dm" ? "never" : "always" };
  if (scopeWords.some(({ directMessages }) => directMessages.test(scope)))
    return { holds: place === "dm" ? "always" : "never" };
  const language = languageIn(scope);
  if (language) return { holds: spoken(language, persona, text) };
  const named = scopeWords.flatMap((words) => words.persona.exec(scope)?.groups?.["name"] ?? []);
  if (named.length === 0) return undefined;
  const names = new Set([persona.id, persona.name, ...persona.aliases].map((name) => name.toLowerCase()));
  return named.some((name) => names.has(name.toLowerCase()))
    ? { holds: "always", isNamed: true }
    : { holds: "never" };
}

function languageIn(scope: string): WrittenLanguage | undefined {
  const named = scopeWords.flatMap(
    ({ language }) => language.exec(scope)?.groups?.["name"]?.toLowerCase() ?? [],
  );
  return writtenLanguages.find(({ names }) => named.some((name) => names.includes(name)));
}

function spoken(
  { code, writing }: WrittenLanguage,
  { languages }: Situation["persona"],
  text: string,
): Holding {
  if (languages.some((language) => language.toLowerCase().split("-", 1)[0] === code)) return "always";
  // Han alone is Chinese; with kana it is Japanese.
  const isJapanese = code === "zh" && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  return writing.test(text) && !isJapanese ? "now" : "never";
}
