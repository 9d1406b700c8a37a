import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { text } from "node:stream/consumers";
import { LLMock, type ChatCompletionRequest, type FixtureResponse } from "@copilotkit/aimock";

/** What a model is to answer: `{ content }`, `{ toolCalls }`, `{ error, status }`, each with `reasoning`, `usage` and more. */
export type ScriptedAnswer = FixtureResponse;

/** An answer that depends on what is asked. */
export type Answering = (request: ChatCompletionRequest) => ScriptedAnswer;

/** A request to the server. */
interface ModelCall {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent, in the vendor's own form. */
  readonly body: Readonly<Record<string, unknown>>;
  /** In the form of Chat Completions, whatever the API was; without pictures and vendor's extras. */
  readonly chat: ChatCompletionRequest;
}

/** A models' server on loopback that speaks every vendor's API. */
export interface ModelServer {
  /** For `providers.anthropic.baseUrl`. */
  readonly url: string;
  /** For `providers.openai.baseUrl` and every compatible vendor's. */
  readonly openAiUrl: string;
  /** Answers the next requests in this order; where none is left, `onMessage` and then a default answer apply. */
  enqueue(...answers: readonly (ScriptedAnswer | Answering)[]): void;
  /** Forgets the answers that nobody has asked for; how many. */
  clear(): number;
  /** Answers every request whose last user message contains the text or matches. */
  onMessage(
    pattern: string | RegExp,
    answer: ScriptedAnswer | ((request: ChatCompletionRequest) => ScriptedAnswer),
  ): void;
  /** Every request so far, oldest first. */
  requests(): readonly ModelCall[];
  /** How many requests are being answered now. */
  open(): number;
  /** For what this does not cover. */
  readonly mock: LLMock;
  stop(): Promise<void>;
}

export interface ModelServerOptions {
  /** Refuse every other key. */
  readonly apiKeys?: readonly string[];
  /** Milliseconds between two pieces of a stream. */
  readonly latency?: number;
  /** Characters in a piece of a stream. */
  readonly chunkSize?: number;
  /** What is answered when nothing else is said. */
  readonly fallback?: ScriptedAnswer;
}

/** Starts one on a free port; stop it after the tests. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { apiKeys, latency, chunkSize, fallback = { content: "Hello from the model." } } = options;
  const mock = new LLMock({
    port: 0,
    ...(apiKeys && { auth: { apiKeys } }),
    ...(latency !== undefined && { latency }),
    ...(chunkSize !== undefined && { chunkSize }),
  });
  const front = await startRecorder(await mock.start());
  const queue: (ScriptedAnswer | Answering)[] = [];
  mock.on({ predicate: () => queue.length > 0 }, (request) => {
    const next = queue.shift() ?? fallback;
    return typeof next === "function" ? next(request) : next;
  });
  const last = { match: {}, response: fallback };
  mock.addFixture(last);
  return {
    url: front.url,
    openAiUrl: `${front.url}/v1`,
    open: front.open,
    mock,
    enqueue: (...answers) => void queue.push(...answers),
    clear: () => queue.splice(0).length,
    onMessage(pattern, answer) {
      // Before the default answer, behind the queue.
      const fixtures = mock.getFixtures().filter((fixture) => fixture.match !== last.match);
      mock
        .clearFixtures()
        .addFixtures([...fixtures, { match: { userMessage: pattern }, response: answer }, last]);
    },
    requests: () =>
      mock.getRequests().flatMap(({ path, headers, body }) => {
        const sent = front.bodies.get(headers[recordHeader] ?? "");
        return sent && body ? [{ path, headers, body: sent, chat: body as ChatCompletionRequest }] : [];
      }),
    async stop() {
      await front.stop();
      await mock.stop();
    },
  };
}

const recordHeader = "x-record";

/** The mock's journal keeps requests translated; this stands before it and keeps them as they were sent. */
async function startRecorder(target: string) {
  const bodies = new Map<string, Readonly<Record<string, unknown>>>();
  let open = 0;
  const server = createServer((request, response) => {
    open++;
    response.on("close", () => open--);
    void text(request).then((body) => {
      const record = String(bodies.size);
      bodies.set(record, body ? JSON.parse(body) : {});
      const { method, headers, url } = request;
      const onward = forward(
        `${target}${url}`,
        { method, headers: { ...headers, [recordHeader]: record } },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          // A dropped socket is passed on as one.
          pipeline(answer, response, () => response.destroy());
        },
      );
      onward.on("error", () => response.destroy());
      response.on("close", () => onward.destroy());
      onward.end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    open: () => open,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
