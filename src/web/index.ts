import type { DocumentReader } from "../documents/document.ts";
import { createHtmlReader } from "./readable.ts";
import type { Reach } from "./connect.ts";
import { createFetch } from "./fetch.ts";
import { createPages, type Pages } from "./pages.ts";
import { createPoliteFetch } from "./polite.ts";

/** What parlance.yaml says of the web. */
export interface WebSettings {
  readonly contact?: string | undefined;
  readonly seconds: number;
  readonly maxMegabytes: number;
}

/** The bot's way to the web. */
export interface Web {
  readonly pages: Pages;
  stop(): Promise<void>;
}

/** The name that a robots.txt calls it by. */
const robotName = "Parlance";
/** Between two requests to one host, in milliseconds. */
const spacingMs = 500;

/** Loads nothing before the first page. `reach` is for tests, whose servers are on this machine. */
export function createWeb(
  settings: WebSettings,
  documents: Pick<DocumentReader, "read">,
  reach: Reach = {},
): Web {
  const html = createHtmlReader();
  const { seconds, maxMegabytes } = settings;
  const fetch = createFetch({ userAgent: userAgentOf(settings), ...reach });
  return {
    pages: createPages({
      fetch: createPoliteFetch({ fetch, robotName, spacingMs }),
      html,
      documents,
      seconds,
      maxMegabytes,
    }),
    stop: () => html.stop(),
  };
}

/** Says what it is and, where the one who runs it wants that, whom to write to. */
export const userAgentOf = ({ contact }: Pick<WebSettings, "contact">): string =>
  `${robotName}/0.1 (self-hosted chat bot; reads a page when a person asks about it${contact === undefined ? "" : `; ${contact}`})`;
