import { type types, webApi } from "@slack/bolt";
import type { Attachment, OutgoingFile } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { download } from "../../src/platform/attachment.ts";
import { Unreachable } from "../../src/platform/trouble.ts";
import type { Words } from "../../src/words/words.ts";
import { callSlack, slackError } from "./call.ts";

type SlackFile = NonNullable<types.GenericMessageEvent["files"]>[number];

/** Known by its id: its address is asked for when it is needed, and in shared channels there is nothing else. */
export const attachmentOf = ({ id, name, title, mimetype, size }: SlackFile): Attachment => ({
  name: name ?? title ?? id,
  mimeType: mimetype || "application/octet-stream",
  ...(size > 0 && { size }),
  ref: id,
});

/** How files are fetched. */
export interface Downloads {
  readonly client: webApi.WebClient;
  readonly token: string;
  readonly maxBytes: number;
  /** The Web API's own address, where a private deployment may keep files too. */
  readonly apiUrl: string | undefined;
}

export function downloadFile(file: Attachment, from: Downloads, signal: AbortSignal): Promise<Uint8Array> {
  const request = (ended: AbortSignal): Promise<Response> => requestFile(file, from, ended);
  return download(file.size, { platform: "Slack", maxBytes: from.maxBytes, request }, signal);
}

async function requestFile(
  { ref, mimeType }: Attachment,
  { client, token, apiUrl }: Downloads,
  signal: AbortSignal,
): Promise<Response> {
  const { file } = await callSlack(() => client.files.info({ file: ref as string })).catch(cantAsk);
  if (file?.url_private === undefined || !maySeeToken(new URL(file.url_private), apiUrl))
    throw new UserError((words) => words.files.keptElsewhere("Slack"));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(file.url_private, { headers, redirect: "manual", signal });
  const { status } = response;
  // Without the right to read, Slack leads to its login page rather than saying so.
  const isLogin = response.headers.get("content-type")?.startsWith("text/html") && mimeType !== "text/html";
  if (!isLogin && (status < 300 || status === 404 || status === 410 || status >= 500)) return response;
  await response.body?.cancel();
  throw new UserError(notAllowed);
}

const notAllowed = ({ files }: Words): string => files.notAllowed("Slack", "files:read");

function cantAsk(cause: unknown): never {
  const reason = slackError(cause);
  if (cause instanceof webApi.WebAPIRequestError)
    throw new Unreachable("Slack, files.info: no answer", { cause });
  if (reason === undefined) throw cause;
  if (reason === "missing_scope") throw new UserError(notAllowed, { cause });
  if (reason.startsWith("file_")) throw new UserError((words) => words.files.gone("Slack"), { cause });
  throw new UserError((words) => words.files.noAnswer("Slack"), { cause });
}

const maySeeToken = ({ protocol, hostname, origin }: URL, apiUrl: string | undefined): boolean =>
  (protocol === "https:" && hostname.endsWith(".slack.com")) ||
  (apiUrl !== undefined && new URL(apiUrl).origin === origin);

/** Puts a file into a conversation; the file's id. */
export async function uploadFile(
  client: webApi.WebClient,
  { channel, thread_ts }: { channel: string; thread_ts?: string },
  file: OutgoingFile,
): Promise<string> {
  const where = thread_ts === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts };
  const data = { file: Buffer.from(file.data), filename: file.name, title: file.name };
  const { files } = await callSlack(() => client.filesUploadV2({ ...where, ...data }));
  const id = files.at(0)?.files?.at(0)?.id;
  if (id === undefined) throw new Error("Slack took a file without saying which");
  return id;
}
