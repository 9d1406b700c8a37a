import type { Asking } from "../asking.ts";
import type { SentDocument } from "../conversation/read-question.ts";
import type { Core } from "../core.ts";

/** The page that a question begins to read, if it does. Throws UserError where it can't be had. */
export async function fetchedFor(
  { pages }: Pick<Core, "pages">,
  {
    reading,
    reply,
    words,
    signal,
  }: Pick<Asking, "reading" | "words" | "signal"> & { readonly reply: Pick<Asking["reply"], "status"> },
): Promise<readonly SentDocument[]> {
  if (reading?.address === undefined) return [];
  reply.status(words.web.reading);
  const document = await pages.read(reading.address, { signal });
  const { title = "" } = document;
  return [{ name: title === "" ? new URL(document.url).hostname : title, document }];
}
