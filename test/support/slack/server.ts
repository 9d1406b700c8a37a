import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import type { EventDelivery } from "./delivery.ts";
import { Refused, TooMany } from "./refused.ts";
import type { WebApi } from "./web-api.ts";
import type { Workspace } from "./workspace.ts";

/** Slack's servers in one: the Web API, files, response addresses and the socket. */
export interface SlackServer {
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerParts {
  readonly api: WebApi;
  readonly workspace: Workspace;
  readonly delivery: EventDelivery;
  readonly botToken: string;
  /** What the bot's token may do, as each answer's header says. */
  readonly scopes: () => readonly string[];
  /** Whether the app may read files. */
  readonly readsFiles: () => boolean;
  /** Answers in Slack's place, when something is wrong with it; `silent`: not at all; `broken`: only after doing it. */
  readonly trouble: (
    method: string,
  ) => { status: number; retryAfter?: number } | "silent" | "broken" | undefined;
  /** What a response address was given. */
  readonly onResponse: (text: string) => void;
}

export async function startServer(parts: ServerParts): Promise<SlackServer> {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const sockets = new WebSocketServer({ server, path: "/socket" });
  sockets.on("connection", (socket) => parts.delivery.connect(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, area = "", name = ""] = new URL(request.url ?? "/", "http://localhost").pathname.split("/");
  const body = await buffer(request);
  const token = request.headers.authorization?.replace("Bearer ", "") ?? "";
  const origin = `http://${request.headers.host}`;
  if (area === "api")
    return callMethod(parts, { method: name, token, body: body.toString(), origin }, response);
  if (area === "files") return sendFile(parts, { name, token }, response);
  if (area === "upload") {
    const file = parts.workspace.files.get(name);
    if (file) file.data = fileIn(body, request.headers["content-type"] ?? "");
    response.writeHead(file ? 200 : 404).end("OK");
    return;
  }
  if (area === "response") {
    const { text = "" } = JSON.parse(body.toString()) as { text?: string };
    parts.onResponse(text);
  }
  response.writeHead(200).end("ok");
}

function callMethod(
  { api, scopes, trouble }: ServerParts,
  { body, ...call }: { method: string; token: string; body: string; origin: string },
  response: ServerResponse,
): void {
  const wrong = trouble(call.method);
  if (wrong === "silent") return;
  if (wrong && wrong !== "broken") {
    const after = wrong.retryAfter === undefined ? {} : { "retry-after": String(wrong.retryAfter) };
    response.writeHead(wrong.status, after).end("{}");
    return;
  }
  const say = (result: object, status = 200, headers: Record<string, string> = {}): void => {
    if (wrong === "broken") {
      response.destroy();
      return;
    }
    const scope = { "x-oauth-scopes": scopes().join(",") };
    response.writeHead(status, { "content-type": "application/json", ...scope, ...headers });
    response.end(JSON.stringify(result));
  };
  try {
    const args = Object.fromEntries(new URLSearchParams(body));
    say(api.call({ ...call, args }));
  } catch (error) {
    if (error instanceof TooMany)
      say({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(error.seconds) });
    else if (error instanceof Refused) say({ ok: false, error: error.message });
    else throw error;
  }
}

/** To those who may not read a file, Slack shows its login page. */
function sendFile(
  { workspace, botToken, readsFiles }: ServerParts,
  { name, token }: { name: string; token: string },
  response: ServerResponse,
): void {
  const file = workspace.files.get(name);
  if (!file) response.writeHead(404).end();
  else if (token !== botToken || !readsFiles()) response.writeHead(302, { location: "/login" }).end();
  else response.writeHead(200, { "content-type": file.mimetype }).end(file.data);
}

/** The one file of a multipart form. */
function fileIn(body: Buffer, contentType: string): Buffer {
  const boundary = /boundary=(?<boundary>.+)$/u.exec(contentType)?.groups?.["boundary"];
  if (boundary === undefined) return body;
  const start = body.indexOf("\r\n\r\n") + 4;
  return body.subarray(start, body.lastIndexOf(`\r\n--${boundary}`));
}
