import type { CountTokens } from "../conversation/tokens.ts";
import { termsOf } from "../text/terms.ts";
import type { Fact } from "./facts.ts";

/** The facts that go into a prompt, by number. */
export interface Selection {
  readonly facts: readonly Fact[];
  /** Whether they were chosen out of more: then others may be chosen for the next message. */
  readonly isChosen: boolean;
}

/** How a fact is written in a prompt: its number is what a model calls it by. */
export const lineOf = ({ number, text }: Pick<Fact, "number" | "text">): string =>
  `${number}. ${text.replaceAll(/[\s\p{Cc}]+/gu, " ")}`;

/** How much a new fact goes before an old one that fits the message as well. */
const recencyWeight = 0.3;

/**
 * All facts when they fit into `tokens`; else those that fit the message best by BM25, of two alike the newer, and then the
 * newest, as many as fit.
 */
export async function selectFacts(
  facts: readonly Fact[],
  message: string,
  { tokens, count }: { readonly tokens: number; readonly count: CountTokens },
): Promise<Selection> {
  // A line's end is a token of its own.
  const sizes = new Map(facts.map((fact) => [fact, count(lineOf(fact)) + 1]));
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (all <= tokens) return { facts, isChosen: false };
  let room = tokens;
  const chosen = new Set<Fact>();
  for (const fact of await rank(facts, message)) {
    const size = sizes.get(fact) ?? 0;
    if (size > room) continue;
    chosen.add(fact);
    room -= size;
  }
  return { facts: facts.filter((fact) => chosen.has(fact)), isChosen: true };
}

/** The best first. */
async function rank(facts: readonly Fact[], message: string): Promise<readonly Fact[]> {
  const { default: MiniSearch } = await import("minisearch");
  const newest = facts.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  const index = new MiniSearch<Fact>({
    fields: ["text"],
    tokenize: termsOf,
    processTerm: (term) => term,
    searchOptions: {
      prefix: (term) => term.length > 3,
      boostDocument: (id) => 1 + recencyWeight * (1 - (age.get(String(id)) ?? 0) / newest.length),
    },
  });
  const age = new Map(newest.map(({ id }, at) => [id, at]));
  index.addAll(newest);
  const found = new Map(index.search(message).map(({ id, score }) => [String(id), score]));
  return newest.toSorted((one, other) => (found.get(other.id) ?? 0) - (found.get(one.id) ?? 0));
}
