import type { Place } from "../chat.ts";
import type { Persona } from "../personas/schema.ts";

/** Where one message stands, as far as a person's rules ask. */
export interface Situation {
  readonly place: Place;
  readonly persona: Pick<Persona, "id" | "name" | "aliases" | "languages">;
  /** What the person wrote. */
  readonly text: string;
}

/**
 * How a rule holds: `always` in this conversation, for `now` alone, `never`; or `ask`: only a model can tell, which is given it
 * as it was written.
 */
export type Holding = "always" | "now" | "never" | "ask";

const scoped = /^\s*(?<scope>(?:in|when|with|if)\s[^:：\n]{1,80})[:：]\s*(?<rule>\S[\s\S]*)$/iu;

/** Languages whose writing tells them, by name and code. */
const scripts: readonly { readonly names: RegExp; readonly code: string; readonly writing: RegExp }[] = [
  { names: /\b(?:korean|hangul)\b|한국어|\bko\b/iu, code: "ko", writing: /\p{Script=Hangul}/u },
  { names: /\bjapanese\b|日本語|\bja\b/iu, code: "ja", writing: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
  { names: /\b(?:chinese|mandarin)\b|中文|汉语|漢語|\bzh\b/iu, code: "zh", writing: /\p{Script=Han}/u },
  { names: /\brussian\b|русск|\bru\b/iu, code: "ru", writing: /\p{Script=Cyrillic}/u },
  { names: /\barabic\b|العربية|\bar\b/iu, code: "ar", writing: /\p{Script=Arabic}/u },
  { names: /\bthai\b|ไทย|\bth\b/iu, code: "th", writing: /\p{Script=Thai}/u },
  { names: /\bgreek\b|ελλην|\bel\b/iu, code: "el", writing: /\p{Script=Greek}/u },
  { names: /\bhebrew\b|עברית|\bhe\b/iu, code: "he", writing: /\p{Script=Hebrew}/u },
];

const channels = /^in (?:a |the )?(?:channels?|groups?|public|servers?)$/iu;
const directMessages = /^in (?:a |the )?(?:dms?|direct messages?|private)$/iu;
const byPersona = /^with (?:the )?(?:persona )?(?<name>.+)$/iu;
const byLanguage = /^(?:when(?:ever)? |if |in )/iu;

/** A rule as it is read in a situation. */
export interface Read {
  /** Without its scope, where that could be decided. */
  readonly rule: string;
  readonly holds: Holding;
  /** It is for this persona by name. */
  readonly isNamed: boolean;
}

/** How a rule holds here. What is in front of a colon and is no scope belongs to the rule. */
export function readRule(text: string, situation: Situation): Read {
  const { scope: written, rule } = scoped.exec(text)?.groups ?? {};
  if (written === undefined || rule === undefined)
    return { rule: text.trim(), holds: "always", isNamed: false };
  const scope = written.trim().replaceAll(/\s+/gu, " ");
  const holds = judge(scope, situation);
  const isNamed = holds === "always" && byPersona.test(scope);
  return { rule: holds === "ask" ? text.trim() : rule.trim(), holds, isNamed };
}

function judge(scope: string, { place, persona, text }: Situation): Holding {
  if (channels.test(scope)) return place === "dm" ? "never" : "always";
  if (directMessages.test(scope)) return place === "dm" ? "always" : "never";
  const named = byPersona.exec(scope)?.groups?.["name"]?.toLowerCase();
  if (named !== undefined) {
    const names = [persona.id, persona.name, ...persona.aliases].map((name) => name.toLowerCase());
    return names.includes(named) ? "always" : "never";
  }
  const language = byLanguage.test(scope) && isOnlyLanguage(scope);
  return language ? spoken(language, persona, text) : "ask";
}

/** The language a scope is about, when it is about nothing else: `when Korean is involved`, but not `when I am learning Korean`. */
function isOnlyLanguage(scope: string): (typeof scripts)[number] | undefined {
  const rest = scope.replace(byLanguage, "").trim();
  const found = scripts.find(({ names }) => names.test(rest));
  const left = found && rest.replace(found.names, "").trim().toLowerCase();
  return left !== undefined &&
    /^(?:(?:i )?(?:write|speak|ask|use|writing|speaking)(?: in)?|is involved|is used|comes up|text|)$/u.test(
      left,
    )
    ? found
    : undefined;
}

function spoken(
  { code, writing }: (typeof scripts)[number],
  { languages }: Situation["persona"],
  text: string,
): Holding {
  if (languages.some((language) => language.toLowerCase().split("-", 1)[0] === code)) return "always";
  // Han alone is Chinese; with kana it is Japanese.
  const isJapanese = code === "zh" && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  return writing.test(text) && !isJapanese ? "now" : "never";
}
