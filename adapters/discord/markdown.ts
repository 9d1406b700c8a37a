import { toString } from "mdast-util-to-string";
import type { RootContent } from "mdast";
import { tableToText } from "../../src/text/table.ts";
import { codeSpan, type Dialect, fence, standardMarkdown } from "../../src/text/dialect.ts";

/** Discord's Markdown, which has no tables, rules, pictures, folds or nested quotes. */
export const discordMarkdown: Dialect = {
  ...standardMarkdown,
  escape: escapeMarks,
  // Discord gives headings room of their own.
  gap: (before, after) => (before.type === "heading" || isUnderAnswer(after) ? "\n" : "\n\n"),
  deepestHeading: 3,
  rule: "───────────",
  lineBreak: "\n",
  innerQuote: "",
  boxes: ["☑ ", "☐ "],
  plainLists: true,
  // Three stars in a row would be read the other way round.
  emphasize: (words) => (/^\*|\*$/u.test(words) ? `_${words}_` : `*${words}*`),
  // Discord knows spans of two backticks and fences of three: longer runs are kept apart by a character without width.
  codeSpan: (value) => codeSpan(value.replaceAll(/`(?=`)/gu, "`\u200B")),
  code: ({ value, lang }) =>
    fence(value.replaceAll(/`(?=``)/gu, "`\u200B"), /^[\w+.#-]+/u.exec(lang ?? "")?.[0] ?? ""),
  table: (table) => fence(tableToText(table).replaceAll(/`(?=``)/gu, "`\u200B"), ""),
  link: (words, node) => link(words, toString(node), node.url),
  quiet: "-# ",
  // A spoiler shows its text when it is clicked.
  fold: (title, text) => `-# ${title}\n||${text}||`,
};

function escapeMarks(text: string): string {
  return text.replaceAll(
    /[\\*`]|~~|\|\||(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\()|<(?=[@#:/]|a:|t:|id:|https?:)/gu,
    (mark) => mark.replaceAll(/./gu, String.raw`\$&`),
  );
}

const isUnderAnswer = ({ data }: RootContent): boolean =>
  data !== undefined && ("quiet" in data || "summary" in data);

/** Discord makes a link of words only with a web address, and not of words that are an address themselves. */
function link(label: string, plain: string, url: string): string {
  const address = url.replaceAll(/[<>\s]/gu, encodeURIComponent);
  if (!/^https?:\/\//iu.test(url))
    return url === plain || url === `mailto:${plain}` ? label : `${label} (${escapeMarks(url)})`;
  if (plain === "" || plain === url) return `<${address}>`;
  if (/https?:\/\//iu.test(plain)) return `${label} (<${address}>)`;
  return `[${label.replaceAll(/(?<!\\)[[\]]/gu, String.raw`\$&`)}](<${address}>)`;
}
