import { styleText } from "node:util";
import type { TerminalMessage } from "./render.ts";

/** What a printer writes to. */
export interface Screen {
  write(text: string): void;
  /** Whether a person watches: colours, and a progress line that disappears again. */
  readonly interactive: boolean;
}

/** Prints growing answers by their new letters alone, since a terminal can't take back what it has shown. */
export interface Printer {
  /** Prints a message that was not there before. */
  begin(message: TerminalMessage): void;
  /** Prints what is new of the message begun last. */
  grow(message: TerminalMessage): void;
  /** Shows what the bot is doing until something is printed. */
  status(text: string): void;
}

const clearLine = "\r\u001B[2K";

export function createPrinter(screen: Screen): Printer {
  let printed = "";
  let statusShown = false;
  const dim = (text: string): string =>
    screen.interactive ? styleText("dim", text, { validateStream: false }) : text;

  function write(text: string): void {
    if (text === "") return;
    screen.write(statusShown ? clearLine + text : text);
    statusShown = false;
  }

  function grow(message: TerminalMessage): void {
    const body = visible(message.body);
    // Only a text that changed behind our back fails to start with what is printed: print it anew rather than lose it.
    write(body.startsWith(printed) ? body.slice(printed.length) : `\n${body}`);
    printed = body;
    if (!message.finished) return;
    const tail = message.tail.map((line) => dim(visible(line)));
    if (body !== "" && !body.endsWith("\n")) write("\n");
    write(tail.map((line) => `${line}\n`).join(""));
  }

  return {
    begin(message) {
      printed = "";
      if (message.persona && screen.interactive)
        write(`\n${styleText("bold", message.persona, { validateStream: false })}\n`);
      grow(message);
    },
    grow,
    status(text) {
      // A line that holds part of the answer must not be cleared.
      if (!screen.interactive || (printed !== "" && !printed.endsWith("\n"))) return;
      screen.write(`${clearLine}${dim(`${text}…`)}`);
      statusShown = true;
    },
  };
}

/** Control characters in an answer could move the cursor or retitle the window: they are shown, not obeyed. */
function visible(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/gu, (control) =>
    control === "\r" ? "" : `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
