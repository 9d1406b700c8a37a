import type { Names } from "./names.ts";

const marked = /<(?<sign>[@#!]?)(?<target>[^<>|]+)(?:\|(?<label>[^<>]*))?>/gu;

/** Whether that user, or anybody, is addressed by mention. */
export function mentions(text: string, user?: string): boolean {
  return [...text.matchAll(marked)].some(
    ({ groups }) => groups?.["sign"] === "@" && (user === undefined || groups["target"] === user),
  );
}

/** Slack's markup as people read it: names for ids, `text (url)` for links; mentions of the bot are left out. */
export async function readable(
  text: string,
  { names, user: bot }: { names: Pick<Names, "person" | "channel">; user: string },
): Promise<string> {
  const words = text.replaceAll(new RegExp(`[ \\t]*<@${bot}(?:\\|[^>]*)?>`, "gu"), "");
  const found = [...words.matchAll(marked)];
  const shown = await Promise.all(
    found.map(({ groups }) => show(groups?.["sign"] ?? "", groups?.["target"] ?? "", groups?.["label"])),
  );
  return unescape(words.replaceAll(marked, () => shown.shift() ?? "")).trim();

  async function show(sign: string, target: string, label = ""): Promise<string> {
    if (sign === "@") return `@${label || (await names.person(target))}`;
    if (sign === "#") return label ? `#${label}` : await names.channel(target);
    if (sign === "!") return special(target, label);
    const url = target.replace(/^mailto:/u, "");
    return label === "" || label === url || url.endsWith(`//${label}`) ? url : `${label} (${url})`;
  }
}

/** `<!here>`, `<!subteam^S1|@team>`, `<!date^1^{date}|yesterday>`. */
function special(target: string, label: string): string {
  return label || `@${target.split("^", 1)[0] ?? target}`;
}

const unescape = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Text for `mrkdwn` and `text`, where these three mean something. */
export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** What a model writes must not call a whole channel together. */
export const hush = (markdown: string): string =>
  markdown.replaceAll(/<!(?<whom>here|channel|everyone)(?:\|[^<>]*)?>/gu, "@$<whom>");
