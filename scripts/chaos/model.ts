/** A model's server of its own kind: it knows the one complete answer to each question, and what is to go wrong. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { piecesOf, type Question, read } from "./questions.ts";

/** What one request was told. */
export interface ModelRequestNote {
  /** Where the question stands that it is about. */
  readonly place: string;
  readonly secrets: readonly string[];
}

export interface ChaosModelOptions {
  /** Milliseconds before each paragraph. */
  readonly everyMs: number;
  /** Where a question stands. */
  placeOf(id: string): string | undefined;
  /** All secrets so far. */
  secrets(): Iterable<string>;
}

/** A running model's server. */
export interface ChaosModel {
  /** For `baseUrl`. */
  readonly url: string;
  readonly requests: readonly ModelRequestNote[];
  /** How often it did something wrong on purpose. */
  readonly faults: number;
  /** The questions whose answer it broke off. */
  readonly cut: ReadonlySet<string>;
  stop(): Promise<void>;
}

interface ChatBody {
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
}

interface Fate {
  readonly questions: readonly Question[];
  readonly fault: Question["fault"];
  readonly callsTool: boolean;
}

export async function startChaosModel(options: ChaosModelOptions): Promise<ChaosModel> {
  const requests: ModelRequestNote[] = [];
  const asked = new Set<string>();
  const cut = new Set<string>();
  let faults = 0;

  function fateOf({ messages }: ChatBody): Fate {
    const questions = questionsIn(messages);
    const name = questions.map(({ id, version }) => `${id}v${version}`).join();
    const isFirst = !asked.has(name);
    asked.add(name);
    const fault = isFirst ? questions.find((each) => each.fault)?.fault : undefined;
    if (fault) faults++;
    const wants = questions.some(({ tool }) => tool === true);
    return { questions, fault, callsTool: wants && messages.at(-1)?.role !== "tool" };
  }

  function note(body: string, questions: readonly Question[]): void {
    const place = options.placeOf(questions.at(-1)?.id ?? "") ?? "nowhere";
    requests.push({ place, secrets: [...options.secrets()].filter((secret) => body.includes(secret)) });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const fate = fateOf(JSON.parse(body) as ChatBody);
    note(body, fate.questions);
    if (fate.fault === "busy") return refuse(response, 429, "rate_limit_exceeded");
    if (fate.fault === "broken") return refuse(response, 503, "overloaded");
    response.writeHead(200, { "content-type": "text/event-stream" });
    const say = (delta: object, finish_reason: string | null = null): boolean =>
      response.write(
        `data: ${JSON.stringify({ ...frame, choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
      );
    if (fate.callsTool) say(toolCall(), "tool_calls");
    else {
      const pieces = fate.questions.flatMap(piecesOf);
      for (const [index, piece] of pieces.entries()) {
        await sleep(options.everyMs);
        if (response.destroyed) return;
        if (fate.fault === "cut" && index >= pieces.length / 2) {
          for (const { id } of fate.questions) cut.add(id);
          return void response.destroy();
        }
        say({ content: index === 0 ? piece : `\n\n${piece}` });
      }
      say(pieces.length === 0 ? { content: "There is no question in this." } : {}, "stop");
    }
    const usage = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 };
    response.end(`data: ${JSON.stringify({ ...frame, choices: [], usage })}\n\ndata: [DONE]\n\n`);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    cut,
    get faults() {
      return faults;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const frame = { id: "chaos", object: "chat.completion.chunk", created: 0, model: "chat" };

/** What is asked now: of the last message that asks something, the rest being history and what the bot says to the model. */
function questionsIn(messages: ChatBody["messages"]): readonly Question[] {
  for (const { role, content } of messages.toReversed()) {
    const questions = role === "user" ? read(textOf(content)) : [];
    if (questions.length > 0) return questions;
  }
  return [];
}

const textOf = (content: unknown): string =>
  typeof content === "string" ? content : JSON.stringify(content ?? "");

const toolCall = (): object => ({
  tool_calls: [
    {
      index: 0,
      id: `call_${Math.random().toString(36).slice(2, 12)}`,
      type: "function",
      function: { name: "remember", arguments: JSON.stringify({ fact: "Likes tea." }) },
    },
  ],
});

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = JSON.stringify({ error: { message: "not now", type: code, code } });
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}
