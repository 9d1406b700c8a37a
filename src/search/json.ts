import { UserError } from "../errors.ts";

/** How a backend is asked. */
export interface Asked {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, which makes it a POST. */
  readonly body?: object;
  readonly signal: AbortSignal;
}

/** More than any answer to one search is. */
const mostBytes = 4_000_000;

/**
 * Asks a server that whoever runs the bot has named: it may stand in their own network, so that the guard of
 * `web/fetch.ts` is not for it. Throws UserError with a clause that says what is wrong.
 */
export async function askText({ url, headers, body, signal }: Asked): Promise<string> {
  const response = await fetch(url, {
    signal,
    redirect: "error",
    headers: {
      accept: "application/json, text/html;q=0.5",
      "user-agent": "Parlance/0.1",
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new UserError(({ search }) => search.unreachable, { cause });
  });
  const { status } = response;
  if (status !== 200) {
    await response.body?.cancel();
    throw new UserError(({ search }) => search.status(status));
  }
  return readBounded(response);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw unreadable();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The same for what answers in JSON. */
export async function askJson(asked: Asked): Promise<unknown> {
  const text = await askText(asked);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(cause);
  }
}

/** What came is not in the form that such a server answers in. */
export const unreadable = (cause?: unknown): UserError =>
  new UserError(({ search }) => search.unreadable, { cause });
