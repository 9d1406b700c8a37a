import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { UserError } from "../errors.ts";
import type { Log } from "../log.ts";

/** What is done with requests that a platform sends. */
export interface Requests {
  /** The platform's name, for the log. */
  readonly platform: string;
  readonly port: number;
  /** The header, in small letters, and what must stand in it: others are turned away before their body is read. */
  readonly secret: { readonly header: string; readonly value: string };
  /** Takes a request's body. Answered by 200 once it has settled, and by 500 when it rejects: then it should come again. */
  readonly take: (body: string) => Promise<void>;
  readonly log: Log;
}

const largestBody = 1024 * 1024;

/**
 * Listens for POST requests on every address and at any path, and answers GET requests by 200 to those who ask whether
 * it lives. The returned function stops it once what runs is answered. Throws UserError when the port can't be had.
 */
export async function listen(requests: Requests): Promise<() => Promise<void>> {
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    void statusOf(request, requests).then((status) => {
      // What was not read would be taken for the next request.
      if (!request.complete || !server.listening) response.setHeader("connection", "close");
      response.writeHead(status).end();
    });
  });
  const { port } = requests;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject).listen(port, resolve);
  await promise.catch((error: unknown) => {
    throw new UserError(`Requests can't be received on port ${port}: is it taken?`, { cause: error });
  });
  return () => closeServer(server);
}

/** How long requests that were begun may take when the port is closed, in milliseconds: as long as platforms wait for an answer. */
const closingMs = 3_000;

/** Closes a port once what came in is answered; whoever does not finish a request must not hold up what else is to end. */
export async function closeServer(server: Server): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), closingMs);
  await new Promise((resolve) => void server.close(resolve));
  clearTimeout(cut);
}

async function statusOf(
  request: IncomingMessage,
  { platform, secret, take, log }: Requests,
): Promise<number> {
  if (request.method === "GET" || request.method === "HEAD") return 200;
  if (request.method !== "POST") return 405;
  if (!isSame(String(request.headers[secret.header]), secret.value)) return 401;
  try {
    const body = await read(request);
    if (body === undefined) return 413;
    await take(body);
    return 200;
  } catch (err) {
    log.warn({ err }, `${platform}: a request could not be dealt with and should come again`);
    return 500;
  }
}

/** Takes as long whatever the difference is. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largestBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
