/** Takes words out, such as a mention, with the space or comma that came with them. */
export function cutWords(text: string, start: number, end: number): string {
  const before = text.slice(0, start);
  const after = text.slice(end);
  return before.trim() === "" ? after.replace(/^[\s,:]+/u, "") : before.replace(/ $/u, "") + after;
}
