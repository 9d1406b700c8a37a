import { z } from "zod";
import { UserError } from "../errors.ts";
import { piecesOf } from "../sources/pieces.ts";
import type { Page, Pages } from "../web/pages.ts";
import { put, english } from "../words/words.ts";
import type { ReadPassage, Tool, ToolOutput } from "./tool.ts";

const input = z.object({
  url: z.string().max(2_000),
  query: z.string().max(300).optional().describe("Of a long page: what to look for, in its language."),
  part: z.int().min(1).optional().describe("Of a long page, from 1."),
});

/** As much of a page as is given at once, in letters. */
const partLetters = 12_000;
/** As much of what fits a query. */
const foundLetters = 8_000;
const mostHeadings = 40;

type Input = z.output<typeof input>;

/** Reads a page of the web: all of a short one, and of a long one what fits a query, or part by part. */
export const createReadPageTool = (pages: Pages): Tool<Input> => ({
  name: "read_page",
  description:
    "Reads a web page, PDF or text file whose address the person gave, search found or a page links to.",
  input,
  cites: true,
  status: (words) => words.web.reading,
  async run({ url, query, part }, context) {
    if (!context.mayOpen(url))
      throw new UserError(
        "This address was not named by anyone: only one that a person wrote, that search found or that a page links to can be opened now. Use search, or ask for the address.",
      );
    const page = await pages.read(url, { signal: context.signal });
    const passages = passagesOf(page);
    const parts = inParts(passages);
    if (query !== undefined && part === undefined && parts.length > 1) return found(page, passages, query);
    const number = Math.min(part ?? 1, parts.length);
    return { text: headOf(page, parts.length, number), passages: parts[number - 1] ?? [] };
  },
});

function passagesOf({ url, title, sections }: Page): readonly ReadPassage[] {
  return sections.flatMap(({ label, text }) =>
    piecesOf(text).map((piece) => ({
      source: { url, ...(title !== undefined && { title }), ...(label !== "" && { label }) },
      text: piece,
    })),
  );
}

function inParts(passages: readonly ReadPassage[]): readonly (readonly ReadPassage[])[] {
  const parts: ReadPassage[][] = [[]];
  let room = partLetters;
  for (const passage of passages) {
    if (passage.text.length > room && parts.at(-1)?.length !== 0) {
      parts.push([]);
      room = partLetters;
    }
    parts.at(-1)?.push(passage);
    room -= passage.text.length;
  }
  return parts;
}

async function found(page: Page, passages: readonly ReadPassage[], query: string): Promise<ToolOutput> {
  const { ranked } = await import("../sources/ranked.ts");
  let room = foundLetters;
  const fitting = new Set<number>();
  for (const index of ranked(
    passages.map(({ text }) => text),
    query,
  )) {
    const size = passages[index]?.text.length ?? 0;
    if (size > room) continue;
    fitting.add(index);
    room -= size;
  }
  const headings = page.sections.flatMap(({ text, label }) => [
    ...(label === "" ? [] : [label]),
    ...(text.match(/^#{1,3} .+$/gmu) ?? []),
  ]);
  const contents = headings.slice(0, mostHeadings).join("\n");
  const head = headOf(page, inParts(passages).length);
  return {
    text: [head, ...(contents === "" ? [] : [`Contents:\n${contents}`])].join("\n"),
    passages: passages.filter((_, index) => fitting.has(index)),
  };
}

function headOf(page: Page, parts: number, number?: number): string {
  const minutes = Math.round(page.ageMs / 60_000);
  return [
    page.title ?? "A page without a title",
    page.url,
    ...(page.author === undefined ? [] : [`Author: ${page.author}`]),
    ...(page.published === undefined ? [] : [`Published: ${page.published}`]),
    ...(minutes > 0 ? [`As it was ${minutes} min ago.`] : []),
    ...(page.notes ?? []).map((note) => put(note, english)),
    ...(parts === 1
      ? []
      : number === undefined
        ? [`Long page: these are the passages about the query. All of it: part 1 to ${parts}.`]
        : [`Long page: this is part ${number} of ${parts}. Give a query for the passages about it.`]),
  ].join("\n");
}
