import type { CountTokens } from "../conversation/tokens.ts";
import type { Embedder } from "../embedding/embeddings.ts";
import { fused, likeness } from "../embedding/vectors.ts";
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

interface SelectOptions {
  readonly tokens: number;
  readonly count: CountTokens;
  /** What embeds them, and what their meaning is compared with. */
  readonly byMeaning?: { readonly embedder: Embedder; readonly text: string };
}

/**
 * All facts when they fit into `tokens`; else those that fit the message best by BM25 and meaning, of two alike the newer,
 * and then the newest, as many as fit.
 */
export async function selectFacts(
  facts: readonly Fact[],
  message: string,
  { tokens, count, byMeaning }: SelectOptions,
): Promise<Selection> {
  // A line's end is a token of its own.
  const sizes = new Map(facts.map((fact) => [fact, count(lineOf(fact)) + 1]));
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (all <= tokens) return { facts, isChosen: false };
  let room = tokens;
  const chosen = new Set<Fact>();
  const newest = facts.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  const byWords = await rank(newest, message);
  const alike = byMeaning ? await rankAlike(newest, byMeaning) : [];
  for (const fact of new Set([...fused([byWords, alike], ({ id }) => id), ...newest])) {
    const size = sizes.get(fact) ?? 0;
    if (size > room) continue;
    chosen.add(fact);
    room -= size;
  }
  return { facts: facts.filter((fact) => chosen.has(fact)), isChosen: true };
}

/** By how alike they are in meaning to a text, the best first; none where that can't be told. */
async function rankAlike(
  facts: readonly Fact[],
  { embedder, text }: NonNullable<SelectOptions["byMeaning"]>,
): Promise<readonly Fact[]> {
  if (text.trim() === "") return [];
  const vectors = await embedder.embed([text, ...facts.map((fact) => fact.text)]);
  const [asked, ...known] = vectors ?? [];
  if (!asked) return [];
  const scores = new Map(facts.map((fact, index) => [fact, likeness(asked, known[index] ?? asked)]));
  return facts.toSorted((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0));
}

/** Those that have words of it, the best first. */
async function rank(newest: readonly Fact[], message: string): Promise<readonly Fact[]> {
  const { default: MiniSearch } = await import("minisearch");
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
  const byId = new Map(newest.map((fact) => [fact.id, fact]));
  return index.search(message).flatMap(({ id }) => byId.get(String(id)) ?? []);
}
