import type { AssistantMessage, FoundSource, TextPart, ThinkingPart, ToolCallPart } from "./message.ts";
import type { StopReason, StreamEvent, Usage } from "./providers/provider.ts";
import type { OpenRound } from "./store/store.ts";
import type { AnsweringEvent, SpentEvent, TurnEvent } from "./turn.ts";
import { noteCut, noUsage, type Progress, spend } from "./turn-progress.ts";

/** One round: what the model said until it stopped or was stopped. */
export interface Round {
  readonly parts: (TextPart | ThinkingPart | ToolCallPart)[];
  /** What the vendor says that it rests on, with places in all of its text. */
  readonly found: FoundSource[];
  /** What it thought aloud. */
  thinking: string;
  /** Whether any model began to answer. */
  hasBegun: boolean;
  usage: Usage;
  stop: StopReason | undefined;
  /** What it begins with: the text of calls that died. */
  before: string;
}

export const newRound = (): Round => ({
  parts: [],
  found: [],
  thinking: "",
  hasBegun: false,
  usage: noUsage,
  stop: undefined,
  before: "",
});

/** As it was when its model had ended it. */
export const roundOf = ({ parts, usage }: Pick<OpenRound, "parts" | "usage">): Round => ({
  ...newRound(),
  parts: [...parts],
  hasBegun: true,
  usage,
});

/** From here on its model answers. */
export function takeOver(round: Round, { model }: AnsweringEvent, progress: Progress): void {
  progress.model = model;
  round.hasBegun = true;
}

/** A call died: what it said stays, as the beginning of what the next one says, if there is one. */
export function giveUp(round: Round, { spent }: SpentEvent, progress: Progress): void {
  if (round.hasBegun) noteCut(progress, round);
  for (const one of spent) spend(progress, one);
  progress.open = undefined;
  progress.owes = true;
  const text = textOf(round);
  round.parts.splice(0, Infinity, ...(text === "" ? [] : [{ type: "text", text } as const]));
  round.before = text;
  round.thinking = "";
  round.usage = noUsage;
  round.hasBegun = false;
}

/** Notes what the model said; gives what a person may see of it. */
export function* record(round: Round, event: StreamEvent): Generator<TurnEvent> {
  switch (event.type) {
    case "text": {
      const last = round.parts.at(-1);
      if (last?.type === "text")
        round.parts[round.parts.length - 1] = { type: "text", text: last.text + event.text };
      else round.parts.push({ type: "text", text: event.text });
      yield event;
      break;
    }
    case "thinking":
      round.thinking += event.text;
      yield event;
      break;
    case "source":
      round.found.push({ ...event.found, ...(event.endsHere && { at: textOf(round).length }) });
      break;
    case "thought": {
      // One text is one part, and the thoughts of who goes on with it stand before it: so vendors want them back.
      const place = round.before !== "" ? round.parts.findIndex(({ type }) => type === "text") : -1;
      round.parts.splice(place < 0 ? round.parts.length : place, 0, event.part);
      break;
    }
    case "tool-call":
      round.parts.push(event.call);
      break;
    case "usage":
      round.usage = event.usage;
      break;
    case "stop":
      round.stop = event.reason;
      break;
  }
}

const textOf = ({ parts }: Round): string =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("");

/** All that was said, each text with what it rests on. */
export function partsOf({ parts, found }: Round): AssistantMessage["parts"] {
  if (found.length === 0) return parts;
  const last = parts.findLastIndex(({ type }) => type === "text");
  let from = 0;
  return parts.map((part, index) => {
    if (part.type !== "text") return part;
    const start = from;
    from += part.text.length;
    const own = found.flatMap(({ at, ...each }) => {
      if (at === undefined) return index === last ? [each] : [];
      return at > start && at <= from ? [{ ...each, at: at - start }] : [];
    });
    return own.length > 0 ? { ...part, found: own } : part;
  });
}

/** What a round leaves in the transcript when its calls were not run: the model's words alone. */
export function spoken(round: Round): AssistantMessage[] {
  const parts = partsOf(round).filter((part) => part.type !== "tool-call");
  return parts.some((part) => part.type === "text") ? [{ role: "assistant", parts }] : [];
}
