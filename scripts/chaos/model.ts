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
  /** Milliseconds before each paragraph, of a long answer less. */
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
  /** What it says instead of the answer, where it was not told all that was asked. */
  readonly complaint: string | undefined;
}

export async function startChaosModel(options: ChaosModelOptions): Promise<ChaosModel> {
  const requests: ModelRequestNote[] = [];
  const asked = new Set<string>();
  const cut = new Set<string>();
  let faults = 0;

  function fateOf({ messages }: ChatBody): Fate {
    const { questions, pictures } = askedIn(messages);
    const name = questions.map(({ id, version }) => `${id}v${version}`).join();
    const isFirst = !asked.has(name);
    asked.add(name);
    const fault = isFirst ? questions.find((each) => each.fault)?.fault : undefined;
    if (fault) faults++;
    const wants = questions.some(({ tool }) => tool === true);
    const callsTool = wants && messages.at(-1)?.role !== "tool";
    return { questions, fault, callsTool, complaint: complain(questions, pictures) };
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
    else if (fate.complaint !== undefined) say({ content: fate.complaint }, "stop");
    else {
      const pieces = fate.questions.flatMap(piecesOf);
      for (const [index, piece] of pieces.entries()) {
        await sleep(Math.min(options.everyMs, longestMs / pieces.length));
        if (response.destroyed) return;
        if (fate.fault === "cut" && index >= pieces.length / 2) {
          for (const { id } of fate.questions) cut.add(id);
          return void response.destroy();
        }
        say({ content: index === 0 ? piece : `\n\n${piece}` });
      }
      say({}, "stop");
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

/** An answer that takes longer than processes live is given up after some of them, which is no fault: none takes so long, in milliseconds. */
const longestMs = 3_000;

const frame = { id: "chaos", object: "chat.completion.chunk", created: 0, model: "chat" };

/** What is asked now: of the last message that asks something, the rest being history and what the bot says to the model. */
function askedIn(messages: ChatBody["messages"]): {
  readonly questions: readonly Question[];
  readonly pictures: number;
} {
  for (const { role, content } of messages.toReversed()) {
    const said = textOf(content);
    const questions = role === "user" ? read(said) : [];
    if (questions.length > 0) return { questions, pictures: said.split(picture).length - 1 };
  }
  return { questions: [], pictures: 0 };
}

/** Each question comes with all its pictures, and nobody else's. */
function complain(questions: readonly Question[], seen: number): string | undefined {
  if (questions.length === 0) return "There is no question in this.";
  const sent = questions.reduce((sum, { pictures = 0 }) => sum + pictures, 0);
  const ids = questions.map(({ id }) => id).join(" and ");
  return seen === sent ? undefined : `Of the ${sent} pictures of ${ids} I see ${seen}.`;
}

/** Text and pictures in one, as they stand. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return typeof content === "string" ? content : "";
  const parts = content as readonly { readonly type: string; readonly text?: string }[];
  return parts.map(({ type, text = "" }) => (type === "text" ? text : picture)).join("\n");
}

const picture = "[picture]";

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
