import { onTestFinished } from "vitest";
import type { z } from "zod";
import { createAccess } from "../../src/access/access.ts";
import { accessSchema } from "../../src/access/schema.ts";
import { createBot, type Bot } from "../../src/bot.ts";
import type { Inbound, InboundCommand, InboundMessage } from "../../src/chat.ts";
import { councilSchema } from "../../src/council/schema.ts";
import type { Core, Models, Settings } from "../../src/core.ts";
import { createDocumentReader } from "../../src/documents/index.ts";
import { createEmbedderFor } from "../../src/embedding/embedder.ts";
import type { Embeddings } from "../../src/embedding/embeddings.ts";
import { createFileSearch } from "../../src/files/search.ts";
import { createLimits } from "../../src/limits/limits.ts";
import { limitsSchema } from "../../src/limits/schema.ts";
import { createLog, type Log } from "../../src/log.ts";
import { createMemoryTools } from "../../src/memory/tools.ts";
import { personaSchema, type Persona } from "../../src/personas/schema.ts";
import type { ModelRequest } from "../../src/providers/provider.ts";
import type { Store } from "../../src/store/store.ts";
import { createLocalCoordinator } from "../../src/store/coordinator-local.ts";
import { openStore } from "../../src/store/open.ts";
import { createSearch } from "../../src/search/failover.ts";
import type { SearchBackend } from "../../src/search/search.ts";
import { createReadPageTool } from "../../src/tools/read-page.ts";
import { createSearchTool } from "../../src/tools/search.ts";
import type { Tool } from "../../src/tools/tool.ts";
import type { ModelStream } from "../../src/turn.ts";
import type { Reach } from "../../src/web/connect.ts";
import { createWeb } from "../../src/web/index.ts";
import { type FakeAdapter, fakeAdapter } from "./fake-adapter.ts";
import { type ScriptedModel, scriptedModel, type Script } from "./scripted-model.ts";
import { makeStoreFolder } from "./store-folder.ts";

/** A bot on a real store with a scripted model and a fake chat. */
export interface TestBot {
  readonly core: Core;
  readonly bot: Bot;
  readonly chat: FakeAdapter;
  readonly model: ScriptedModel;
  /** Something happens; settles when it has been dealt with. */
  readonly handle: (inbound: Inbound) => Promise<void>;
  /** Says something in a direct message, or where `where` says; settles when it has been answered. */
  readonly say: (text: string, where?: Partial<InboundMessage>) => Promise<void>;
  readonly command: (name: string, argument?: string, where?: Partial<InboundCommand>) => Promise<void>;
  /** The text of the last post. */
  readonly last: () => string;
  /** The text of all parts of all messages the model was sent last. */
  readonly sent: () => string;
}

export interface TestBotOptions {
  readonly scripts?: readonly Script[];
  /** Models of their own by `provider/model`, beside the scripted one. */
  readonly streams?: Readonly<Record<string, ModelStream>>;
  readonly personas?: readonly Persona[];
  readonly window?: number;
  /** All models, or those of some names. */
  readonly seesImages?: boolean | readonly string[];
  /** What the vendor counts. */
  readonly countTokens?: (request: Omit<ModelRequest, "model">) => number;
  readonly settings?: Partial<Settings>;
  /** Reads pictures in place of `pictureText`. */
  readonly pictures?: Core["pictures"];
  /** What stands in a picture; lines with a `~` are hard to read. */
  readonly pictureText?: (picture: Uint8Array) => string;
  readonly tools?: readonly Tool[];
  readonly backends?: readonly SearchBackend[];
  readonly embeddings?: Embeddings | undefined;
  /** Lets it reach a test's own servers. */
  readonly reach?: Reach;
  readonly log?: Log;
  /** In place of the scripted model. */
  readonly models?: Models;
  /** The chat of an earlier bot: people are still there. */
  readonly chat?: FakeAdapter;
  /** Changes the store that the bot sees. */
  readonly store?: (store: Store) => Store;
  /** As in parlance.yaml; servers are open where it says nothing. */
  readonly access?: z.input<typeof accessSchema>;
  readonly limits?: z.input<typeof limitsSchema>;
  /** The folder of an earlier bot, to start again where it ended. */
  readonly dataFolder?: string;
  /** Of Postgres, in place of SQLite. */
  readonly databaseUrl?: string;
}

export function testPersona(id: string, fields: Record<string, unknown> = {}): Persona {
  const file = personaSchema.parse({
    name: id,
    description: `The ${id}.`,
    instructions: `You are ${id}.`,
    ...fields,
  });
  return { ...file, id, file: `personas/${id}.yaml`, folder: "personas" };
}

let events = 0;

export async function testBot(options: TestBotOptions = {}): Promise<TestBot> {
  const dataFolder = options.dataFolder ?? (await makeStoreFolder());
  const store = await openStore({ dataFolder, databaseUrl: options.databaseUrl });
  const model = scriptedModel(...(options.scripts ?? []));
  const chat = options.chat ?? fakeAdapter();
  const core = await testCore(options, { store: options.store?.(store) ?? store, model });
  const bot = createBot(core);
  onTestFinished(async () => {
    await bot.stop();
    await store.close();
  });
  const base = (id: number) =>
    ({
      id: `event-${id}`,
      thread: "fake:kim",
      place: "dm",
      channelName: "Kim",
      author: { id: "fake:kim", name: "Kim" },
    }) as const;
  const handle = async (inbound: Inbound): Promise<void> => {
    await bot.receive(chat, inbound);
    await Promise.race([chat.dealtWith(inbound.id), bot.ended]);
  };
  return {
    core,
    bot,
    chat,
    model,
    handle,
    say: (text, where) => handle({ ...base(events++), type: "message", text, attachments: [], ...where }),
    command: (name, argument = "", where) =>
      handle({ ...base(events++), type: "command", name, argument, ...where }),
    last: () => chat.posts.at(-1)?.answer.text ?? "",
    sent: () => JSON.stringify(model.requests.at(-1)?.messages),
  };
}

async function testCore(
  options: TestBotOptions,
  parts: Pick<Core, "store"> & { model: ScriptedModel },
): Promise<Core> {
  const personas = options.personas ?? [testPersona("assistant")];
  const [first] = personas;
  if (!first) throw new Error("a bot needs a persona");
  const { store } = parts;
  const pictures = options.pictures ?? scriptedPictures(options);
  const documents = createDocumentReader({ pictures, log: options.log ?? createLog("silent") });
  onTestFinished(() => documents.stop());
  const web = createWeb({ seconds: 2, maxMegabytes: 1 }, documents, options.reach);
  onTestFinished(() => web.stop());
  const models = options.models ?? scriptedModels(options, parts.model);
  const limits = createLimits({
    settings: limitsSchema.parse(options.limits),
    ledger: store.ledger,
    models,
    seconds: 60,
  });
  const search = createSearch(options.backends ?? [], {
    seconds: 1,
    isPricedOnly: limits.countsMoney,
    log: createLog("silent"),
  });
  const tools = [
    ...createMemoryTools(store.facts),
    createReadPageTool(web.pages),
    createSearchTool(search),
    ...(options.tools ?? []),
  ] as Tool[];
  return {
    access: createAccess({
      settings: accessSchema.parse({ servers: "open", ...options.access }),
      grants: store.grants,
    }),
    limits,
    personas: {
      find: (name) => personas.find(({ id, aliases }) => id === name.toLowerCase() || aliases.includes(name)),
      list: () => personas,
      fallback: () => first,
    },
    models,
    store,
    coordinator: createLocalCoordinator(),
    tools: new Map(tools.map((tool) => [tool.name, tool])),
    pictures,
    documents,
    fileSearch: createFileSearch(),
    embedderFor: createEmbedderFor(options.embeddings, {
      limits,
      models,
      log: options.log ?? createLog("silent"),
    }),
    pages: web.pages,
    search,
    log: options.log ?? createLog("silent"),
    settings: {
      footer: "short",
      showThinking: false,
      historyTokens: 24_000,
      fileTokens: 12_000,
      topicHints: true,
      searchByModel: false,
      memoryTokens: 400,
      rounds: 8,
      seconds: 60,
      maxOutputTokens: 1_000,
      parallel: 8,
      burstMs: 0,
      patienceMs: 3_000,
      tooOldMs: 3_600_000,
      restMs: 1,
      claims: 1_000,
      settleMs: 1,
      graceMs: 50,
      retention: {},
      council: councilSchema.parse({}),
      vendors: ["scripted"],
      channels: {},
      ...options.settings,
    },
  };
}

function scriptedPictures({ pictureText }: TestBotOptions): Core["pictures"] {
  return {
    fit: async (data) => ({ pictures: [{ mimeType: "image/png", data }], frames: 1 }),
    read: async (picture) => {
      const text = pictureText?.(picture) ?? "";
      const lines = text === "" ? [] : text.split("\n");
      return { text, lines: lines.map((line) => ({ text: line, isDoubtful: line.includes("~") })) };
    },
  };
}

function scriptedModels(options: TestBotOptions, { stream }: ScriptedModel): Models {
  const { seesImages: sees = true } = options;
  return {
    choose: async (name) => ({
      name: name === "smart" ? "scripted/model" : name,
      window: options.window ?? 100_000,
      windowKnown: true,
      seesImages: Array.isArray(sees) ? sees.includes(name) : sees === true,
      callsTools: true,
      stream: options.streams?.[name] ?? stream,
      body: async (request) => request,
      countTokens: async (request) => options.countTokens?.(request),
    }),
    aliases: () => new Map([["smart", "scripted/model"]]),
    list: async () => [{ name: "scripted/model", alias: "smart" }],
    describe: async (name) => ({ name: name === "smart" ? "scripted/model" : name, isKnown: true }),
    cost: async () => 0.001,
    searchPrice: async () => undefined,
  };
}
