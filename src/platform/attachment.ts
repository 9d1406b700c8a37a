import { UserError } from "../errors.ts";

/** Where a file comes from. */
export interface FileSource {
  /** The platform's name, for people. */
  readonly platform: string;
  readonly maxBytes: number;
  /** Asks for the file with the platform's credentials. Throws UserError when that can't succeed. */
  request(signal: AbortSignal): Promise<Response>;
}

/** Downloads a file of `size` bytes, where that is known, and never more than allowed. Throws UserError when it can't. */
export async function download(
  size: number | undefined,
  source: FileSource,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if ((size ?? 0) > source.maxBytes) throw tooLarge(source.maxBytes);
  try {
    return await read(await source.request(signal), source);
  } catch (error) {
    throw isNetworkFailure(error) ? unreachable(source, error) : error;
  }
}

/** The sentence for a file that is larger than this. */
export const tooLarge = (maxBytes: number): UserError =>
  new UserError(({ files }) => files.tooLarge(Number((maxBytes / 1024 / 1024).toPrecision(2))));

async function read(response: Response, { platform, maxBytes }: FileSource): Promise<Uint8Array> {
  const { ok, status, body } = response;
  if (!ok || !body) {
    await body?.cancel();
    throw new UserError(({ files }) =>
      status >= 500 ? files.serverFails(platform, status) : files.gone(platform),
    );
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

/** `fetch` fails with a TypeError like any mistake in code does, but with a cause. */
const isNetworkFailure = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;

const unreachable = ({ platform }: FileSource, cause: unknown): UserError =>
  new UserError(({ files }) => files.serverAway(platform), { cause });
