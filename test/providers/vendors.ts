import { pino } from "pino";
import { z } from "zod";
import { loadConfig } from "../../src/config.ts";
import type { Models } from "../../src/core.ts";
import { createModels } from "../../src/providers/models.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { runTurn, type TurnEvent, type TurnResult } from "../../src/turn.ts";
import { makeFolder } from "../support/folder.ts";
import { type RawAnswer, startSseServer } from "../support/sse-server.ts";
import { chunk, finish } from "./chat-wire.ts";
import { english } from "../../src/words/words.ts";

/** What a turn came to. */
interface Played {
  readonly text: string;
  readonly events: readonly TurnEvent[];
  readonly result?: TurnResult;
  readonly error?: unknown;
}

interface PlayOptions {
  readonly signal?: AbortSignal;
  readonly seconds?: number;
}

/** Two vendors of different kinds on loopback, that fail as they are told, and turns of the real providers with them. */
export async function startVendors() {
  const [chat, claude] = await Promise.all([startSseServer(), startSseServer()]);
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => lines.push(line) });

  /** A process's models: `smart` is Chat Completions, then Anthropic, unless in another `order`; `one` is known for this. */
  function openModels({ bounds = "", order = ["chat/one", "claude/two"], one = "" } = {}): Models {
    const [model, ...fallback] = order;
    const cwd = makeFolder({
      "parlance.yaml": `
providers:
  chat: { kind: openai-chat, baseUrl: "${chat.url}", apiKey: key-chat-12345678, models: { one: { ${one} } } }
  claude: { kind: anthropic, baseUrl: "${claude.url}", apiKey: key-claude-12345678 }
models:
  smart: { model: ${model}, fallback: [${fallback.join(", ")}] }
turn: { ${bounds} }
`,
    });
    return createModels(loadConfig({ env: {}, cwd }), log);
  }

  return {
    chat,
    claude,
    openModels,
    /** What was logged. */
    lines,
    /** How many answers are still open, at both. */
    open: () => chat.open() + claude.open(),
    async stop(): Promise<void> {
      await Promise.all([chat.stop(), claude.stop()]);
    },
  };
}

const weather: Tool = {
  name: "weather",
  description: "Tells the weather of a city.",
  input: z.object({ city: z.string() }),
  status: "looking",
  run: async (input) => ({ text: `sunny in ${z.object({ city: z.string() }).parse(input).city}` }),
};

/** One question to `smart`, with a tool. */
export async function play(models: Models, { signal, seconds = 60 }: PlayOptions = {}): Promise<Played> {
  const { stream } = await models.choose("smart");
  const messages = [{ role: "user", parts: [{ type: "text", text: "오늘 날씨는?" }] }] as const;
  const tools = [{ name: "weather", description: "Tells it.", inputSchema: { type: "object" } }];
  const turn = runTurn({
    stream,
    request: { instructions: "Be brief.", messages, stableMessages: 0, tools, maxOutputTokens: 8_192 },
    tools: new Map([["weather", weather]]),
    toolContext: {
      person: "cli:kim",
      job: "job",
      persona: "assistant",
      where: { thread: "fake:kim", place: "dm" },
      images: [],
      languages: [],
      words: "",
      seesOthers: false,
      sentences: english,
      origin: async () => ({ placeName: "" }),
    },
    rounds: 3,
    seconds,
    signal: signal ?? new AbortController().signal,
  });
  const events: TurnEvent[] = [];
  const text = () => events.map((event) => (event.type === "text" ? event.text : "")).join("");
  try {
    for (;;) {
      const step = await turn.next();
      if (step.done) return { text: text(), events, result: step.value };
      events.push(step.value);
    }
  } catch (error) {
    return { text: text(), events, error };
  }
}

/** Who took over from whom, as people are told. */
export const takeovers = ({ events }: Played) =>
  events.flatMap((event) =>
    event.type === "answering"
      ? event.failed.map(({ model, kind }) => `${model} ${kind} -> ${event.model}`)
      : [],
  );

/** Chat Completions that say this, and end in order or not. */
export const chatSays = (texts: readonly string[], end?: "drop" | "hang"): RawAnswer => ({
  events: [...texts.map((content) => chunk({ content })), ...(end ? [] : [finish(), "data: [DONE]\n\n"])],
  ...(end && { end }),
});
/** An answer without the last of what its vendor sends, which ends like this. */
export const cutShort = ({ events = [], ...answer }: RawAnswer, end: "drop" | "hang"): RawAnswer => ({
  ...answer,
  events: events.slice(0, -1),
  end,
});

export const claudeBegins = {
  type: "message_start",
  message: { id: "m", content: [], usage: { input_tokens: 20, output_tokens: 1 } },
};
export const claudeText = (text: string, index = 0) => [
  { type: "content_block_start", index, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index, delta: { type: "text_delta", text } },
  { type: "content_block_stop", index },
];
const claudeEnds = (reason = "end_turn") => [
  {
    type: "message_delta",
    delta: { stop_reason: reason, stop_sequence: null },
    usage: { output_tokens: 7 },
  },
  { type: "message_stop" },
];
/** Anthropic's answer. */
export const claudeSays = (text: string): RawAnswer => ({
  named: true,
  events: [claudeBegins, ...claudeText(text), ...claudeEnds()],
});
/** Anthropic's that says this and calls a tool. */
export const claudeCalls = (text: string, name: string, json: string): RawAnswer => ({
  named: true,
  events: [claudeBegins, ...claudeText(text), ...claudeCall("call_1", name, json), ...claudeEnds("tool_use")],
});
/** One block of it. */
export const claudeCall = (id: string, name: string, json: string, index = 1) => [
  { type: "content_block_start", index, content_block: { type: "tool_use", id, name } },
  { type: "content_block_delta", index, delta: { type: "input_json_delta", partial_json: json } },
  { type: "content_block_stop", index },
];
export const busy: RawAnswer = { status: 503, json: { error: { message: "Busy.", type: "server_error" } } };
