import { eventually } from "../eventually.ts";
import { pino } from "pino";
import { expect } from "vitest";
import { createTelegramAdapter, type TelegramOptions } from "../../../adapters/telegram/index.ts";
import type { TelegramMessage } from "../../../adapters/telegram/render.ts";
import type { Adapter, Answer, Inbound, PostOptions } from "../../../src/chat.ts";
import { startTelegramEmulator, type TelegramEmulator, type TelegramEmulatorOptions } from "./index.ts";

/** The real adapter connected to an emulator, with a core that only listens. */
export interface Stage {
  readonly telegram: TelegramEmulator;
  readonly adapter: Adapter<TelegramMessage>;
  readonly received: Inbound[];
  readonly log: string[];
}

const opened: { stop(): Promise<void> }[] = [];

/** Stops what was opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const each of opened.splice(0).toReversed()) await each.stop();
}

export function keep<Opened extends { stop(): Promise<void> }>(each: Opened): Opened {
  opened.push(each);
  return each;
}

const bot: TelegramOptions["bot"] = {
  commands: [{ name: "persona", usage: "[name]", summary: "list or switch" }],
  shortcuts: [{ persona: "vocab", label: "Extract vocabulary" }],
};

export function optionsFor({ environment }: TelegramEmulator, log: string[] = []): TelegramOptions {
  const { TELEGRAM_BOT_TOKEN: token = "", TELEGRAM_API_ROOT: apiRoot = "" } = environment;
  return { token, apiRoot, bot, log: pino({}, { write: (line: string) => void log.push(line) }) };
}

export async function openStage(
  emulated: TelegramEmulatorOptions = {},
  given: Partial<TelegramOptions> = {},
): Promise<Stage> {
  const telegram = keep(await startTelegramEmulator(emulated));
  const received: Inbound[] = [];
  const log: string[] = [];
  const adapter = keep(createTelegramAdapter({ ...optionsFor(telegram, log), ...given }));
  await adapter.prepare?.();
  await adapter.start(async (inbound) => void received.push(inbound));
  await telegram.ready();
  return { telegram, adapter, received, log };
}

/** The `count`th thing that came in, once it has. */
export async function next({ received }: Stage, count = 1): Promise<Inbound> {
  await eventually(() => expect(received.length).toBeGreaterThanOrEqual(count));
  const inbound = received[count - 1];
  if (!inbound) throw new Error("nothing came");
  return inbound;
}

export const answerOf = (text: string, more: Partial<Answer> = {}): Answer => ({
  state: "done",
  text,
  thinking: "",
  sources: [],
  notices: [],
  footer: "off",
  actions: [],
  ...more,
});

let posts = 0;

/** What a post answers, with a key of its own. */
export const about = (cause: string, replyTo?: string): PostOptions => ({
  cause,
  key: `post-${posts++}`,
  ...(replyTo !== undefined && { replyTo }),
});

/** The first message of an answer. */
export function first(
  { adapter }: Pick<Stage, "adapter">,
  text: string,
  more: Partial<Answer> = {},
): TelegramMessage {
  const [message] = adapter.render(answerOf(text, more));
  if (!message) throw new Error("nothing to show");
  return message;
}

export const wordsOf = (inbound: Inbound): string =>
  inbound.type === "message" ? inbound.text : `(${inbound.type})`;
