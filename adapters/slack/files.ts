import type { types, webApi } from "@slack/bolt";
import type { Attachment, OutgoingFile, ThreadId } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { parseThread } from "./place.ts";

/** A file as events describe it. */
export type SlackFile = NonNullable<types.GenericMessageEvent["files"]>[number];

/** How files are fetched. */
export interface Downloads {
  readonly client: webApi.WebClient;
  readonly token: string;
  /** In bytes. */
  readonly maxBytes: number;
  /** Hosts besides Slack's own that may see the token: a private deployment's. */
  readonly host: string | undefined;
}

export function attachmentOf(file: SlackFile, downloads: Downloads): Attachment {
  const name = file.name ?? file.title ?? file.id;
  return {
    name,
    mimeType: file.mimetype || "application/octet-stream",
    ...(file.size > 0 && { size: file.size }),
    fetch: (signal) => download(name, file, { ...downloads, signal }),
  };
}

async function download(
  name: string,
  file: SlackFile,
  { client, token, maxBytes, host, signal }: Downloads & { signal: AbortSignal },
): Promise<Uint8Array> {
  const tooLarge = `${name} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB, the most I take.`;
  if (file.size > maxBytes) throw new UserError(tooLarge);
  // Events from shared channels carry the id alone.
  const url = file.url_private ?? (await client.files.info({ file: file.id })).file?.url_private;
  if (url === undefined || !maySeeToken(new URL(url), host))
    throw new UserError(`${name} is not kept in Slack, so I can't read it. Please upload it here.`);
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "manual",
    signal,
  });
  // Without the right to read, Slack leads to its login page rather than saying so.
  const isLogin =
    response.headers.get("content-type")?.startsWith("text/html") && file.mimetype !== "text/html";
  if (response.status >= 300 || isLogin || !response.body) {
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410)
      throw new UserError(`${name} is gone from Slack.`);
    throw new UserError(
      `Slack does not let me read ${name}. Whoever runs me can add the scope files:read to the Slack app and install it again.`,
    );
  }
  return await take(response.body, maxBytes, tooLarge);
}

function maySeeToken({ protocol, hostname, host }: URL, own: string | undefined): boolean {
  return (protocol === "https:" && hostname.endsWith(".slack.com")) || host === own;
}

async function take(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  tooLarge: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new UserError(tooLarge);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Puts a file into a thread; the file's id. */
export async function uploadFile(
  client: webApi.WebClient,
  thread: ThreadId,
  file: OutgoingFile,
): Promise<string> {
  const { channel, root } = parseThread(thread);
  const where = root === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: root };
  const data = { file: Buffer.from(file.data), filename: file.name, title: file.name };
  const { files } = await client.filesUploadV2({ ...where, ...data });
  const id = files.at(0)?.files?.at(0)?.id;
  if (id === undefined) throw new Error("Slack took a file without saying which");
  return id;
}
