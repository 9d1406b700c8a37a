import { createThreadHost } from "../host/thread.ts";
import { decodeText } from "../documents/decode.ts";

/** A page to be read. */
export interface HtmlTask {
  readonly html: string;
  /** Where it stands, for the links in it. */
  readonly url?: string;
}

/** What a page says, without what stands around it. */
export interface HtmlText {
  readonly title?: string;
  readonly author?: string;
  /** As the page says it, mostly `2026-03-01`. */
  readonly published?: string;
  /** Markdown without pictures. */
  readonly text: string;
}

/** Takes pages apart. */
export interface HtmlReader {
  /** Throws TaskFailed for a page that can't be taken apart in time; the signal's reason when aborted. */
  read(task: HtmlTask, signal: AbortSignal): Promise<HtmlText>;
  stop(): Promise<void>;
}

/** A longer page is read so far: what takes it apart needs some time for each element, and much more where they are nested. */
const mostLetters = 2_000_000;

/** In a thread of its own, for a page can keep what reads it busy for minutes. */
export function createHtmlReader(): HtmlReader {
  const host = createThreadHost<HtmlTask, HtmlText>(new URL("./readable-thread.ts", import.meta.url), {
    seconds: 8,
    memoryMb: 256,
    atOnce: 2,
    warmMs: 5 * 60_000,
  });
  return {
    read: ({ html, ...task }, signal) => host.run({ ...task, html: html.slice(0, mostLetters) }, { signal }),
    stop: () => host.stop(),
  };
}

/** What a page says of its encoding stands in its first kilobyte. */
const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w:.-]+)/iu;

/** By the encoding that its server or the page itself names, else by what fits. Undefined for what is no text. */
export async function decodeHtml(bytes: Uint8Array, charset?: string): Promise<string | undefined> {
  const head = Buffer.from(bytes.subarray(0, 2_048)).toString("latin1");
  const [, meta, xml] = declared.exec(head) ?? [];
  for (const name of [charset, meta ?? xml]) {
    try {
      if (name !== undefined) return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch {
      // What is named wrongly is found out below.
    }
  }
  return decodeText(bytes);
}
