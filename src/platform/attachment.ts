import { RateLimited, UserError } from "../errors.ts";
import { pause } from "../pause.ts";
import { Unreachable } from "./trouble.ts";

/** Where a file comes from. */
export interface FileSource {
  /** The platform's name, for people. */
  readonly platform: string;
  readonly maxBytes: number;
  /** Asks for the file with the platform's credentials. Throws UserError when that can't succeed. */
  request(signal: AbortSignal): Promise<Response>;
}

/** How often a file is asked for that did not come, and for how long at most, in milliseconds. */
const most = { tries: 4, ms: 60_000 };
/** The pause before the second time, in milliseconds; it doubles. */
const firstPauseMs = 1_000;

/**
 * Downloads a file of `size` bytes, where that is known, and never more than allowed; tries again what a moment may mend. Throws
 * UserError when it can't.
 */
export async function download(
  size: number | undefined,
  source: FileSource,
  signal: AbortSignal,
  pauseMs = firstPauseMs,
): Promise<Uint8Array> {
  if ((size ?? 0) > source.maxBytes) throw tooLarge(source.maxBytes);
  const since = performance.now();
  for (let tries = 1, rest = pauseMs; ; tries++, rest *= 2) {
    try {
      return await read(await source.request(signal), source);
    } catch (error) {
      signal.throwIfAborted();
      if (!mayPass(error)) throw error;
      const waitMs = error instanceof RateLimited ? Math.max(rest, error.retryAfterMs) : rest;
      if (tries === most.tries || performance.now() - since + waitMs > most.ms) throw givenUp(source, error);
      await pause(waitMs, signal);
    }
  }
}

/** The sentence for a file that is larger than this. */
export const tooLarge = (maxBytes: number): UserError =>
  new UserError(({ files }) => files.tooLarge(Number((maxBytes / 1024 / 1024).toPrecision(2))));

async function read(response: Response, { platform, maxBytes }: FileSource): Promise<Uint8Array> {
  const { ok, status, body } = response;
  if (!ok || !body) {
    await body?.cancel();
    if (status >= 500) throw new ServerFails(status);
    throw new UserError(({ files }) => files.gone(platform));
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop ends the download.
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A server of files that is in trouble. */
class ServerFails extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`it answers ${status}`);
    this.status = status;
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof RateLimited ||
  error instanceof Unreachable ||
  error instanceof ServerFails ||
  isNetworkFailure(error);

/** `fetch` fails with a TypeError like any mistake in code does, but with a cause. */
const isNetworkFailure = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;

const givenUp = ({ platform }: FileSource, cause: unknown): UserError =>
  new UserError(
    ({ files }) =>
      cause instanceof ServerFails ? files.serverFails(platform, cause.status) : files.serverAway(platform),
    { cause },
  );
