import { hash } from "node:crypto";
import type { Action, Inbound } from "./chat.ts";
import type { Core } from "./core.ts";
import { baseOf } from "./platform/inbound.ts";
import type { Persona } from "./personas/schema.ts";
import type { StoredTurn } from "./store/store.ts";
import type { TurnResult } from "./turn.ts";
import type { Words } from "./words/words.ts";

/** What a pressed button asks for. */
export type Pressed =
  | { readonly name: "stop" }
  /** Tell how to correct the text that the button stands under. */
  | { readonly name: "fix" }
  /** Answer the turn's question anew, or by one model in place of a council, go on where its answer was cut, or offer who else could answer it. */
  | { readonly name: "again" | "one" | "more" | "other"; readonly turn: string }
  /** Have it answered by the model or persona with this mark. */
  | { readonly name: "with"; readonly turn: string; readonly mark: string };

/** Ends the answer that is being written. */
export const stopAction = ({ buttons }: Words): Action => ({ token: "stop", label: buttons.stop });

/** Has a turn's question answered anew. */
export const againAction = (turn: string, { buttons }: Words): Action => ({
  token: `again:${turn}`,
  label: buttons.again,
});

/** The buttons under a finished answer. Their tokens name the stored turn, so that they work after a restart too. */
export function actionsFor(
  turn: string,
  { outcome, seesHistory, words }: { outcome: TurnResult["outcome"]; seesHistory: boolean; words: Words },
): readonly Action[] {
  const others: Action[] = [
    againAction(turn, words),
    { token: `other:${turn}`, label: words.buttons.another },
  ];
  return outcome === "length" && seesHistory
    ? [{ token: `more:${turn}`, label: words.buttons.more }, ...others]
    : others;
}

/** A button that does what a command does, for whoever presses it. Name and argument are ASCII, at most 56 characters together. */
export const runAction = (label: string, name: string, argument = ""): Action => ({
  token: `run:${name} ${argument}`.trimEnd(),
  label,
});

/** Shows the passages that a turn's answer cites. */
export const passagesAction = (turn: string, { web }: Words): Action =>
  runAction(web.passages, "sources", turn);

/** A press of such a button is the command, written by who presses it. */
export function commandBehind(inbound: Inbound): Inbound {
  if (inbound.type !== "press" || !inbound.token.startsWith("run:")) return inbound;
  const [name = "", ...argument] = inbound.token.slice("run:".length).split(" ");
  return { ...baseOf(inbound), type: "command", name, argument: argument.join(" ") };
}

/** Undefined for a token that no button of ours has. */
export function readToken(token: string): Pressed | undefined {
  if (token === "stop" || token === "fix") return { name: token };
  const [name, turn = "", mark = ""] = token.split(":", 3);
  if (turn === "") return undefined;
  if (name === "again" || name === "one" || name === "more" || name === "other") return { name, turn };
  return name === "with" && mark !== "" ? { name, turn, mark } : undefined;
}

/** Who can answer a question instead. */
export type Other =
  | { readonly type: "persona"; readonly persona: Persona }
  | { readonly type: "model"; readonly alias: string };

/** More buttons than these nobody reads, and no platform takes many more. */
const mostOthers = 20;

/** Models by their aliases, unless its persona fixes the one of the answer, then personas. */
export function othersFor(
  { models, personas }: Pick<Core, "models" | "personas">,
  answered: Pick<StoredTurn, "persona">,
): readonly Other[] {
  const aliases = personas.find(answered.persona)?.modelFixed ? [] : [...models.aliases().keys()];
  const all: Other[] = [
    ...aliases.map((alias): Other => ({ type: "model", alias })),
    ...personas.list().map((persona): Other => ({ type: "persona", persona })),
  ];
  return all.slice(0, mostOthers);
}

/** The button that chooses one of them for a turn's question. */
export function otherAction(turn: string, other: Other): Action {
  return {
    token: `with:${turn}:${markOf(other)}`,
    label: other.type === "model" ? other.alias : other.persona.name,
  };
}

/** Names one of them in a few letters, whatever it is called, and the same after a restart. */
export function markOf(other: Other): string {
  const name = other.type === "model" ? `model ${other.alias}` : `persona ${other.persona.id}`;
  return hash("sha256", name, "base64url").slice(0, 8);
}
