import type { Code, Heading, Paragraph } from "mdast";
import { graphemeStarts, sentenceStart } from "./graphemes.ts";
import { inlineText, inlineTextMasked, sliceInline } from "./inline.ts";
import { largestFitting } from "./largest-fitting.ts";
import type { Space, Split } from "./space.ts";

/** Splits a paragraph at the end of a line, sentence or word; within a word only when it stands alone in its part. */
export function splitInline<Node extends Heading | Paragraph>(
  node: Node,
  space: Space<Node>,
): Split<Node> | undefined {
  const text = inlineText(node.children);
  const graphemeStart = graphemeStarts(text);
  const slice = (start: number, end: number): Node => ({
    ...node,
    children: sliceInline(node.children, start, end),
  });
  const headOf = (cut: number): Node => slice(0, text.slice(0, cut).trimEnd().length);
  const headFits = (cut: number): boolean => text.slice(0, cut).trim() === "" || space.fits(headOf(cut));

  const most = graphemeStart(
    largestFitting(text.length - 1, space.room, (offset) => headFits(graphemeStart(offset))),
  );
  const masked = inlineTextMasked(node.children);
  for (const cut of [betterCut(text, masked, most, space.alone ? most / 2 : 0), space.alone ? most : 0]) {
    const start = text.length - text.slice(cut).trimStart().length;
    if (text.slice(0, cut).trim() === "" || start === text.length || !headFits(cut)) continue;
    return { head: headOf(cut), tail: slice(start, text.length) };
  }
  return undefined;
}

/** The best place to cut at or before `most` and after `least`; 0 when there is none. */
function betterCut(text: string, masked: string, most: number, least: number): number {
  const candidates = [
    masked.lastIndexOf("\n", most),
    sentenceStart(masked, most),
    lastSpace(masked, most, least),
    lastSpace(text, most, least),
  ];
  return candidates.find((cut) => cut > least) ?? 0;
}

function lastSpace(text: string, from: number, to: number): number {
  let offset = from;
  while (offset > to && !/\s/u.test(text.charAt(offset))) offset--;
  return offset > to ? offset : 0;
}

/** Splits between lines; a line longer than a part, which must then stand alone in it, between graphemes. */
export function splitCode(node: Code, space: Space<Code>): Split<Code> | undefined {
  const lines = trimLines(node.value.split("\n"));
  const codeOf = (lines: readonly string[]): Code => ({ ...node, value: trimLines(lines).join("\n") });
  const lengths = lines.map((line) => line.length + 1);
  const count = largestFitting(lines.length - 1, countWithin(lengths, space.room), (n) =>
    space.fits(codeOf(lines.slice(0, n))),
  );
  if (count > 0) return { head: codeOf(lines.slice(0, count)), tail: codeOf(lines.slice(count)) };
  return space.alone ? splitLine(node, lines, space) : undefined;
}

function splitLine(node: Code, lines: readonly string[], space: Space<Code>): Split<Code> | undefined {
  const [line = "", ...rest] = lines;
  const graphemeStart = graphemeStarts(line);
  const cut = graphemeStart(
    largestFitting(line.length, space.room, (offset) =>
      space.fits({ ...node, value: line.slice(0, graphemeStart(offset)) }),
    ),
  );
  const [head, tail] = [line.slice(0, cut), [line.slice(cut), ...rest].join("\n")];
  if (head.trim() === "" || tail.trim() === "") return undefined;
  return { head: { ...node, value: head }, tail: { ...node, value: tail } };
}

/** Without the empty lines at both ends. */
function trimLines(lines: readonly string[]): readonly string[] {
  const isFilled = (line: string): boolean => line.trim() !== "";
  return lines.slice(Math.max(0, lines.findIndex(isFilled)), lines.findLastIndex(isFilled) + 1);
}

/** How many of these lengths go into the room. */
export function countWithin(lengths: readonly number[], room: number): number {
  let sum = 0;
  const count = lengths.findIndex((length) => (sum += length) > room);
  return count === -1 ? lengths.length : count;
}
