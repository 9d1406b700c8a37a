import type { Code, Image, Link, RootContent, Table, TableCell } from "mdast";

/** In what one platform's Markdown differs from another's. */
export interface Dialect {
  /** Takes their meaning from marks that may stand anywhere in a line. */
  escape(text: string): string;
  /** What stands between two blocks. */
  gap(before: RootContent, after: RootContent): string;
  readonly deepestHeading: number;
  readonly rule: string;
  readonly lineBreak: string;
  /** In front of a quote's lines, and of the lines of a quote within one. */
  readonly quote: string;
  readonly innerQuote: string;
  /** In front of a finished and of an open task. */
  readonly boxes: readonly [done: string, open: string];
  /** Whether lists know no blank lines, and no code beside a mark or indented under it. */
  readonly plainLists: boolean;
  emphasize(words: string): string;
  codeSpan(value: string): string;
  code(node: Code): string;
  /** `write` writes a cell's words. */
  table(node: Table, write: (cell: TableCell) => string): string;
  /** `words` are written already. */
  link(words: string, node: Link | Image): string;
  /** What stands in front of the lines of a quiet paragraph; see `under-answer.ts`. */
  readonly quiet: string;
  fold(title: string, text: string): string;
}

/** Code in a fence that is longer than any in it; its info, which may hold no backtick, stands beside the opening one. */
export function fence(code: string, info: string): string {
  const marks = "`".repeat(Math.max(3, longestRun(code) + 1));
  return `${marks}${info.replaceAll("`", "")}\n${code}\n${marks}`;
}

/** The same within a line; a second line could begin with its marks, like a fence. */
export function codeSpan(value: string): string {
  const code = value.replaceAll("\n", " ");
  const marks = "`".repeat(longestRun(code) + 1);
  const space = /^`|`$/u.test(code) ? " " : "";
  return marks + space + code + space + marks;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/gu) ?? []).map((run) => run.length));

/** GitHub's Markdown. */
export const standardMarkdown: Dialect = {
  escape: (text) =>
    text
      .replaceAll(/\\(?=[!-/:-@[-`{-~])|`|\[(?=[^\]]*\]\()|~~/gu, String.raw`\$&`)
      .replaceAll(/(?<=\S)\*+|\*+(?=\S)|(?<![\p{L}\p{N}])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}_])/gu, (run) =>
        run.replaceAll(/./gu, String.raw`\$&`),
      ),
  gap: () => "\n\n",
  deepestHeading: 6,
  rule: "---",
  lineBreak: "  \n",
  quote: "> ",
  innerQuote: "> ",
  boxes: ["[x] ", "[ ] "],
  plainLists: false,
  emphasize: (words) => `*${words}*`,
  codeSpan,
  code: ({ value, lang, meta }) => fence(value, [lang, meta].filter(Boolean).join(" ")),
  table: writeTable,
  link(words, { type, url }) {
    const address = /[\s()<>]/u.test(url) ? `<${url.replaceAll(/[<>]/gu, encodeURI)}>` : url;
    if (type === "image") return `![${words}](${address})`;
    return words === url ? url : `[${words}](${address})`;
  },
  quiet: "",
  fold: (title, text) => `**${title}**\n\n${text}`,
};

function writeTable({ children, align }: Table, write: (cell: TableCell) => string): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const [header = "", ...rows] = children.map(({ children: cells }) =>
    row(
      cells.map((cell) =>
        write(cell)
          .replaceAll("|", String.raw`\|`)
          .replaceAll(/(?<!\s)\s*\n/gu, " "),
      ),
    ),
  );
  const rule = (children[0]?.children ?? []).map((_, index) => rules[align?.[index] ?? "none"]);
  return [header, row(rule), ...rows].join("\n");
}

const rules = { left: ":--", right: "--:", center: ":-:", none: "---" };
