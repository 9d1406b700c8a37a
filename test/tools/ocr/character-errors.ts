/** Share of characters that a reading has wrong, missing or too many, 0 to 1; white space doesn't count. */
export function characterErrors(read: string, truth: string): number {
  const from = charactersOf(read);
  const to = charactersOf(truth);
  let row = [...to.keys(), to.length];
  for (const [index, character] of from.entries()) {
    const next = [index + 1];
    for (const [at, expected] of to.entries()) {
      const replaced = (row[at] ?? 0) + (character === expected ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(1, (row[to.length] ?? 0) / Math.max(1, to.length));
}

function charactersOf(text: string): string[] {
  return Array.from(text.replaceAll(/\s/gu, ""));
}
