import type { Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { completeGrowing } from "./growing.ts";
import { normalize } from "./normalize.ts";
import { countSettled, rememberSettled, startOf } from "./settled.ts";
import { cjkEmphasis } from "./syntax/cjk-emphasis.ts";
import { verbatimMath } from "./syntax/verbatim-math.ts";

declare module "mdast" {
  interface Data {
    /**
     * On a list item or table that goes on from the part before: an item shows its mark, a table its header, a second
     * time unless one heeds this.
     */
    continues?: boolean;
  }
}

const syntax = [
  // One tilde is a tilde, as in "안녕~".
  gfm({ singleTilde: false }),
  // HTML is text like any other, and `---` under a paragraph is a rule, as models mean it.
  { disable: { null: ["htmlFlow", "setextUnderline"] } },
  cjkEmphasis(),
  verbatimMath(),
];

/** More containers in each other than anyone can read; thousands of them would exhaust the stack. */
const tooDeep = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){40}[ \t]*(?=[>\-+*\d][^\n]*[^\s>*+-])/gmu;

/** A definition of a reference or footnote, which may change the meaning of any text before it. */
const definition = /^[ \t>*+\-\d.)]*\[[^\]]{1,999}\]:/mu;

/** Parses Markdown; see `parseMarkdown`. */
export type MarkdownParser = (markdown: string, options: { readonly growing: boolean }) => Root;

/**
 * The document a model's Markdown (GFM) stands for. It is made of paragraph, heading, blockquote, list, listItem, code,
 * table, tableRow, tableCell and thematicBreak; and in these of text, emphasis, strong, delete, inlineCode, link, image
 * and break. No block is empty and nothing written is lost: references and footnotes are resolved, HTML and formulas
 * stay text. While `growing`, syntax that is still open is completed first.
 *
 * The document is not to be changed: the next version of the same text shares its blocks.
 */
export const parseMarkdown: MarkdownParser = createMarkdownParser();

/** A parser that remembers the settled beginnings of growing texts: a new version costs what is new in it. */
export function createMarkdownParser(): MarkdownParser {
  const memory = rememberSettled();
  return (markdown, { growing }) => {
    const complete = (text: string): string =>
      (growing ? completeGrowing(text) : text).replaceAll(tooDeep, "$&\\");
    if (definition.test(markdown)) return normalize(parse(complete(markdown)));

    const before = memory.find(markdown);
    const rest = markdown.slice(before.text.length);
    const text = complete(rest);
    const { children } = parse(text);
    const count = countSettled(children, text);
    const settled = [...before.blocks, ...normalizeAll(children.slice(0, count))];
    const length = startOf(children[count]);
    // What was completed may lie before the last block, where the text is not as written.
    if (count > 0 && rest.startsWith(text.slice(0, length)))
      memory.add({ text: before.text + rest.slice(0, length), blocks: settled }, before);
    return { type: "root", children: [...settled, ...normalizeAll(children.slice(count))] };
  };
}

const parse = (text: string): Root =>
  fromMarkdown(text, { extensions: syntax, mdastExtensions: [gfmFromMarkdown()] });

const normalizeAll = (children: RootContent[]): RootContent[] =>
  normalize({ type: "root", children }).children;
