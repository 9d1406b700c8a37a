import type { Section } from "./document.ts";

/** A document cut at its chapters, or left whole. */
export interface Chapters {
  readonly unit: "chapter" | "part";
  readonly sections: readonly Section[];
}

/** Where a chapter begins. */
interface Start {
  /** Of its heading's line. */
  readonly at: number;
  /** Where its text begins. */
  readonly from: number;
  readonly title: string;
}

/** A longer heading is a slip. */
const longestTitle = 200;

/** Cut at the highest headings of which there is more than one. */
export function chaptersOfMarkdown(markdown: string): Chapters {
  const headings = [...markdown.matchAll(/^(#{1,6})[ \t]+(\S.*)$|^(?:```|~~~)/gmu)];
  let fenced = false;
  const open = headings.filter(([, marks]) => {
    if (marks === undefined) fenced = !fenced;
    return marks !== undefined && !fenced;
  });
  for (let level = 1; level <= 3; level++) {
    const starts = open
      .filter(([, marks]) => marks?.length === level)
      .map(({ 0: line, 2: title = "", index }) => ({
        at: index,
        from: index + line.length,
        title: title
          .slice(0, longestTitle)
          .replace(/\s+#+\s*$/u, "")
          .trim(),
      }));
    if (starts.length > 1) return cut(markdown, starts);
  }
  return whole(markdown);
}

function cut(text: string, starts: readonly Start[]): Chapters {
  const sections: Section[] = starts.map(({ from, title }, index) => ({
    label: `ch. ${index + 1}`,
    title,
    text: text.slice(from, starts[index + 1]?.at).trim(),
  }));
  const opening = text.slice(0, starts[0]?.at).trim();
  if (opening !== "") sections.unshift({ label: "opening", text: opening });
  return { unit: "chapter", sections };
}

const whole = (text: string): Chapters => ({ unit: "part", sections: [{ label: "", text: text.trim() }] });
