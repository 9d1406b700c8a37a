import remend, { INCOMPLETE_IMAGE_PLACEHOLDER, isWithinCodeBlock } from "remend";

/** How far back an open end is looked for, in characters. */
const endLength = 100;

/** Marks whose partner or purpose is still to come: shown later, with what they mark. */
const openEnd = /(?:\n[ \t]*[-+*>#|=:]+|[*_~`\\]+|!?\[|(?<=\])\[[^\]\n]*)[ \t]*$/u;

/** Where a block begins on a new line: after an empty one, or by its own mark. */
const blockStart = /\n(?=[ \t]*(?:\n|[-+*>|][ \t]?|\d{1,9}[.)] |#{1,6} ))/gu;

const tableRow = /^[ \t>]*\|/u;

/**
 * Completes the syntax that the end of a growing text leaves open, so that it looks from the start as it will in the end:
 * emphasis and code are closed, a half link is its text alone, a table's first line is a table.
 * Only the last block is touched: what precedes it has its final form.
 */
export function completeGrowing(markdown: string): string {
  if (isWithinCodeBlock(markdown, markdown.length)) return markdown;
  const text = markdown.slice(0, -endLength) + markdown.slice(-endLength).replace(openEnd, "");
  const start = lastBlock(text);
  return completeTable(text.slice(0, start) + completeInline(text.slice(start)));
}

function lastBlock(text: string): number {
  let start = 0;
  for (const { index } of text.matchAll(blockStart)) if (!isWithinCodeBlock(text, index)) start = index + 1;
  return start;
}

function completeInline(block: string): string {
  const completed = remend(block, {
    linkMode: "text-only",
    // The parser deals with these, in the growing and in the finished text alike.
    singleTilde: false,
    comparisonOperators: false,
    htmlTags: false,
    setextHeadings: false,
  });
  const halfImage = completed.lastIndexOf("![");
  if (!completed.endsWith(`](${INCOMPLETE_IMAGE_PLACEHOLDER})`) || halfImage === -1) return completed;
  return completed.slice(0, halfImage) + completed.slice(halfImage + 2, completed.lastIndexOf("]("));
}

/** Gives a table that has no more than its first line, or half of its second, the rule that makes it one. */
function completeTable(text: string): string {
  const lines = text.split("\n");
  const head = lines.findLastIndex(
    (line, index) => tableRow.test(line) && !tableRow.test(lines[index - 1] ?? ""),
  );
  const header = lines[head];
  const begun = lines.slice(head + 1);
  if (header === undefined || begun.length > 1 || !begun.every((line) => /^[ \t>]*[-:| \t]*$/u.test(line)))
    return text;
  const columns = countCells(header);
  if (begun[0]?.includes("-") === true && countCells(begun[0]) >= columns) return text;
  const indent = /^[ \t>]*/u.exec(header)?.[0] ?? "";
  return [...lines.slice(0, head + 1), `${indent}|${" - |".repeat(columns)}`].join("\n");
}

const countCells = (row: string): number =>
  row
    .replaceAll("\\|", "")
    .replace(/^[ \t>]*\|/u, "")
    .replace(/\|[ \t]*$/u, "")
    .split("|").length;
