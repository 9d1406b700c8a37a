import { oneName } from "../conversation/marks.ts";
import { dayOf } from "../text/day.ts";
import { shorten } from "../text/shorten.ts";

/** What stands for the placeholders of one request. */
export interface PlaceholderValues {
  /** The name of the person who asks; left out where several do. */
  readonly user?: string;
  /** Only its day is shown, in the time zone of this machine: a prompt must not change within a day, or vendors can't cache it. */
  readonly date: Date;
  readonly platform: string;
  readonly channel: string;
}

export const placeholderNames: readonly string[] = ["user", "date", "time", "platform", "channel"];

const placeholder = /\{\{\s*(user|date|time|platform|channel)\s*\}\}/gu;
const timePlaceholder = /\{\{\s*time\s*\}\}/u;
const anyWord = /\{\{\s*([A-Za-z]+)\s*\}\}/gu;

/** The time changes with every message, so it stands with the last one, after all that vendors cache. */
const timeElsewhere = "the time given with the last message";

/** Where several ask, a name would change with every message, which begins with it anyway. */
const userElsewhere = "the writer of the last message";

/** Enough to know a place or a person by, too little for a rule. */
const mostNameLetters = 40;

/** Whether a text asks for the time, which then belongs to the question. */
export const wantsTime = (text: string): boolean => timePlaceholder.test(text);

/** Puts the values where `{{user}}`, `{{date}}`, `{{time}}`, `{{platform}}` and `{{channel}}` stand; a value's own braces stay as they are. */
export function fillPlaceholders(text: string, { user, date, platform, channel }: PlaceholderValues): string {
  const values: Readonly<Record<string, string>> = {
    user: user === undefined ? userElsewhere : nameOf(user),
    date: dayOf(date),
    time: timeElsewhere,
    platform,
    channel: `“${nameOf(channel)}”`,
  };
  return text.replaceAll(placeholder, (_, name: string) => values[name] ?? "");
}

/** Every `{{word}}` of a text that is no placeholder, as written and as a bare word. */
export function unknownPlaceholders(text: string): { readonly written: string; readonly name: string }[] {
  return [...text.matchAll(anyWord)]
    .map(([written, name = ""]) => ({ written, name }))
    .filter(({ name }) => !placeholderNames.includes(name));
}

/** People name themselves, threads and groups: that is no place to write instructions in. */
const nameOf = (name: string): string =>
  shorten(oneName(name.replaceAll(/["“”„‟«»「」『』]/gu, " ")), mostNameLetters);
