import { z } from "zod";
import { markMaterial } from "../conversation/marks.ts";
import { UserError } from "../errors.ts";
import type { Tool, ToolOutput } from "../tools/tool.ts";
import type { FileAtHand, Finder } from "./at-hand.ts";
import { citableParts } from "./citable.ts";
import { contentsText, fileTitle, findParts } from "./show.ts";

/** The most of a file in one answer of the tool, in tokens: two or three parts, a dozen pages. */
const mostTokens = 6_000;

interface Input {
  readonly file?: number | undefined;
  readonly part?: string | undefined;
  readonly search?: string | undefined;
}

/** The tool by its name, where there is something that it could open. */
export function readToolFor(files: readonly FileAtHand[], find: Finder): readonly [string, Tool][] {
  const partly = files.filter(({ isWhole }) => !isWhole);
  if (partly.length === 0) return [];
  const tool = createReadTool(partly, find) as Tool;
  return [[tool.name, tool]];
}

/** Lets a model read on in the files of a conversation that do not stand whole in what it sees. */
function createReadTool(files: readonly FileAtHand[], find: Finder): Tool<Input> {
  return {
    name: "read_file",
    description:
      "Opens files of this conversation that are not shown whole: a part, passages by search, or with neither the contents. Say where things stand by the label: (p. 12).",
    input: z.strictObject({
      file: z.number().optional().describe("Its number."),
      part: z.string().optional().describe("Such as `p. 12-14` or a title."),
      search: z.string().optional(),
    }),
    cites: true,
    status: (words) => words.reading.opening,
    async run({ file: number, part, search: text }) {
      const file = number === undefined ? files.at(-1) : files.find(({ entry }) => entry.number === number);
      if (!file) {
        const known = files.map(({ entry }) => fileTitle(entry)).join("; ");
        throw new UserError(`There is no file ${number}. There are: ${known}.`);
      }
      if (part !== undefined && part.trim() !== "") return openPart(file, part);
      if (text !== undefined && text.trim() !== "") return look(file, text, find);
      return { text: markMaterial(fileTitle(file.entry, "contents"), contentsText(file.entry, file.before)) };
    },
  };
}

async function openPart(file: FileAtHand, wanted: string): Promise<ToolOutput> {
  const { entry, before = entry.parts.length } = file;
  const found = findParts(entry, wanted);
  if (!found)
    throw new UserError(`There is no part “${wanted}”. Call read_file without it for the contents.`);
  if (found.from >= before) throw new UserError(notYet);
  const to = Math.min(found.to, before);
  let tokens = 0;
  let end = found.from;
  while (end < to && (end === found.from || tokens + (entry.parts[end]?.tokens ?? 0) <= mostTokens))
    tokens += entry.parts[end++]?.tokens ?? 0;
  const texts = await file.texts({ from: found.from, to: end });
  const passages = citableParts(entry, found.from, texts);
  const lines = [fileTitle(entry)];
  if (passages.length === 0) lines.push("(Nothing stands there.)");
  if (end < to) lines.push(`(More than fits at once: it goes on with ${entry.parts[end]?.label}.)`);
  else if (to < found.to) lines.push(notYet);
  return { text: lines.join("\n"), passages };
}

async function look(file: FileAtHand, text: string, find: Finder): Promise<ToolOutput> {
  const [{ read } = { read: [] }] = await find([file], { text });
  return read.length === 0
    ? { text: "Nothing in it has these words. Try others, or open a part." }
    : { text: `${fileTitle(file.entry)}, what fits best:`, passages: read };
}

/** For the model, of what stands after the readers' bookmark. */
const notYet = "(What follows is after the readers' bookmark: it is not to be read or told yet.)";
