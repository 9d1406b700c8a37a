/** The emulated REST interface: routes, limits, faults. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createBuckets, type BucketSize, Refusal } from "./limits.ts";

/** One call, as a route gets it. */
export interface Call {
  readonly params: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly name: string; readonly mimeType: string; readonly data: Uint8Array }[];
  readonly query: URLSearchParams;
}

export interface Route {
  readonly method: string;
  /** Under `/api/v10`; each `:x` becomes a parameter. */
  readonly path: string;
  /** Calls of the same bucket and first parameter share a limit. */
  readonly bucket?: string;
  /** Without the bot's token: interactions and webhooks carry their own, and files need none. */
  readonly open?: boolean;
  /** Of the file server rather than of the interface. */
  readonly cdn?: boolean;
  /** What it answers: JSON, or bytes; undefined is 204. Throws Refusal. */
  run(call: Call): unknown;
}

export interface RestOptions {
  readonly token: string;
  readonly bucket: BucketSize;
  readonly routes: readonly Route[];
}

export interface Rest {
  readonly complaints: readonly string[];
  /** Every call that came, as `POST /channels/1/messages`. */
  readonly calls: readonly string[];
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  limit(count: number, ms: number): void;
  downUntil(moment: number): void;
  /** The next call that posts is carried out, but its answer is lost on the way. */
  dropNextAnswer(): void;
  readonly isDown: boolean;
}

export function createRest({ token, bucket, routes }: RestOptions): Rest {
  const patterns = routes.map((route) => ({
    route,
    pattern: new RegExp(`^${route.cdn ? "" : "/api/v10"}${route.path.replaceAll(/:\w+/gu, "([^/]+)")}$`, "u"),
  }));
  const buckets = createBuckets(bucket);
  const complaints: string[] = [];
  const calls: string[] = [];
  let limited = { count: 0, ms: 0 };
  let downUntil = 0;
  let dropNext = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? "", "http://localhost");
    const path = pathname.replaceAll("%40", "@");
    const found = patterns
      .map(({ route, pattern }) => ({ route, match: pattern.exec(path) }))
      .find(({ route, match }) => match && route.method === request.method);
    const name = `${request.method} ${pathname.replace("/api/v10", "")}`;
    calls.push(name);
    if (!found?.match) throw new Refusal(404, 0, "404: Not Found");
    const { route, match } = found;
    if (!route.open && request.headers.authorization !== `Bot ${token}`)
      throw new Refusal(401, 0, "401: Unauthorized");
    const params = match.slice(1);
    const body = await readBody(request);
    if (route.bucket !== undefined) {
      if (limited.count > 0) {
        limited.count -= 1;
        return tooMany(response, limited.ms, {});
      }
      const { headers, waitMs } = buckets.take(`${route.bucket} ${params[0]}`);
      if (waitMs > 0) {
        complaints.push(`too many calls: ${name}`);
        return tooMany(response, waitMs, headers);
      }
      for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
    }
    const result = await route.run({ params, query, ...body });
    if (dropNext && request.method === "POST") {
      dropNext = false;
      request.socket.destroy();
      return;
    }
    if (result === undefined) response.writeHead(204).end();
    else if (result instanceof Uint8Array) response.writeHead(200).end(result);
    else json(response, 200, result);
  }

  return {
    complaints,
    calls,
    async handle(request, response) {
      if (Date.now() < downUntil) return json(response, 503, { message: "upstream connect error", code: 0 });
      try {
        await answer(request, response);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { status, code, message } = error;
        if (code === 50035 || code === 50006 || (status === 404 && code === 0))
          complaints.push(`${request.method} ${request.url}: ${message}`);
        json(response, status, { message, code });
      }
    },
    limit: (count, ms) => void (limited = { count, ms }),
    downUntil: (moment) => void (downUntil = moment),
    dropNextAnswer: () => void (dropNext = true),
    get isDown() {
      return Date.now() < downUntil;
    },
  };
}

function tooMany(response: ServerResponse, ms: number, headers: Readonly<Record<string, string>>): void {
  const seconds = ms / 1000;
  for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
  response.setHeader("retry-after", String(seconds));
  response.setHeader("x-ratelimit-scope", "user");
  json(response, 429, { message: "You are being rate limited.", retry_after: seconds, global: false });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<Pick<Call, "body" | "files">> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: {}, files: [] };
  if (!type.startsWith("multipart/form-data")) return { body: asBody(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: Call["files"][number][] = [];
  for (const [, value] of form)
    if (value instanceof File)
      files.push({ name: value.name, mimeType: value.type, data: new Uint8Array(await value.arrayBuffer()) });
  const payload = form.get("payload_json");
  return { body: asBody(typeof payload === "string" ? payload : "{}"), files };
}

/** A list (commands) stands under `list`. */
function asBody(text: string): Readonly<Record<string, unknown>> {
  const parsed = JSON.parse(text) as unknown;
  return Array.isArray(parsed) ? { list: parsed } : (parsed as Readonly<Record<string, unknown>>);
}
