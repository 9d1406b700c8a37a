/** Pages, search, and what an answer rests on. */
export const webWords = {
  reading: "reading a page",
  searching: "searching the web",

  notAddress: (text: string): string => `“${text}” is no address of a page.`,
  notWeb: (scheme: string): string => `I open \`http\` and \`https\` pages only, not \`${scheme}:\`.`,
  hasLogin: (host: string): string =>
    `I don't open addresses with a user name or password in them (${host}).`,
  oddPort: (port: number): string => `I open pages on the web's usual ports only, not on ${port}.`,
  notPublic: (host: string): string => `${host} is not on the public internet, so I don't open it.`,
  noSuchHost: (host: string): string => `I find no site called ${host}.`,
  redirects: (host: string): string => `${host} sends me from page to page without end.`,
  tooLarge: (host: string, megabytes: number): string =>
    `The page at ${host} is larger than ${megabytes} MB.`,
  tooSlow: (host: string, seconds: number): string =>
    `${host} did not give me the page within ${seconds} seconds.`,
  unreachable: (host: string): string => `${host} can't be reached.`,
  noRobots: (host: string): string => `${host} asks programs like me not to read this page.`,
  status: (host: string, status: number): string =>
    status === 404 || status === 410
      ? `${host} has no such page (${status}).`
      : status === 401 || status === 402 || status === 403
        ? `${host} does not let me read this page (${status}).`
        : `${host} answers with error ${status}.`,
  notReadable: (type: string): string => `I can't read what is there: ${type}.`,
  tooHard: (host: string): string => `The page at ${host} can't be read: taking it apart failed.`,
  empty: (host: string): string => `I found no text on the page at ${host}.`,

  /** The claims in their own words. */
  unsourced: (claims: readonly string[]): string =>
    `${claims.length === 1 ? "1 claim" : `${claims.length} claims`} without a source: ${quoted(claims)}`,
  misquoted: (claims: readonly string[]): string =>
    `${claims.length === 1 ? "1 claim that its source does" : `${claims.length} claims that their sources do`} not bear out: ${quoted(claims)}`,
  unread: (links: number): string =>
    links === 1 ? "1 link I did not open" : `${links} links I did not open`,
  contradicted: (label: string, said: string, read: string): string =>
    `${label}: ${said} here, ${read} in what I read`,
  notOpened: "not opened",
  foundBy: (sources: number, by: string): string =>
    `${sources === 1 ? "1 source" : `${sources} sources`} found by ${by}, not opened by me`,
  quotedBy: (by: string): string => `As ${by}'s search quotes it; I have not opened the page.`,

  passages: "Passages",
  sourcesSummary: "the passages that the last answer rests on",
  noPassages: "The last answer here cites nothing that I read.",
  passagesOf: "What the answer rests on, as it was when I read it:",
  passagesGone: "> (The file is gone, and what I read in it.)",
};

const quoted = (claims: readonly string[]): string => claims.map((claim) => `“${claim}”`).join(", ");
