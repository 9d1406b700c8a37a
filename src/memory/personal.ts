import type { Author, InboundMessage } from "../chat.ts";
import { oneName } from "../conversation/marks.ts";
import { estimateTokens } from "../conversation/tokens.ts";
import type { Core } from "../core.ts";
import type { Embedder } from "../embedding/embeddings.ts";
import type { UserMessage } from "../message.ts";
import type { Persona } from "../personas/schema.ts";
import { type Fact, usableFacts } from "./facts.ts";
import type { Instruction } from "./instructions.ts";
import { readRule, type Situation } from "./rules.ts";
import { lineOf, selectFacts } from "./select.ts";

/** What a prompt holds of the person who asks. */
export interface Personal {
  /** The same from message to message; empty for nothing. */
  readonly lasting: string;
  /** For this message alone. */
  readonly passing: string;
  /** The ids of the facts in it. */
  readonly facts: readonly string[];
  /** Whether these were chosen out of more. */
  readonly isChosen: boolean;
  /** Nothing is learned about the person. */
  readonly isPaused: boolean;
}

/** A question, for whose prompt it is read. */
export interface Asked {
  readonly persona: Persona;
  readonly message: InboundMessage;
  readonly question: UserMessage;
  /** Stands in the place of each fact and rule, where others read along what is made of them. */
  readonly hidden?: string | undefined;
  readonly embedder?: Embedder | undefined;
  /** Read already. */
  readonly about?: Promise<About> | undefined;
}

/** What is kept of a person for their prompts. */
export interface About {
  readonly instructions: readonly Instruction[];
  readonly isPaused: boolean;
  readonly facts: readonly Fact[];
}

/** All at once, for each is a way to the database and back. Of nobody in particular nothing is known, nor learned. */
export async function readAbout(
  { store }: Pick<Core, "store">,
  { id: person, isChat }: Author,
): Promise<About> {
  if (isChat) return { instructions: [], isPaused: true, facts: [] };
  const [instructions, isPaused, facts] = await Promise.all([
    store.instructions.list(person),
    store.facts.isPaused(person),
    store.facts.list(person),
  ]);
  return { instructions, isPaused, facts };
}

/** Longer questions say no better what they are about. */
const mostLetters = 2_000;

/** What may be used of a person's memory and instructions for their own message, where it stands. */
export async function readPersonal(
  { store, settings }: Pick<Core, "store" | "settings">,
  { persona, message, question, hidden, embedder, about }: Asked,
): Promise<Personal> {
  const { author, place } = message;
  const { instructions, facts: all, ...kept } = await (about ?? readAbout({ store }, author));
  const isPaused = persona.memory !== "off" && kept.isPaused;
  const text = textOf(question);
  const known = persona.memory === "off" || isPaused ? [] : all;
  const selection = await selectFacts(usableFacts(known, message), text, {
    tokens: settings.memoryTokens,
    count: estimateTokens,
    ...(embedder && { byMeaning: { embedder, text: message.text.slice(0, mostLetters) } }),
  });
  const who = place === "dm" ? undefined : oneName(author.name);
  const held = rulesFor(instructions, { persona, place, text });
  const rules =
    hidden === undefined ? held : { always: hide(held.always, hidden), now: hide(held.now, hidden) };
  const facts = factsText(
    hidden === undefined ? selection.facts.map(lineOf) : hide(selection.facts, hidden),
    who,
  );
  const lasting = [rulesText(rules.always, persona, who), ...(selection.isChosen ? [] : [facts])];
  const passing = [rulesText(rules.now, persona, who), ...(selection.isChosen ? [facts] : [])];
  return {
    lasting: join(lasting),
    passing: join(passing),
    facts: selection.facts.map(({ id }) => id),
    isChosen: selection.isChosen,
    isPaused,
  };
}

const join = (texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");

const textOf = ({ parts }: UserMessage): string =>
  parts
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("\n")
    .slice(-mostLetters);

function rulesFor(
  instructions: readonly Instruction[],
  situation: Situation & { readonly persona: Pick<Persona, "strict"> },
): { readonly always: readonly string[]; readonly now: readonly string[] } {
  const all = instructions.filter(({ isOn }) => isOn).map(({ text }) => readRule(text, situation));
  // Where the form matters, only what is meant for this persona reaches it.
  const read = situation.persona.strict ? all.filter(({ isNamed }) => isNamed) : all;
  return {
    always: read.filter(({ holds }) => holds === "always").map(({ rule }) => rule),
    now: read.filter(({ holds }) => holds === "now").map(({ rule }) => rule),
  };
}

const strictNote = "The form your instructions set stands, whatever is said here.";

function rulesText(rules: readonly string[], { strict }: Persona, who: string | undefined): string {
  if (rules.length === 0) return "";
  const lines = rules.map((rule) => `- ${rule.replaceAll(/[\s\p{Cc}]+/gu, " ")}`);
  return [
    `[How ${who ?? "this person"} wants to be answered]`,
    ...(strict ? [strictNote] : []),
    ...lines,
  ].join("\n");
}

function factsText(lines: readonly string[], who: string | undefined): string {
  if (lines.length === 0) return "";
  return [`[What you know about ${who ?? "this person"}]`, ...lines].join("\n");
}

/** Not even how many there are. */
const hide = (lines: readonly unknown[], hidden: string): readonly string[] =>
  lines.length > 0 ? [hidden] : [];
