import type { Package } from "./package.ts";
import { readXml } from "./xml.ts";

/** What a paragraph is, besides its text: by its style, or by itself. */
export interface ParagraphKind {
  /** From 1; 0 for what is no heading. */
  readonly heading: number;
  /** The list that it is an item of. */
  readonly list?: string;
  /** How deep in that list, from 0. */
  readonly level: number;
}

export const plain: ParagraphKind = { heading: 0, level: 0 };

const deepestHeading = 6;

/** The level of a heading by what Word counts from 0; 0 for body text. */
export const headingOf = (outline: string | undefined): number =>
  Number(outline) < deepestHeading ? Number(outline) + 1 : 0;

/** The styles that make a heading or an item, by their ids. A heading's name is English in every language's Word. */
export function readStyles(parts: Package): ReadonlyMap<string, ParagraphKind> {
  const styles = new Map<string, ParagraphKind>();
  let style = "";
  const add = (kind: Partial<ParagraphKind>): void =>
    void styles.set(style, { ...(styles.get(style) ?? plain), ...kind });
  readXml(parts.read("word/styles.xml"), {
    open(name, { "w:styleId": id = "", "w:val": value = "" }) {
      const level = /^heading ([1-6])$/iu.exec(value)?.[1];
      if (name === "style") style = id;
      else if (style === "") return;
      else if (name === "name" && level !== undefined) add({ heading: Number(level) });
      else if (name === "outlineLvl" && headingOf(value) > 0) add({ heading: headingOf(value) });
      else if (name === "numId") add({ list: value });
      else if (name === "ilvl") add({ level: Number(value) });
    },
  });
  return styles;
}

/** Numbers the items of a document's lists as they come: `1. ` and so on, or `- ` where Word shows a dot. */
export function createNumbering(parts: Package): (list: string, level: number) => string {
  const numbered = readNumbered(parts);
  const counts = new Map<string, number[]>();
  return (list, level) => {
    if (!numbered.has(`${list} ${level}`)) return "- ";
    const count = counts.get(list)?.slice(0, level + 1) ?? [];
    count[level] = (count[level] ?? 0) + 1;
    counts.set(list, count);
    return `${count[level]}. `;
  };
}

/** The lists and levels whose items have numbers. */
function readNumbered(parts: Package): ReadonlySet<string> {
  const kinds = new Set<string>();
  const numbered = new Set<string>();
  let [kind, level, list] = ["", "", ""];
  readXml(parts.read("word/numbering.xml"), {
    open(
      name,
      { "w:abstractNumId": id = "", "w:ilvl": depth = "", "w:numId": number = "", "w:val": value = "" },
    ) {
      if (name === "abstractNum") kind = id;
      else if (name === "lvl") level = depth;
      else if (name === "numFmt" && value !== "bullet" && value !== "none") kinds.add(`${kind} ${level}`);
      else if (name === "num") list = number;
      else if (name === "abstractNumId")
        for (let depth = 0; depth < 9; depth++)
          if (kinds.has(`${value} ${depth}`)) numbered.add(`${list} ${depth}`);
    },
  });
  return numbered;
}
