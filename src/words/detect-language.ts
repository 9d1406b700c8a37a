import type { Language } from "./language.ts";

/** Common little words: what a sentence is built with, whatever it is about. Words that two of these languages share are in none, nor are letters that stand for something in a sum. */
const littleWords = {
  en: `the is are was were am be been what's what how why when where who which do does did don't doesn't i i'm you your my
    it its it's this that these those and or but not of to in on at for from with about can could would should will
    please thanks thank hello have there they we she if then than because just mean means give tell make explain
    write translate into between like want need help good more one yes some any so`,
  es: `el los las una unos del al lo que qué como cómo cuál cuáles cuando cuándo donde dónde quién es son está están estoy
    estás estas ser hay yo tú mi mis su sus nos te le pero porque por para con sin sobre más muy también este esta
    esto ese esa eso hola gracias buenos buenas días puedes puede podrías quiero quieres necesito dime haz
    traduce explica escribe significa entre hasta desde ahora bien sí favor ayuda tengo tiene otro otra cuéntame dame traducir corregir puedo vale en`,
  other: `le les je vous nous est une des du dans pour avec pas sur ce cette qui c'est j'ai au aux et ou où bonjour merci
    der das ist und ich nicht ein eine wie kann du wir sie auf mit für den dem zu auch hallo danke bitte
    não você uma os um com mas isso obrigado obrigada olá são eu ele ela pode fazer ao das
    il che di per non sono è della delle gli questo questa ciao grazie come cosa posso anche`,
};

type Voice = keyof typeof littleWords;

const voiceOf = new Map(
  (["other", "es", "en"] as const).flatMap((voice) =>
    littleWords[voice].split(/\s+/u).map((word): [string, Voice] => [word, voice]),
  ),
);

/** Code, addresses and what is quoted are what a message is about, not what it is written in. */
const foreign =
  /```.*?(?:```|$)|`[^`]*`|https?:\/\/\S+|“[^”]*”|"[^"\n]*"|‘[^’]*’|「[^」]*」|『[^』]*』|《[^》]*》|«[^»]*»/gsu;

/** How much a little word says, in letters of a script that needs few letters for a word. */
const littleWordWeight = 3;

/**
 * The language that a text is written in, of those that the bot speaks, by its scripts and its little words; English for a
 * text that is surely in another one. Undefined where there is too little to tell by.
 */
export function detectLanguage(text: string): Language | undefined {
  const own = text.replaceAll(foreign, " ");
  return (
    judge(frameOf(own)) ?? judge(own) ?? judge(text.replaceAll(/```.*?(?:```|$)|https?:\/\/\S+/gsu, " "))
  );
}

/** What stands before a colon asks for something, and what stands behind it is what it is asked about. */
function frameOf(text: string): string {
  const frame = /^\s*(?<frame>[^:：\n]+)[:：]/u.exec(text)?.groups?.["frame"] ?? "";
  // A single word in front is a persona's name.
  return /\S\s+\S/u.test(frame.trim()) || count(frame, /\p{L}/gu) - count(frame, /\p{Script=Latin}/gu) > 3
    ? frame
    : "";
}

function judge(text: string): Language | undefined {
  const hangul = count(text, /\p{Script=Hangul}/gu);
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(text, /\p{Script=Han}/gu);
  const eastern = hangul + kana + han;
  const votes = vote(text);
  const western = littleWordWeight * Math.max(votes.en, votes.es, votes.other);
  if (eastern > 0 && eastern > western) return hangul > kana + han ? "ko" : kana > 0 ? "ja" : "zh";
  if (western > 0) return votes.es > Math.max(votes.en, votes.other) ? "es" : "en";
  // Russian, Arabic, Thai.
  return count(text, /\p{L}/gu) > count(text, /\p{Script=Latin}/gu) ? "en" : undefined;
}

function vote(text: string): Record<Voice, number> {
  const votes = { en: 0, es: 0, other: 0 };
  for (const [word] of text
    .toLowerCase()
    .replaceAll("’", "'")
    .matchAll(/(?<![\p{L}\p{N}])[\p{Script=Latin}']+(?![\p{L}\p{N}])/gu)) {
    const voice = voiceOf.get(word);
    if (voice) votes[voice]++;
  }
  votes.es += 2 * count(text, /[¿¡ñ]/giu);
  return votes;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
