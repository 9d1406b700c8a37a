import { z } from "zod";
import { personaCouncil } from "../council/schema.ts";

/** Every field of a persona file. The descriptions become the editor's help and the table in the docs. */

const text = z.string().trim().min(1);
const thinking = z.enum(["off", "low", "medium", "high", "max"]);

const example = z
  .strictObject({
    user: text.describe("What a person writes."),
    image: text.optional().describe("A picture the person sends with it: a path beside this file."),
    assistant: text.describe("The answer you want, exactly."),
  })
  .describe("One exchange.");

const check = z
  .strictObject({
    equals: z.string().optional().describe("The answer is exactly this, apart from white space around it."),
    contains: z
      .union([text, z.array(text)])
      .optional()
      .describe("The answer contains this, or each of these."),
    excludes: z
      .union([text, z.array(text)])
      .optional()
      .describe("The answer contains none of these."),
    matches: text.optional().describe("The answer matches this regular expression (flags: u, s)."),
    lines: text.optional().describe("Each line of the answer matches this regular expression (flag: u)."),
    json: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("The answer is JSON that fits this JSON Schema."),
    maxTokens: z.int().positive().optional().describe("The answer has at most this many tokens."),
  })
  .refine((value) => Object.keys(value).length > 0, "expected at least one check")
  .describe("What must be true of the answer.");

const test = z
  .strictObject({
    name: text.optional().describe("What it shows; the input stands in when it is left out."),
    input: z.string().default("").describe("What a person writes."),
    images: z.array(text).default([]).describe("Pictures sent with it: paths beside this file."),
    expect: check,
  })
  .describe("One question and what must be true of its answer; run by `parlance persona test`.");

const options = z
  .strictObject({
    temperature: z
      .number()
      .min(0)
      .max(2)
      .optional()
      .describe("0 repeats itself, 1 is lively. Models that think ignore it."),
    maxOutputTokens: z.int().positive().optional().describe("The longest answer, in tokens."),
    thinking: thinking.optional().describe("How hard the model thinks first, for models that can."),
  })
  .describe("How the model is run.");

export const personaSchema = z
  .strictObject({
    name: text.describe("What people see."),
    description: text.describe("One sentence for the list of personas."),
    picture: z
      .url({ protocol: /^https?$/u })
      .optional()
      .describe("The address of a picture shown beside its answers, where the platform can."),
    instructions: text.describe(
      "The system prompt. `{{user}}`, `{{date}}`, `{{time}}`, `{{platform}}` and `{{channel}}` are filled in for each message.",
    ),
    examples: z
      .array(example)
      .default([])
      .describe(
        "Few-shot examples: sent as real turns before every conversation, never trimmed, never stored.",
      ),
    model: text
      .optional()
      .describe("An alias (`fast`, `smart`, `thinking`, or your own) or `provider/model`. Default: `smart`."),
    modelFixed: z
      .boolean()
      .default(false)
      .describe("Whether its model is the only one that answers: people can't switch it, nor ask another."),
    options: options.default({}),
    council: personaCouncil,
    tools: z.array(text).default([]).describe("Names of the tools it may use, e.g. `ocr`."),
    search: z
      .enum(["auto", "always", "never"])
      .optional()
      .describe(
        "Whether it searches the web. `auto`: when its model, which must be able to call tools, wants to; it may then read pages too. `always`: before every answer. `never`: only when a person writes `/search`. Default: as `never`, but for models that are there to search, such as Perplexity's.",
      ),
    memory: z
      .enum(["off", "read", "read-write"])
      .default("off")
      .describe("Whether it knows the facts people told the bot about themselves, and may add to them."),
    context: z
      .int()
      .min(0)
      .optional()
      .describe(
        "How many earlier exchanges it sees. 0: every message stands alone. Default: as many as fit.",
      ),
    images: z
      .enum(["transcribe", "native", "auto"])
      .default("auto")
      .describe(
        "`transcribe`: a picture's text is read first, shown, and sent, with the picture where the model sees. `auto`: a model that sees gets the picture, and what text there surely is in it. `native`: the picture alone. Any other model gets the text, shown.",
      ),
    languages: z
      .array(text)
      .default([])
      .describe("Languages it deals with, most likely first (`ko`, `en`, …); helps reading pictures."),
    aliases: z.array(text).default([]).describe("Other names it answers to, as in `vocab: 안녕하세요`."),
    welcome: text.optional().describe("What it says when someone switches to it."),
    starters: z.array(text).default([]).describe("Things to try, offered with the welcome."),
    shortcut: z
      .boolean()
      .default(false)
      .describe("Offer it on a right-click on any message, where the platform can."),
    strict: z
      .boolean()
      .default(false)
      .describe(
        "Its form matters: of the instructions that people give the bot for themselves, only those that name it reach it, and its own stand above them.",
      ),
    footer: z
      .enum(["off", "short", "full"])
      .optional()
      .describe(
        "How much of the receipt (model, tokens, cost) stands under its answers. Default: `footer` of the configuration.",
      ),
    tests: z
      .array(test)
      .default([])
      .describe("Questions and what must be true of the answers; run by `parlance persona test`."),
  })
  .describe("A persona: a custom GPT in one file. The file's name is its id.");

export type PersonaFile = z.output<typeof personaSchema>;
export type PersonaExample = PersonaFile["examples"][number];
export type PersonaTest = PersonaFile["tests"][number];

/** A loaded persona. */
export interface Persona extends PersonaFile {
  /** The file's name without its ending. */
  readonly id: string;
  /** The file it came from, for messages to people. */
  readonly file: string;
  /** The folder that its picture paths start from. */
  readonly folder: string;
}
