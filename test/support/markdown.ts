import {
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  tuple,
  type Arbitrary,
} from "fast-check";
import type { List, Nodes, Root, Table, TableRow } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";

/** A part as Markdown again: a plain platform's way to render one. */
export const renderMarkdown = (part: Root): string =>
  toMarkdown(part, {
    extensions: [gfmToMarkdown()],
    bullet: "-",
    listItemIndent: "one",
    rule: "-",
  }).trimEnd();

/**
 * Everything a reader sees, in order: each character with all it stands in, each item's mark, each cell, rule and picture.
 * White space is left out, and so is what a part repeats from the one before.
 */
export function trace(node: Nodes, place = ""): string[] {
  switch (node.type) {
    case "list":
      return traceList(node, place);
    case "table":
      return traceTable(node, place);
    case "image":
      return [`${place}/image ${node.url} ${node.alt}`];
    case "thematicBreak":
      return [`${place}/rule`];
    default: {
      const within = place + kindOf(node);
      if ("children" in node) return node.children.flatMap((child) => trace(child, within));
      const text = "value" in node ? node.value.replaceAll(/\s/gu, "") : "";
      return Array.from(text, (character) => `${character} ${within}`);
    }
  }
}

function kindOf(node: Nodes): string {
  if (node.type === "root" || node.type === "paragraph") return "";
  const details = [
    "lang" in node ? `${node.lang} ${node.meta}` : "",
    "url" in node ? node.url : "",
    "depth" in node ? node.depth : "",
  ];
  return `/${node.type} ${details.join("")}`;
}

function traceList(list: List, place: string): string[] {
  return list.children.flatMap((item, index) => {
    const mark = list.ordered === true ? `${(list.start ?? 1) + index}.` : "-";
    const within = `${place}/item ${mark}`;
    const content = item.children.flatMap((child) => trace(child, within));
    return item.data?.continues === true ? content : [`${within} ${item.checked}`].concat(content);
  });
}

function traceTable(table: Table, place: string): string[] {
  const [header, ...body] = table.children;
  const row = (row: TableRow | undefined, kind: string): string[] =>
    row?.children.flatMap((cell, column) => {
      const within = `${place}/${kind} ${column}`;
      return [within].concat(trace(cell, within));
    }) ?? [];
  const rows = body.flatMap((cells) => row(cells, "row"));
  return table.data?.continues === true ? rows : row(header, "header").concat(rows);
}

/** The document without what `paginate` notes about it, and without how far list items stand apart. */
export function withoutNotes(node: Nodes): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => (key === "data" || key === "spread" ? undefined : value)),
  );
}

const words = constantFrom(
  ..."the answer is short and plain Hello World. Really? Yes! a1 x_y 3.5 don't (maybe) e\u0301te\u0301".split(
    " ",
  ),
  ..."한국어는 재미있어요. 단어를 외웁니다. 뜻: 가나다라마바사아자차카타파하 \u1112\u1161\u11ab\u1100\u1173\u11af".split(
    " ",
  ),
  ..."日本語の文章です。 これは、「長い」文です。 中文沒有空格也要能夠分開來顯示。 𠮷野家".split(" "),
  ..."👨‍👩‍👧‍👦 👍🏽 🇰🇷🇯🇵 ❤️ 1️⃣".split(" "),
  ..."שלום עולם. مرحبا بالعالم، كيف".split(" "),
  ..."* _ # > | [x] <b> & $5 1. - ~ \\ ! :".split(" "),
);

const sentence = array(words, { minLength: 1, maxLength: 8 }).map((list) => list.join(" "));

const inline = letrec<{ inline: string; piece: string }>((tie) => ({
  piece: oneof(
    { maxDepth: 2 },
    sentence,
    sentence.map((text) => `\`${text.replaceAll(/[`|\\]/gu, "")}\``),
    constant("https://example.com/path?q=1"),
    tie("inline").map((text) => `**${text}**`),
    tie("inline").map((text) => `*${text}*`),
    sentence.map((text) => `~~${text}~~`),
    sentence.map((text) => `[${text.replaceAll(/[[\]\\`]/gu, "")}](https://example.com/a)`),
    constant("![picture](https://example.com/p.png)"),
  ),
  inline: array(tie("piece"), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(" ")),
})).inline;

const fence = tuple(
  constantFrom("```", "````", "~~~"),
  constantFrom("", "ts", "python", "c++ title=x"),
  array(oneof(sentence, constant(""), constant("    indented(\u3042);"), constant("``` not the end")), {
    maxLength: 30,
  }),
).map(([mark, info, lines]) => {
  const safe = mark === "```" ? lines.filter((line) => !line.startsWith("```")) : lines;
  return [mark + info, ...safe, mark].join("\n");
});

const cell = oneof(
  sentence,
  sentence.map((text) => `**${text}**`),
).map((text) => text.replaceAll(/[|\\]/gu, "").slice(0, 20));

const table = tuple(integer({ min: 1, max: 4 }), integer({ min: 0, max: 20 })).chain(([columns, rows]) => {
  const row = array(cell, { minLength: columns, maxLength: columns }).map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
  return tuple(row, array(row, { minLength: rows, maxLength: rows })).map(([header, body]) =>
    [header, `|${" :-: |".repeat(columns)}`, ...body].join("\n"),
  );
});

/** Markdown as models write it, and worse: nested blocks, several scripts, emoji, marks that mean nothing. */
export const markdown: Arbitrary<string> = letrec<{ blocks: string; block: string }>((tie) => ({
  block: oneof(
    { maxDepth: 3, withCrossShrink: true },
    inline,
    array(inline, { minLength: 2, maxLength: 4 }).map((lines) => lines.join("\n")),
    tuple(integer({ min: 1, max: 6 }), sentence).map(([depth, text]) => `${"#".repeat(depth)} ${text}`),
    fence,
    table,
    constant("---"),
    tie("blocks").map((text) => text.replaceAll(/^/gmu, "> ")),
    tuple(constantFrom("-", "1.", "7."), boolean(), array(tie("blocks"), { minLength: 1, maxLength: 4 })).map(
      ([mark, tight, items]) =>
        items
          .map((item) => `${mark} ${item.replaceAll("\n", `\n${" ".repeat(mark.length + 1)}`)}`)
          .join(tight ? "\n" : "\n\n"),
    ),
  ),
  blocks: array(tie("block"), { minLength: 1, maxLength: 4 }).map((blocks) => blocks.join("\n\n")),
})).blocks;

/** Lines of all kinds, at all depths: most of them change their meaning with their neighbours. */
export const lines: Arbitrary<string> = tuple(
  constantFrom(
    "",
    "",
    "",
    " ",
    "  ",
    "   ",
    "    ",
    "\t",
    "> ",
    ">",
    "- ",
    "  - ",
    "1. ",
    "   1. ",
    "> - ",
    "- > ",
  ),
  oneof(
    { weight: 4, arbitrary: constantFrom("", "", "", " ", "\r") },
    {
      weight: 6,
      arbitrary: constantFrom(
        ..."- a|-|* b|+|1. a|2) b|10. c|# h|#|===|---|***|> q|>|a|b **c|한국어 *는*|`x|```|```ts|~~~|$$|\\[|\\]|<details>|</p>".split(
          "|",
        ),
        "| a | b |",
        "|---|---|",
        "a | b",
        "-|-",
        "- [ ] task",
        "www.a.bc",
        "a@b.cd",
        "https://a.bc/x",
        "    code",
        "a  ",
      ),
    },
    { weight: 1, arbitrary: constantFrom("[a]: https://a.bc", "[^1]: note", "[a] and [^1]", "[a]:", "![a]") },
  ),
).map(([indent, line]) => indent + line);
