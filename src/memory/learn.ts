import { newTurnId } from "../conversation/turn-id.ts";
import { UserError } from "../errors.ts";
import type { Origin } from "../tools/tool.ts";
import type { Whereabouts } from "./audience.ts";
import { relate } from "./compare.ts";
import { type Fact, type Facts, usableFacts } from "./facts.ts";
import { secretIn, type Sensitive, sensitiveIn } from "./sensitive.ts";

/** A sentence that someone wants kept. */
export interface Proposal {
  readonly text: string;
  /** Whose place it takes; must be usable in this place. */
  readonly replaces?: Fact;
  /** Who proposes: a persona by its id; empty for the person, who is not asked about their own words again. */
  readonly persona: string;
  readonly where: Whereabouts;
  /** Among whom it may be used, as of a fact. */
  readonly audience: string | undefined;
  readonly origin: Origin;
  /** Aborted when nothing is to be kept any more. */
  readonly signal?: AbortSignal;
}

/** What a proposal came to. */
export type Learned =
  | { readonly type: "known"; readonly fact: Fact }
  /** Not kept before its person says so. */
  | { readonly type: "asked"; readonly id: string; readonly kind: Sensitive }
  | {
      readonly type: "kept";
      readonly id: string;
      readonly number: number;
      /** Whose place it took, where that may be told here. */
      readonly instead: readonly Fact[];
      /** How many left to make room. */
      readonly left: number;
    };

/** Keeps a fact, once, in place of what it contradicts. Throws UserError for a secret, and the signal's reason. */
export async function learn(
  facts: Facts,
  person: string,
  { text, replaces, persona, where, audience, origin, signal }: Proposal,
): Promise<Learned> {
  const secret = secretIn(text);
  if (secret) throw new UserError((words) => words.memory.secret(secret));
  const known = await facts.list(person);
  // What those who read along may not know is not told them, not even so.
  const usable = new Set(usableFacts(known, where));
  const related = known.map((fact) => ({ fact, relation: relate(fact.text, text) }));
  const same = related.filter(({ fact, relation }) => usable.has(fact) && relation === "same");
  const already = same.find(({ fact }) => fact.text === text) ?? (replaces ? undefined : same[0]);
  if (already) return { type: "known", fact: already.fact };
  // Said again where fewer or others read along, it is known in both places: one fact more.
  const isWithin = (fact: Fact): boolean =>
    !fact.isShared && (fact.audience === undefined || fact.audience === audience);
  const instead = related.filter(
    ({ fact, relation }) =>
      fact.id === replaces?.id || relation === "contradicts" || (relation === "same" && isWithin(fact)),
  );
  const kind = persona === "" ? undefined : sensitiveIn(text);
  const told = instead.map(({ fact }) => fact).filter((fact) => usable.has(fact));
  const [first] = replaces ? [replaces] : told;
  const id = newTurnId();
  signal?.throwIfAborted();
  const { number, left } = await facts.add(
    person,
    {
      id,
      text,
      at: new Date(),
      persona,
      place: where.place,
      ...origin,
      ...(audience !== undefined && { audience }),
      ...(kind && { state: "asked" }),
    },
    { instead: instead.map(({ fact }) => fact.id), ...(first && { number: first.number }) },
  );
  return kind ? { type: "asked", id, kind } : { type: "kept", id, number, instead: told, left: left.length };
}
