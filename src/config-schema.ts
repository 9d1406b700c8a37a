import { z } from "zod";
import { platforms } from "./config/platforms-schema.ts";
import { councilSchema } from "./council/schema.ts";
import { accessSchema } from "./access/schema.ts";
import { hasLogin, noLogin } from "./config/address.ts";
import { searchSchema } from "./search/schema.ts";
import { limitsSchema } from "./limits/schema.ts";

/** Every setting of parlance.yaml. The descriptions become the editor's help and the table in the docs. */

const text = z.string().trim().min(1);
const seconds = z.number().positive();

const modelEntry = z
  .union([
    text,
    z.strictObject({
      model: text.describe("`provider/model`."),
      description: text.optional().describe("What it is good for, in a few words, for `/model`."),
      fallback: z
        .array(text)
        .default([])
        .describe(
          "Models to try, in order, when this one fails; in mid-answer, the next one goes on where it stopped. One whose known `window` is too small for the conversation is left out.",
        ),
    }),
  ])
  .describe("`provider/model`, or an object with `model`, `description` and `fallback`.");

const channel = z
  .strictObject({
    persona: text.optional().describe("The persona that answers here until someone chooses another."),
    model: text.optional().describe("The alias or `provider/model` that answers here."),
    scope: z
      .enum(["shared", "user"])
      .optional()
      .describe(
        "`shared`: all who write here share one conversation (the default). `user`: each person has their own.",
      ),
    answers: z
      .enum(["thread", "reply", "plain"])
      .optional()
      .describe(
        "Where answers go: `thread`, one of the question's own, where the platform can open one (Slack's default); `reply`, to the question (the others' default); `plain`, just into the channel.",
      ),
  })
  .describe("What holds in a channel, or on a whole platform.");

const price = z
  .strictObject({
    input: z.number().min(0).describe("Input."),
    cachedInput: z
      .number()
      .min(0)
      .optional()
      .describe("Input read from the vendor's cache. Default: as `input`."),
    cacheWrite: z
      .number()
      .min(0)
      .optional()
      .describe("Input written to the vendor's cache. Default: as `input`."),
    output: z.number().min(0).describe("Output, thinking included."),
    search: z.number().min(0).optional().describe("A thousand searches by the vendor's own search."),
  })
  .describe("US dollars per million tokens, for a model whose price is not known by itself.");

const modelFacts = z
  .strictObject({
    window: z.int().positive().optional().describe("The context window in tokens."),
    images: z.boolean().optional().describe("Whether it sees pictures."),
    tools: z.boolean().optional().describe("Whether it can call tools."),
    price: price.optional(),
  })
  .describe("What Parlance can't know of a model by itself.");

export const providerKinds = ["openai", "openai-chat", "anthropic"] as const;

const provider = z
  .strictObject({
    kind: z
      .enum(providerKinds)
      .optional()
      .describe("Which API it speaks. Not needed when the id is a preset's (see docs/settings.md)."),
    baseUrl: z
      .url({ protocol: /^https?$/u })
      .refine((address) => !hasLogin(address), `an address ${noLogin}`)
      .optional()
      .describe("Its address. Default: the preset's."),
    apiKey: z.string().optional().describe("Its key; write `${NAME}` to read the environment."),
    ownSearch: z
      .boolean()
      .optional()
      .describe(
        "Whether its models search the web on the vendor's side. Default: at the vendor's own address; set it where a gateway passes that on.",
      ),
    models: z.record(text, modelFacts).default({}).describe("Facts about its models, by name."),
  })
  .describe("A model vendor or server.");

export const configSchema = z
  .strictObject({
    persona: text.default("assistant").describe("The persona that answers where no other is chosen."),
    personas: text.default("./personas").describe("The folder of persona files. Also `PARLANCE_PERSONAS`."),
    data: text.default("./data").describe("The folder for everything that is kept. Also `PARLANCE_DATA`."),
    database: z
      .strictObject({
        url: text
          .optional()
          .describe("A Postgres address. Default: `DATABASE_URL`; else SQLite in the data folder."),
      })
      .prefault({})
      .describe("Where conversations are stored."),
    providers: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9_-]*$/u, "expected lower-case letters, digits, - or _"),
        provider,
      )
      .default({})
      .describe("Model vendors by id. Presets whose key is in the environment are there already."),
    models: z
      .record(
        z.string().regex(/^[a-z0-9][a-z0-9._-]*$/u, "expected lower-case letters, digits, ., - or _"),
        modelEntry,
      )
      .default({})
      .describe(
        "Aliases that personas and people use for models. `fast`, `smart` and `thinking` have defaults.",
      ),
    embeddings: text
      .optional()
      .describe(
        "A model that embeds (`openai/text-embedding-3-small`, `ollama/bge-m3`): what fits a question in long files and among many facts is then found by meaning as well, also across languages. Default: by words alone.",
      ),
    council: councilSchema,
    platforms,
    channels: z
      .record(
        z
          .string()
          .regex(/^[a-z]+(?::[^:]+)?$/u, "expected a platform (`slack`) or a channel of one (`slack:C0123`)"),
        channel,
      )
      .default({})
      .describe(
        "By platform (`slack`) or channel (`slack:C0123`, `discord:…`, `telegram:-100…`); a channel's own goes first.",
      ),
    access: accessSchema,
    limits: limitsSchema,
    retention: z
      .strictObject({
        days: z
          .int()
          .positive()
          .optional()
          .describe("After how many days questions, answers and their pictures are deleted. Default: never."),
        factDays: z
          .int()
          .positive()
          .optional()
          .describe("After how many days what is remembered about people is deleted. Default: never."),
      })
      .prefault({})
      .describe("How long conversations are kept."),
    footer: z
      .enum(["off", "short", "full"])
      .default("short")
      .describe("How much of the receipt (model, tokens, cost) stands under an answer."),
    showThinking: z
      .boolean()
      .default(false)
      .describe("Whether a model's reasoning is shown, folded, above or under its answer."),
    context: z
      .strictObject({
        historyTokens: z
          .int()
          .min(0)
          .default(24_000)
          .describe(
            "The most tokens of earlier conversation sent with a message: bounds what a long chat costs.",
          ),
        fileTokens: z
          .int()
          .min(0)
          .default(12_000)
          .describe(
            "The most tokens of files that go along whole with a question; of a longer one, the passages that fit each question, and what the model asks to read.",
          ),
        topicHints: z
          .enum(["on", "off"])
          .default("on")
          .describe(
            "Whether a fresh start is offered, quietly, when a long conversation of one person turns to something else.",
          ),
      })
      .prefault({})
      .describe("What a model sees of a conversation."),
    memory: z
      .strictObject({
        tokens: z
          .int()
          .min(0)
          .default(400)
          .describe(
            "The most tokens of facts about a person sent with a message; where there are more, those that fit it best are chosen.",
          ),
      })
      .prefault({})
      .describe("What a model sees of what is remembered about people."),
    turn: z
      .strictObject({
        rounds: z.int().min(1).max(64).default(8).describe("How often a model may call tools in one answer."),
        seconds: seconds.default(300).describe("The longest an answer may take."),
        firstTokenSeconds: seconds
          .default(60)
          .describe(
            "How long a model may stay silent before it says the first thing or is known to think; then the next one is tried. With `/think` medium, high or max, silent thinking may take two, three or four times as long.",
          ),
        idleSeconds: seconds
          .default(60)
          .describe("How long a model may fall silent in mid-answer; then another one goes on with it."),
        parallel: z.int().positive().default(64).describe("How many answers one process writes at once."),
        burstSeconds: z
          .number()
          .min(0)
          .max(10)
          .default(0)
          .describe("How long a question waits for more from the same person, who may write in bursts."),
        tooOldMinutes: z
          .number()
          .positive()
          .default(60)
          .describe(
            "What was written longer ago, while the bot was away, is not answered any more: its writer is told.",
          ),
        graceSeconds: z
          .number()
          .min(0)
          .default(8)
          .describe(
            "How long running answers may go on when the bot is stopped; the rest goes on at the next start.",
          ),
        maxOutputTokens: z
          .int()
          .positive()
          .default(8_192)
          .describe(
            "The longest answer, where the persona says nothing. Models that think get room for it on top.",
          ),
      })
      .prefault({})
      .describe("The bounds of one answer."),
    ocr: z
      .strictObject({
        languages: z
          .array(text)
          .nonempty()
          .default(["eng", "kor", "jpn", "chi_sim", "chi_tra"])
          .describe(
            "Languages to read in pictures (Tesseract's names); each needs its package `@tesseract.js-data/…`.",
          ),
        seconds: seconds.default(30).describe("The longest that reading one picture may take."),
        maxMegapixels: z
          .number()
          .positive()
          .default(64)
          .describe("Larger pictures are refused before they are decoded."),
      })
      .prefault({})
      .describe("Reading text in pictures."),
    search: searchSchema,
    web: z
      .strictObject({
        contact: z
          .string()
          .trim()
          .min(1)
          .max(100)
          .regex(/^[\x20-\x7e]+$/u, "expected plain ASCII letters")
          .optional()
          .describe(
            "A mail or web address of yours, told to the servers of pages as part of who asks: some, such as Wikipedia's, want one.",
          ),
        seconds: seconds.default(20).describe("The longest that fetching one page may take."),
        maxMegabytes: z.number().positive().max(100).default(10).describe("Larger pages are refused."),
      })
      .prefault({})
      .describe("Reading pages of the web."),
    log: z
      .strictObject({
        level: z
          .enum(["silent", "error", "warn", "info", "debug"])
          .default("info")
          .describe("Message text is logged at `debug` only."),
      })
      .prefault({})
      .describe("Logging, to standard error."),
  })
  .describe("parlance.yaml");

export type ConfigFile = z.output<typeof configSchema>;
export type ProviderEntry = z.output<typeof provider>;
export type Price = z.output<typeof price>;
export type ModelFacts = z.output<typeof modelFacts>;
