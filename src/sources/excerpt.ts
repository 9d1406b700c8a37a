/** As much of a passage as is read at a glance. */
const longest = 600;

/** The piece of a passage around some words of it; `words` as they stand there, where they stand there exactly. */
export function excerpt(passage: string, words: string): { readonly text: string; readonly words?: string } {
  const text = passage.trim();
  const at = words === "" ? -1 : text.toLowerCase().indexOf(words.toLowerCase());
  const found = at < 0 ? undefined : text.slice(at, at + words.length);
  const piece = text.length <= longest ? text : around(text, Math.max(0, at), found?.length ?? 0);
  return { text: piece, ...(found !== undefined && piece.includes(found) && { words: found }) };
}

function around(text: string, at: number, length: number): string {
  const from = Math.max(0, Math.min(at - Math.floor((longest - length) / 2), text.length - longest));
  const to = Math.min(text.length, from + longest);
  const start = from === 0 ? "" : "… ";
  const piece = text.slice(from, to);
  // Whole words, where the script has such.
  const whole = from === 0 ? piece : piece.replace(/^\S{0,30}\s/u, "");
  return start + (to === text.length ? whole : `${whole.replace(/\s\S{0,30}$/u, "")} …`);
}
