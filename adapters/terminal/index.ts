import { randomUUID } from "node:crypto";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Adapter, Attachment, Inbound, Receive } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import type { Words } from "../../src/words/words.ts";
import { decodeLine, type Seat } from "./decode.ts";
import { renderAnswer, type TerminalMessage } from "./render.ts";
import { createPrinter } from "./stream.ts";

/** The terminal to talk in. */
export interface TerminalOptions {
  readonly seat: Seat;
  /** In the language of whoever sits there. */
  readonly words: Words;
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person sits there rather than a pipe. */
  readonly interactive: boolean;
  /** Makes an attachment of a file's path. Throws UserError when it can't be read. */
  attach(path: string): Promise<Attachment>;
  download(attachment: Attachment, signal: AbortSignal): Promise<Uint8Array>;
}

/** The bot in a terminal: no account, no token; the smallest example of an adapter. */
export interface TerminalAdapter extends Adapter<TerminalMessage> {
  /** Settles when the person leaves, after the last answer. */
  readonly left: Promise<void>;
}

export function createTerminalAdapter(options: TerminalOptions): TerminalAdapter {
  const { input, output, interactive } = options;
  const printer = createPrinter({ write: (text) => void output.write(text), interactive });
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const settling = new Map<string, () => void>();
  let reader: Interface | undefined;

  /** Settles when what was typed has been dealt with. */
  async function dealWith(inbound: Inbound, receive: Receive): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    settling.set(inbound.id, resolve);
    await receive(inbound).then(() => promise, resolve);
    settling.delete(inbound.id);
  }

  return {
    platform: "terminal",
    namesNoReplied: true,
    transient: true,
    settled: ({ id }) => settling.get(id)?.(),
    editEveryMs: 0,
    left,
    async start(receive) {
      reader = createInterface({ input, output, terminal: interactive, prompt: interactive ? "\n› " : "" });
      void listen(reader, options, (inbound) => dealWith(inbound, receive)).then(leave);
    },
    async stop() {
      reader?.close();
    },
    download: (attachment, signal) => options.download(attachment, signal),
    render: (answer) => [renderAnswer(answer)],
    async post(_, message) {
      printer.begin(message);
      return randomUUID();
    },
    edit: async (_, __, message) => printer.grow(message),
    status: async (_, text) => printer.status(text),
  };
}

/** Hands over what is typed, line by line in order, until the person leaves; settles after the last answer. */
async function listen(
  reader: Interface,
  options: TerminalOptions,
  dealWith: (inbound: Inbound) => Promise<void>,
): Promise<void> {
  const { seat, output } = options;
  const busy = new Set<Promise<void>>();
  let closed = false;
  let pending: Attachment[] = [];

  function prompt(): void {
    if (!closed) reader.prompt();
  }

  function hand(inbound: Inbound): void {
    const work = dealWith(inbound).finally(() => {
      busy.delete(work);
      if (busy.size === 0) prompt();
    });
    busy.add(work);
  }

  async function take(text: string): Promise<void> {
    const line = decodeLine(text, seat, pending, randomUUID());
    if (line.type === "quit") return reader.close();
    if (line.type === "inbound") {
      if (line.takesFiles) pending = [];
      return hand(line.inbound);
    }
    if (line.type === "attach") {
      output.write(`${await attachNext(line.path)}\n`);
    }
    prompt();
  }

  async function attachNext(path: string): Promise<string> {
    try {
      const attachment = await options.attach(path);
      pending.push(attachment);
      return options.words.terminal.attached(attachment.name);
    } catch (error) {
      if (error instanceof UserError) return error.in(options.words);
      throw error;
    }
  }

  reader.on("SIGINT", () => {
    if (busy.size === 0) reader.close();
    else hand(stopOf(seat));
  });
  reader.once("close", () => (closed = true));
  prompt();
  for await (const text of messages(reader, options)) await take(text);
  await Promise.all(busy);
}

/** Terminals put these around what is pasted, once they are asked to. */
const askForPasteMarks = "\u001B[?2004h";
const noMorePasteMarks = "\u001B[?2004l";

/** What is typed, one message at a time: pasted lines, and a line that ends with a backslash, go on in the next one. */
async function* messages(
  reader: Interface,
  { input, output, interactive }: TerminalOptions,
): AsyncGenerator<string> {
  let pasting = false;
  let pasted = 0;
  if (interactive) {
    output.write(askForPasteMarks);
    reader.once("close", () => output.write(noMorePasteMarks));
    input.on("keypress", (_: unknown, key: { readonly name?: string }) => {
      if (key.name === "paste-start") pasting = true;
      if (key.name === "paste-end") pasting = false;
    });
    // Counted as they come: the loop below may run behind.
    reader.on("line", () => {
      if (pasting) pasted++;
    });
  }
  let unfinished = "";
  for await (const line of reader) {
    const goesOn = pasted > 0 || line.endsWith("\\");
    if (!goesOn) {
      yield unfinished + line;
      unfinished = "";
    } else {
      unfinished += pasted > 0 ? `${line}\n` : `${line.slice(0, -1)}\n`;
      pasted = Math.max(0, pasted - 1);
    }
  }
  if (unfinished !== "") yield unfinished;
}

function stopOf({ author, thread }: Seat): Inbound {
  const place = { thread, place: "dm", channelName: author.name, author } as const;
  return { type: "command", name: "stop", argument: "", id: randomUUID(), ...place };
}
