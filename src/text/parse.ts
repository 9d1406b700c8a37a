import type { Root } from "mdast";
import { type Extension, fromMarkdown } from "mdast-util-from-markdown";
import { gfmAutolinkLiteralFromMarkdown } from "mdast-util-gfm-autolink-literal";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmAutolinkLiteral } from "micromark-extension-gfm-autolink-literal";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { cjkEmphasis } from "./syntax/cjk-emphasis.ts";
import type { SyntaxExtension } from "./syntax/extension.ts";
import { tableNodes, taskNodes } from "./syntax/gfm-nodes.ts";
import { verbatimMath } from "./syntax/verbatim-math.ts";

const syntax: readonly SyntaxExtension[] = [
  gfmFootnote(),
  // One tilde is a tilde, as in "안녕~".
  gfmStrikethrough({ singleTilde: false }),
  gfmTable(),
  gfmTaskListItem(),
  // HTML is text like any other, and `---` under a paragraph is a rule, as models mean it.
  { disable: { null: ["htmlFlow", "setextUnderline"] } },
  cjkEmphasis(),
  verbatimMath(),
];

const nodes: readonly Extension[] = [
  gfmFootnoteFromMarkdown(),
  gfmStrikethroughFromMarkdown(),
  tableNodes,
  taskNodes,
];

/** Without bare addresses, which are looked for at every word. */
const plain = { extensions: [...syntax], mdastExtensions: [...nodes] };
const withAddresses = {
  extensions: [gfmAutolinkLiteral(), ...syntax],
  mdastExtensions: [gfmAutolinkLiteralFromMarkdown(), ...nodes],
};

/** What every bare address has, also one that is written with escapes or character references. */
const maybeAddress = /@|www|:\/\/|\\\/|&[#a-z]/iu;

/** The tree of a Markdown text as the parser makes it, with positions. */
export const parse = (text: string): Root =>
  fromMarkdown(text, maybeAddress.test(text) ? withAddresses : plain);
