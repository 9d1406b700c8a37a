import type { Source } from "../message.ts";

/** How a source is named to people: what it is called and, of a page, whose it is. */
export function sourceName({ title, url, label }: Source): { readonly name: string; readonly site?: string } {
  const site =
    url !== undefined && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, "") : undefined;
  const name = [title || url, label].filter(Boolean).join(", ");
  return { name, ...(title && site !== undefined && { site }) };
}

/** The same page by its address, the same file by its id; else the same by name. */
export const sourceKey = ({ url, file, title, label }: Source): string =>
  JSON.stringify([url ?? file ?? title, label]);
