const dense = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** What a text is found by: words, and of what is written without spaces or with endings that change, pairs of letters. */
export function termsOf(text: string): string[] {
  const plain = text.normalize("NFKC").toLowerCase();
  const words = plain.replaceAll(dense, " ").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const pairs = (plain.match(dense) ?? []).flatMap((run) => {
    const letters = Array.from(run);
    return letters.length < 2 ? letters : letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  });
  return [...words, ...pairs];
}
