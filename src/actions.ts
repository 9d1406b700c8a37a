import type { Action } from "./chat.ts";
import type { TurnResult } from "./turn.ts";

/** What a pressed button asks for. */
export type Pressed =
  | { readonly name: "stop" }
  /** Answer the turn's question anew, or go on where its answer was cut. */
  | { readonly name: "again" | "more"; readonly turn: string };

/** Ends the answer that is being written. */
export const stopAction: Action = { token: "stop", label: "Stop" };

/** The buttons under a finished answer. Their tokens name the stored turn, so that they work after a restart too. */
export function actionsFor(
  turn: string,
  { outcome, seesHistory }: { outcome: TurnResult["outcome"]; seesHistory: boolean },
): readonly Action[] {
  const again: Action = { token: `again:${turn}`, label: "Again" };
  return outcome === "length" && seesHistory ? [{ token: `more:${turn}`, label: "Go on" }, again] : [again];
}

/** Undefined for a token that no button of ours has. */
export function readToken(token: string): Pressed | undefined {
  if (token === "stop") return { name: "stop" };
  const [name, turn = ""] = token.split(":", 2);
  return (name === "again" || name === "more") && turn !== "" ? { name, turn } : undefined;
}
