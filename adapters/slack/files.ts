import type { types, webApi } from "@slack/bolt";
import type { Attachment, OutgoingFile, ThreadId } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { createAttachment } from "../../src/platform/attachment.ts";
import { parseThread } from "../../src/platform/thread-id.ts";

/** A file as events describe it. */
export type SlackFile = NonNullable<types.GenericMessageEvent["files"]>[number];

/** How files are fetched. */
export interface Downloads {
  readonly client: webApi.WebClient;
  readonly token: string;
  readonly maxBytes: number;
  /** Hosts besides Slack's own that may see the token: a private deployment's. */
  readonly host: string | undefined;
}

export function attachmentOf(file: SlackFile, downloads: Downloads): Attachment {
  const described = {
    name: file.name ?? file.title ?? file.id,
    mimeType: file.mimetype || "application/octet-stream",
    ...(file.size > 0 && { size: file.size }),
  };
  const request = (signal: AbortSignal): Promise<Response> => requestFile(file, downloads, signal);
  return createAttachment(described, { platform: "Slack", maxBytes: downloads.maxBytes, request });
}

async function requestFile(
  file: SlackFile,
  { client, token, host }: Downloads,
  signal: AbortSignal,
): Promise<Response> {
  // Events from shared channels carry the id alone.
  const url = file.url_private ?? (await client.files.info({ file: file.id })).file?.url_private;
  if (url === undefined || !maySeeToken(new URL(url), host))
    throw new UserError("it is not kept in Slack, so I can't read it. Please upload it here.");
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, redirect: "manual", signal });
  const { status } = response;
  // Without the right to read, Slack leads to its login page rather than saying so.
  const isLogin =
    response.headers.get("content-type")?.startsWith("text/html") && file.mimetype !== "text/html";
  if (!isLogin && (status < 300 || status === 404 || status === 410 || status >= 500)) return response;
  await response.body?.cancel();
  throw new UserError(
    "Slack does not let me read it. Whoever runs me can add the scope files:read to the Slack app and install it again.",
  );
}

function maySeeToken({ protocol, hostname, host }: URL, own: string | undefined): boolean {
  return (protocol === "https:" && hostname.endsWith(".slack.com")) || host === own;
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
