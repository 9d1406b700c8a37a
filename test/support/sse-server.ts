import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** One answer, byte for byte as a vendor would send it. */
export interface RawAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Events of a stream: objects become `data: {…}` (with `event:` when `named`), strings are sent as they are; a number waits, in milliseconds. */
  readonly events?: readonly (object | string | number)[];
  /** Whether each event carries its `type` as its name, as Anthropic and the Responses API do. */
  readonly named?: boolean;
  /** A body that is no stream. */
  readonly json?: unknown;
  /** A page of HTML, as what stands before a vendor sends. */
  readonly page?: string;
  /** How the stream ends: in order, by a dropped socket, or not at all. Default: in order. */
  readonly end?: "close" | "drop" | "hang";
}

/** A request with its body as it was sent. */
interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** The client's port, which tells connections apart. */
  readonly port: number | undefined;
  /** Settles when the client has closed the connection. */
  readonly closed: Promise<void>;
}

/** A server that replays raw answers, for what the models' server can't produce. */
export interface SseServer {
  readonly url: string;
  /** Answers the next requests in this order; a path answers only its own. */
  enqueue(...answers: readonly RawAnswer[]): void;
  /** Answers every request to this path. */
  onPath(path: string, answer: RawAnswer): void;
  requests(): readonly RawRequest[];
  /** How many answers are neither ended nor given up by their client. */
  open(): number;
  stop(): Promise<void>;
}

/** Starts one on a free port; stop it after the tests. */
export async function startSseServer(): Promise<SseServer> {
  const queue: RawAnswer[] = [];
  const byPath = new Map<string, RawAnswer>();
  const requests: RawRequest[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    void take(request, response).then((taken) => {
      requests.push(taken);
      return reply(
        response,
        byPath.get(taken.path) ?? queue.shift() ?? { status: 404, json: { error: { message: "not found" } } },
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    enqueue: (...answers) => void queue.push(...answers),
    onPath: (path, answer) => void byPath.set(path, answer),
    requests: () => requests,
    open: () => open.size,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<RawRequest> {
  const closed = once(response, "close").then(() => undefined);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { method = "", url = "", headers } = request;
  const { remotePort: port } = request.socket;
  return { method, path: url.split("?")[0] ?? "", headers, body: text ? JSON.parse(text) : {}, port, closed };
}

async function reply(
  response: ServerResponse,
  { status = 200, headers, events = [], named, json, page, end }: RawAnswer,
): Promise<void> {
  if (page !== undefined) {
    response.writeHead(status, { "content-type": "text/html", ...headers }).end(page);
    return;
  }
  if (json !== undefined) {
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
    return;
  }
  response.writeHead(status, { "content-type": "text/event-stream", ...headers });
  response.flushHeaders();
  for (const event of events) {
    if (typeof event === "number") await sleep(event);
    else response.write(typeof event === "string" ? event : frame(event, named));
  }
  if (end === "hang") return;
  // A moment later, so that what was written is sent before the socket goes.
  setTimeout(() => (end === "drop" ? response.destroy() : response.end()), 20);
}

function frame(event: object, named = false): string {
  const name = named && "type" in event ? `event: ${String(event.type)}\n` : "";
  return `${name}data: ${JSON.stringify(event)}\n\n`;
}
