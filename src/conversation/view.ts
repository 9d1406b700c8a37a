import type { ConversationKey, Store, StoredTurn } from "../store/store.ts";
import { onPath, type TurnBound } from "./branches.ts";
import type { Binding, ReadPlace } from "./conversation.ts";
import type { Summary } from "./summaries.ts";

/** What a conversation's binding lets be seen of its turns. */
export type View = ReturnType<typeof createView>;

/** More turns than any window holds; what is older has long left the context. */
const mostTurns = 1_000;

/** Reads what the binding of now lets be seen. */
export function createView(
  store: Store,
  key: ConversationKey,
  {
    binding,
    summary: known,
  }: { readonly binding: () => Binding; readonly summary: ReadPlace["summary"] | undefined },
) {
  const summary = createSummaryOf(store, key, known);

  const listAfter = (start: string, bound?: TurnBound): Promise<readonly StoredTurn[]> =>
    // "~" sorts after what follows an id, and before the next one.
    store.turns.list(key, {
      limit: mostTurns,
      after: start,
      ...(bound && { before: "before" in bound ? bound.before : `${bound.upTo}~` }),
    });

  let ahead: { readonly binding: Binding; readonly turns: Promise<readonly StoredTurn[]> } | undefined;

  async function readTurns(bound?: TurnBound): Promise<readonly StoredTurn[]> {
    const { after = "", trimmed = "", skips } = binding();
    const { through = "" } = (await summary.find(bound)) ?? {};
    // What an answer far back was asked after had not been cut off then.
    const cut = bound && idOf(bound) <= trimmed ? "" : trimmed;
    const [start = ""] = [after, cut, through].toSorted().toReversed();
    return onPath(await listAfter(start, bound), skips, bound);
  }

  /** Those of the present context, also what was gone back behind. */
  const storedTurns = (): Promise<readonly StoredTurn[]> => listAfter(binding().after ?? "");

  return {
    summary,
    storedTurns,
    /** As `Conversation.allTurns` and `turns`. */
    allTurns: async (): Promise<readonly StoredTurn[]> => onPath(await storedTurns(), binding().skips),
    turns(this: void, bound?: TurnBound): Promise<readonly StoredTurn[]> {
      const read = ahead;
      ahead = undefined;
      return !bound && read?.binding === binding() ? read.turns : readTurns(bound);
    },
    lookAhead(this: void): void {
      ahead = { binding: binding(), turns: readTurns() };
      // Whoever asks for them is told.
      ahead.turns.catch(() => undefined);
    },
    /** Those that stand at turns of the present context, or of what a bound leaves of it. */
    standing<Item extends { readonly turn: string }>(
      this: void,
      items: readonly Item[],
      bound?: TurnBound,
    ): readonly Item[] {
      const { after = "", skips } = binding();
      const turns = [...new Set(items.map(({ turn }) => turn))]
        .map((id) => ({ id }))
        .filter(({ id }) => id > after);
      const path = new Set(onPath(turns, skips, bound).map(({ id }) => id));
      const isWithin = (id: string): boolean =>
        !bound || ("before" in bound ? id < bound.before : id <= bound.upTo);
      return items.filter(({ turn }) => path.has(turn) && isWithin(turn));
    },
    newest: async (): Promise<StoredTurn | undefined> => (await store.turns.list(key, { limit: 1 })).at(-1),
  };
}

const idOf = (bound: TurnBound): string => ("before" in bound ? bound.before : bound.upTo);

/** A conversation's summary, read once. */
function createSummaryOf(
  { summaries }: Store,
  key: ConversationKey,
  known: ReadPlace["summary"] | undefined,
) {
  let read = known;
  const find = async (bound?: TurnBound): Promise<Summary | undefined> => {
    read ??= summaries.find(key);
    const summary = await read;
    // It tells of what came after an answer in the middle too.
    return summary && bound && idOf(bound) <= summary.through ? undefined : summary;
  };
  return {
    find,
    async replace(
      written: Pick<Summary, "text" | "person">,
      covered: readonly StoredTurn[],
      start: string,
    ): Promise<boolean> {
      const before = await find();
      const next: Summary = {
        ...written,
        after: before?.after ?? start,
        through: covered.at(-1)?.id ?? before?.through ?? "",
        turns: covered.length + (before?.turns ?? 0),
        at: new Date(),
      };
      read = undefined;
      return summaries.put(key, next, { turns: covered.map(({ id }) => id), ...(before && { before }) });
    },
    async remove(): Promise<boolean> {
      read = undefined;
      return summaries.remove(key);
    },
  };
}
