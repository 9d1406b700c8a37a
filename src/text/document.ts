import type { Root, RootContent } from "mdast";
import { completeGrowing } from "./growing.ts";
import { normalize } from "./normalize.ts";
import { parse } from "./parse.ts";
import { type Settled, settledIn } from "./settled.ts";

declare module "mdast" {
  interface Data {
    /**
     * On a list item or table that goes on from the part before: an item shows its mark, a table its header, a second
     * time unless one heeds this.
     */
    continues?: boolean;
  }
}

/** More containers in each other than anyone can read; thousands of them would exhaust the stack. */
const tooDeep = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){40}[ \t]*(?=[>\-+*\d][^\n]*[^\s>*+-])/gmu;

/** How a text is parsed. */
export interface ParseOptions {
  /** Whether more is to come: syntax that is still open is completed first. */
  readonly growing: boolean;
  /** The same object for each version of a text that grows: then a version costs what is new in it. */
  readonly memo?: object | undefined;
}

/** What is settled of the texts that grow. */
const settledTexts = new WeakMap<object, Settled>();

/**
 * The document a model's Markdown (GFM) stands for. It is made of paragraph, heading, blockquote, list, listItem, code,
 * table, tableRow, tableCell and thematicBreak; and in these of text, emphasis, strong, delete, inlineCode, link, image
 * and break. No block is empty and nothing written is lost: references and footnotes are resolved, HTML and formulas
 * stay text.
 *
 * The document is not to be changed: the next version of the same text shares its blocks.
 */
export function parseMarkdown(markdown: string, { growing, memo }: ParseOptions): Root {
  if (markdown.trim() === "") return { type: "root", children: [] };
  const complete = (text: string): string =>
    (growing ? completeGrowing(text) : text).replaceAll(tooDeep, "$&\\");
  const before = settledOf(markdown, memo);
  const rest = markdown.slice(before.text.length);
  const text = complete(rest);
  const tree = parse(text);
  if (tree.children.some(hasDefinition))
    return normalize(before.text === "" ? tree : parse(complete(markdown)));

  const { count, length } = settledIn(tree.children, rest);
  const settled = [...before.blocks, ...normalizeAll(tree.children.slice(0, count))];
  // What was completed may lie before the last block, where the text is not as written.
  if (memo && count > 0 && rest.startsWith(text.slice(0, length)))
    settledTexts.set(memo, { text: markdown.slice(0, before.text.length + length), blocks: settled });
  return { type: "root", children: [...settled, ...normalizeAll(tree.children.slice(count))] };
}

function settledOf(markdown: string, memo: object | undefined): Settled {
  const settled = memo && settledTexts.get(memo);
  return settled && markdown.startsWith(settled.text) ? settled : { text: "", blocks: [] };
}

/** A definition of a reference or footnote may change the meaning of any text before it. */
const hasDefinition = (node: RootContent): boolean =>
  node.type === "definition" ||
  node.type === "footnoteDefinition" ||
  ("children" in node && node.children.some(hasDefinition));

const normalizeAll = (children: RootContent[]): RootContent[] =>
  normalize({ type: "root", children }).children;
