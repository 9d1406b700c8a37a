import { createHash } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { UserError } from "./errors.ts";

/**
 * A line between the command line and the process that has the data folder, which SQLite opens for one process alone.
 * Who may write into the folder may use it, and nobody else.
 */
export interface LocalLine {
  close(): Promise<void>;
}

/** How long a call is waited for, in milliseconds. */
const patienceMs = 10_000;

/** Answers each call with what `answer` makes of its words. Rejects where the folder can't hold a socket. */
export async function answerLocally(
  dataFolder: string,
  answer: (words: readonly string[]) => Promise<string>,
): Promise<LocalLine> {
  const path = pathIn(dataFolder);
  if (process.platform !== "win32") await rm(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.setTimeout(patienceMs, () => socket.destroy());
    // A caller that hangs up has no more to hear.
    socket.on("error", () => undefined);
    void text(socket)
      .then((asked) => answer(JSON.parse(asked) as readonly string[]))
      .then(
        (said) => socket.end(JSON.stringify({ said })),
        (error: unknown) =>
          socket.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) })),
      );
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(path, done);
  });
  if (process.platform !== "win32") await chmod(path, 0o600);
  return { close: () => new Promise((done) => server.close(() => done())) };
}

/** What the process that has the data folder says; undefined when there is none. Throws UserError with its complaint. */
export async function askLocally(dataFolder: string, words: readonly string[]): Promise<string | undefined> {
  const socket = connect(pathIn(dataFolder));
  socket.setTimeout(patienceMs, () => socket.destroy(new UserError("The running Parlance does not answer.")));
  socket.end(JSON.stringify(words));
  let answered: string;
  try {
    answered = await text(socket);
  } catch (error) {
    if (nobodyThere.has(codeOf(error))) return undefined;
    throw error;
  }
  const { said, error } = JSON.parse(answered) as { readonly said?: string; readonly error?: string };
  if (error !== undefined) throw new UserError(error);
  return said;
}

/** After a kill the socket's file is still there, and nobody behind it. */
const nobodyThere = new Set(["ENOENT", "ECONNREFUSED", "EINVAL", "ENAMETOOLONG"]);

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function pathIn(dataFolder: string): string {
  const folder = resolve(dataFolder);
  if (process.platform !== "win32") return join(folder, "parlance.sock");
  return `\\\\.\\pipe\\parlance-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
}
