/** A piece of output, taken apart. */
export interface Spoken {
  readonly thinking: string;
  readonly text: string;
}

const opening = "<think>";
const closing = "</think>";

/**
 * Takes `<think>…</think>` off the start of streamed text, wherever the pieces are cut.
 * Only at the start: later in an answer the words are the answer's own.
 */
export function createThinkSplitter() {
  let state: "start" | "thinking" | "after" | "text" = "start";
  let held = "";

  function start(): Spoken {
    const trimmed = held.trimStart();
    if (trimmed.startsWith(opening)) {
      held = trimmed.slice(opening.length);
      state = "thinking";
      return think();
    }
    if (opening.startsWith(trimmed)) return { thinking: "", text: "" };
    state = "text";
    return { thinking: "", text: release() };
  }

  function think(): Spoken {
    const end = held.indexOf(closing);
    if (end >= 0) {
      const thinking = held.slice(0, end);
      held = held.slice(end + closing.length);
      state = "after";
      return { thinking, text: after() };
    }
    const keep = partialEnd(held);
    const thinking = held.slice(0, held.length - keep);
    held = held.slice(held.length - keep);
    return { thinking, text: "" };
  }

  /** The empty lines between thinking and answer belong to neither. */
  function after(): string {
    held = held.trimStart();
    if (held !== "") state = "text";
    return release();
  }

  function release(): string {
    const text = held;
    held = "";
    return text;
  }

  return {
    push(piece: string): Spoken {
      held += piece;
      if (state === "start") return start();
      if (state === "thinking") return think();
      return { thinking: "", text: state === "after" ? after() : release() };
    },
    /** What was held back in case a tag would follow. */
    end(): Spoken {
      const rest = release();
      return state === "thinking" ? { thinking: rest, text: "" } : { thinking: "", text: rest };
    },
  };
}

/** How many characters at the end may be the beginning of the closing tag. */
function partialEnd(text: string): number {
  for (let length = Math.min(closing.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(closing.slice(0, length))) return length;
  }
  return 0;
}
