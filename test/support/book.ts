/** A novel of so many chapters in plain text, told in words that each chapter has alone. */
export function novel(chapters: number, lettersEach = 3_000): string {
  return Array.from({ length: chapters }, (_, index) => chapterText(index + 1, lettersEach)).join("\n\n");
}

/** What only this chapter tells. */
export const secretOf = (chapter: number): string =>
  `the ${gems[chapter % gems.length]} of harbour ${chapter}`;

const gems = ["amber", "beryl", "citrine", "diamond", "emerald", "feldspar", "garnet"] as const;
const filler =
  "The boat went along the coast, and those who were aboard told each other what they had seen that day. ";

function chapterText(chapter: number, letters: number): string {
  const secret = `In this part the keeper found ${secretOf(chapter)} and hid it in the well.`;
  const half = filler.repeat(Math.ceil(letters / filler.length / 2));
  return `Chapter ${chapter}\n\n${half}\n\n${secret}\n\n${half}`;
}
