/** A model that thinks in no time: OpenAI's Responses API, each token in a packet of its own as vendors send them. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as breathe } from "node:timers/promises";
import { text } from "node:stream/consumers";

export interface BenchModel {
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface ModelEvents {
  /** A whole request has come. */
  requested(question: number): void;
  /** The last token is on its way. */
  said(question: number): void;
}

/** Questions carry their number as `#12#`; the answer to it ends with `∎12`. */
export const questionText = (question: number): string =>
  `How do I say "see you tomorrow" politely? #${question}#`;
export const isAnswerTo = (question: number, answer: string): boolean => answer.includes(`∎${question}.`);

const tokens = makeTokens(199);

export async function startModel(events: ModelEvents): Promise<BenchModel> {
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const question = Number(/#(\d+)#(?!.*#\d+#)/su.exec(body)?.[1]);
      events.requested(question);
      await stream(response, question, () => events.said(question));
    });
  });
  // A connection closed at the moment it is used would lose a call.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    environment: { OPENAI_API_KEY: "sk-bench", OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The events of an answer, written once: all but its end are the same each time. */
const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
const item = { id: "msg_1", type: "message", role: "assistant", status: "in_progress", content: [] };
const whole = { id: "resp_1", object: "response", model: "gpt", output: [], status: "in_progress" };
const opening = [
  frame("response.created", { response: whole }),
  frame("response.in_progress", { response: whole }),
  frame("response.output_item.added", { output_index: 0, item }),
  frame("response.content_part.added", {
    ...place,
    part: { type: "output_text", text: "", annotations: [] },
  }),
].join("");
const deltas = tokens.map(deltaFrame);

async function stream(response: ServerResponse, question: number, said: () => void): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(opening);
  const last = ` ∎${question}.`;
  for (const delta of deltas) {
    await breathe();
    response.write(delta);
  }
  await breathe();
  response.write(deltaFrame(last));
  said();
  const text = tokens.join("") + last;
  const content = [{ type: "output_text", text, annotations: [] }];
  const finished = { ...item, status: "completed", content };
  const usage = { input_tokens: 400, output_tokens: 200, total_tokens: 600 };
  response.write(frame("response.output_text.done", { ...place, text }));
  response.write(frame("response.output_item.done", { output_index: 0, item: finished }));
  const completed = { ...whole, status: "completed", output: [finished], usage };
  response.end(frame("response.completed", { response: completed }));
}

function deltaFrame(delta: string): string {
  return frame("response.output_text.delta", { ...place, delta, logprobs: [], obfuscation: "k3J9xQ2mPz" });
}

function frame(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: 1, ...data })}\n\n`;
}

/** An answer as models write them: paragraphs, a list, some emphasis, a little code. */
function makeTokens(count: number): readonly string[] {
  const paragraph =
    "The polite way is **내일 봬요**, which you say to people you know a little. " +
    "Among friends *내일 봐* is enough, and in a letter you would rather write the longer form.\n\n";
  const list =
    "- `봬요` is short for `뵈어요`\n- the stem is **뵈-**, to see someone older\n- write it apart from 내일\n\n";
  const pieces = (paragraph + list).repeat(8).match(/\s*\S{1,6}|\s+/gu) ?? [];
  return pieces.slice(0, count);
}
