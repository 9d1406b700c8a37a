import { decodeHtml, type HtmlReader } from "./readable.ts";
import type { Document, DocumentReader } from "../documents/document.ts";
import { UserError } from "../errors.ts";
import { TaskFailed } from "../host/host.ts";
import { webAddress } from "./address.ts";
import type { Fetch, Fetched } from "./fetch.ts";
import { createRemembered } from "./remembered.ts";

/** A page as it was read. */
export interface Page extends Document {
  /** Where it stands, after redirects. */
  readonly url: string;
  /** As the page says it. */
  readonly published?: string;
  /** How long ago it was fetched, in milliseconds. */
  readonly ageMs: number;
}

/** Reads pages of the web, each at most once in a while. */
export interface Pages {
  /** Throws UserError with a sentence for the person; the signal's reason when aborted. */
  read(address: string, options: { readonly signal: AbortSignal }): Promise<Page>;
}

export interface PagesOptions {
  readonly fetch: Fetch;
  readonly html: HtmlReader;
  readonly documents: Pick<DocumentReader, "read">;
  /** The longest that fetching one may take, in seconds. */
  readonly seconds: number;
  readonly maxMegabytes: number;
}

/** Somebody who asks on about a page should not wait for it again, nor its server. */
const rememberMs = 30 * 60_000;
const accept = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/*;q=0.8, */*;q=0.5";

export function createPages({ fetch, html, documents, seconds, maxMegabytes }: PagesOptions): Pages {
  const known = createRemembered<Omit<Page, "ageMs">>({ most: 200, bytes: 20_000_000, forMs: rememberMs });

  async function readFetched(found: Fetched, signal: AbortSignal): Promise<Omit<Page, "ageMs">> {
    const { url, bytes, mimeType } = found;
    const { hostname, pathname } = new URL(url);
    if (found.status >= 400) throw new UserError(({ web }) => web.status(hostname, found.status));
    if (!isHtml(found)) {
      const name = decodeURIComponent(pathname.split("/").at(-1) ?? "") || hostname;
      return { ...(await documents.read({ bytes, name, mimeType }, { signal })), url };
    }
    const text = await decodeHtml(bytes, found.charset);
    if (text === undefined) throw new UserError(({ web }) => web.notReadable(mimeType));
    const page = await html.read({ html: text, url }, signal).catch((error: unknown) => {
      if (!(error instanceof TaskFailed)) throw error;
      throw new UserError(({ web }) => web.tooHard(hostname), { cause: error });
    });
    if (page.text === "") throw new UserError(({ web }) => web.empty(hostname));
    const { text: body, ...about } = page;
    return { ...about, url, kind: "page", unit: "part", sections: [{ label: "", text: body }] };
  }

  return {
    async read(address, { signal }) {
      const { href } = webAddress(address);
      const before = known.get(href);
      if (before) return { ...before.value, ageMs: before.ageMs };
      const found = await fetch(href, {
        signal,
        maxBytes: maxMegabytes * 1_000_000,
        deadlineMs: seconds * 1000,
        accept,
      });
      const page = await readFetched(found, signal);
      const letters = page.sections.reduce((sum, { text }) => sum + text.length, 0);
      known.set(href, page, letters * 2);
      return { ...page, ageMs: 0 };
    },
  };
}

/** A server that names no type may send a page all the same. */
function isHtml({ mimeType, bytes }: Fetched): boolean {
  if (mimeType === "text/html" || mimeType === "application/xhtml+xml") return true;
  const start = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
  return (mimeType === "" || mimeType === "text/plain") && /^\s*(?:<!doctype html|<html[\s>])/iu.test(start);
}
