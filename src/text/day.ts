/** The day that was written last: writing one takes longer than putting all the rest of a prompt together. */
let written = { day: "", words: "" };

/** Such as `Monday, 23 November 2026`, in English and in the time zone of this machine. */
export function dayOf(date: Date): string {
  const day = date.toDateString();
  if (written.day === day) return written.words;
  const weekday = date.toLocaleDateString("en-GB", { weekday: "long" });
  const rest = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  written = { day, words: `${weekday}, ${rest}` };
  return written.words;
}
