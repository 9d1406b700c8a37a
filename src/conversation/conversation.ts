import { countGone, goBack, onPath, type Skip, type TurnBound } from "./branches.ts";
import { createView, type View } from "./view.ts";
import type { Bookmark } from "../files/bookmark.ts";
import { parentsOf } from "./scope.ts";
import type { ThinkingEffort } from "../providers/provider.ts";
import type { ConversationKey, Store, StoredTurn } from "../store/store.ts";
import type { Summary } from "./summaries.ts";

/** What is remembered of a conversation beside its turns. */
export interface Binding {
  /** The id of the persona that answers here; the configuration's when left out. */
  readonly persona?: string;
  /** The alias or `provider/model` chosen here; the persona's when left out. */
  readonly model?: string;
  /** How hard the model thinks here; the persona's choice, or the vendor's, when left out. */
  readonly thinking?: ThinkingEffort;
  /** Whether its thinking is shown here; the configuration's when left out. */
  readonly showThinking?: boolean;
  /** The context starts after the turn with this id. */
  readonly after?: string;
  /** The turns up to the one with this id have left the context's view for want of room. */
  readonly trimmed?: string;
  /** What was gone back behind, the oldest first. */
  readonly skips?: readonly Skip[];
  /** A change of topic was last pointed out after the turn with this id. */
  readonly topicAfter?: string;
  /** The person has been told that old turns left the context. */
  readonly toldTrimmed?: boolean;
  /** In percent: how full the context was when the person was told last. */
  readonly toldFull?: number;
  /** Files came with some question here: only then are they looked for. */
  readonly hasFiles?: boolean;
  /** How far a file has been read together here. */
  readonly bookmark?: Bookmark;
}

/** The part of a binding that people choose; threads take it over from their channel. */
export type Choice = Pick<Binding, "persona" | "model" | "thinking" | "showThinking">;

type Change = { readonly [Field in keyof Binding]?: Binding[Field] | undefined };

/** One scope's stored turns and binding. Only this conversation's own in-order work may change it. */
export interface Conversation {
  readonly key: ConversationKey;
  readonly binding: Binding;
  /** What holds here: its own choice, else that of where it stands, else the configuration's. */
  readonly bound: Choice;
  /**
   * The turns of the present context that the model sees whole, oldest first; with a turn's id, those it was or would be
   * asked after, and itself with `upTo`.
   */
  turns(bound?: TurnBound): Promise<readonly StoredTurn[]>;
  /** Begins to read what `turns` and `summary` will give next. */
  lookAhead(): void;
  /** What stands in place of those before them; undefined where that turn is in it. */
  summary(bound?: TurnBound): Promise<Summary | undefined>;
  /** Those of these, by their turns' ids, that stand in the present context; with a bound, as `turns`. */
  standing<Item extends { readonly turn: string }>(
    items: readonly Item[],
    bound?: TurnBound,
  ): readonly Item[];
  /** All turns of the present context that are still stored, oldest first, whether the model sees them or not. */
  allTurns(): Promise<readonly StoredTurn[]>;
  /**
   * Puts a summary of these turns, and of the summary before it, in place of both. False, and nothing is changed, when
   * one of the turns is gone meanwhile.
   */
  compact(summary: Pick<Summary, "text" | "person">, turns: readonly StoredTurn[]): Promise<boolean>;
  /** Takes the summary back: its turns stand whole again. False when there is none. */
  expand(): Promise<boolean>;
  /** Changes part of the binding; `undefined` clears a field. */
  bind(change: Change): Promise<void>;
  /** Starts a fresh context: persona and model stay. */
  startAfresh(): Promise<void>;
  /** Starts the context after that turn; persona and model stay. False when it is not in the context. */
  startAfter(turn: string): Promise<boolean>;
  /** Goes on from an earlier turn; how many turns that took out of the context. */
  branch(turn: string): Promise<number>;
  /** Takes the last branch back; how many turns that brought into the context. Undefined where there is none. */
  unbranch(): Promise<number | undefined>;
  /** Takes the last exchange back. */
  undo(): Promise<StoredTurn | undefined>;
}

/** What is known of a conversation from outside. */
export interface Setting extends Choice {
  /** The one person whose conversation it is: what is chosen there is theirs. */
  readonly owner?: string;
}

/** What is stored of a conversation beside its turns, being read. */
export interface ReadPlace {
  /** Its own, and those of where it stands, the nearest first. */
  readonly bindings: Promise<readonly (Binding | undefined)[]>;
  readonly summary: Promise<Summary | undefined>;
}

const readBindings = (store: Store, key: ConversationKey): ReadPlace["bindings"] => {
  const documents = store.documents<Binding>("binding");
  // At once: one that is waited for alone leaves the failures of the others to nobody.
  return Promise.all([key, ...parentsOf(key)].map((each) => documents.get(each)));
};

/** Begins to read what opening a conversation, and looking at its turns, takes first. */
export function readPlace(store: Store, key: ConversationKey): ReadPlace {
  const [bindings, summary] = [readBindings(store, key), store.summaries.find(key)];
  // Whoever uses them is told.
  for (const read of [bindings, summary]) read.catch(() => undefined);
  return { bindings, summary };
}

/** `configured` is what the configuration says of the place: it holds until someone chooses otherwise. `place`: read already. */
export async function openConversation(
  store: Store,
  key: ConversationKey,
  { owner, ...configured }: Setting = {},
  place?: ReadPlace,
): Promise<Conversation> {
  const bindings = store.documents<Binding>("binding");
  const [own, ...parents] = await (place?.bindings ?? readBindings(store, key));
  let binding = own ?? {};
  const inherited = parents.toReversed();
  const bound: Bound = {
    get binding() {
      return binding;
    },
    async bind(change) {
      const next = changed(binding, change);
      if (owner !== undefined) await store.people.own(owner, key);
      await bindings.set(key, next);
      binding = next;
    },
  };
  const view = createView(store, key, { binding: () => binding, summary: place?.summary });
  return {
    key,
    get binding() {
      return binding;
    },
    get bound() {
      return choiceOf(Object.assign({}, configured, ...inherited, binding));
    },
    turns: view.turns,
    lookAhead: view.lookAhead,
    summary: view.summary.find,
    allTurns: view.allTurns,
    standing: view.standing,
    bind: bound.bind,
    async undo() {
      // Only what stands in the present context can be taken back: /new hides what came before it, a branch what came after.
      const last = (await view.turns()).at(-1);
      return last && (await store.turns.remove(key, last.id)) ? last : undefined;
    },
    ...summing(bound, view),
    ...starting(bound, view),
    ...branching(bound, view),
  };
}

type Bound = Pick<Conversation, "binding" | "bind">;

/** What was told of the view, and cut off it, is so no more. */
const newView = { trimmed: undefined, toldTrimmed: undefined, toldFull: undefined };

function summing(bound: Bound, { summary }: View): Pick<Conversation, "compact" | "expand"> {
  return {
    async compact(written, covered) {
      if (!(await summary.replace(written, covered, bound.binding.after ?? ""))) return false;
      await bound.bind(newView);
      return true;
    },
    async expand() {
      if (!(await summary.remove())) return false;
      await bound.bind(newView);
      return true;
    },
  };
}

function starting(bound: Bound, view: View): Pick<Conversation, "startAfresh" | "startAfter"> {
  async function startAt(after: string, change: Change = {}): Promise<void> {
    await view.summary.remove();
    await bound.bind({ ...newView, topicAfter: undefined, ...change, after });
  }
  return {
    async startAfresh() {
      const last = await view.newest();
      if (last) await startAt(last.id, { skips: undefined });
    },
    async startAfter(turn) {
      if (!(await view.allTurns()).some(({ id }) => id === turn)) return false;
      await startAt(turn);
      return true;
    },
  };
}

function branching(bound: Bound, view: View): Pick<Conversation, "branch" | "unbranch"> {
  /** What stands at the turn is seen whole, also where it had been cut off or summed up. */
  async function changePath(turn: string, skips: readonly Skip[]): Promise<void> {
    const { through = "" } = (await view.summary.find()) ?? {};
    if (turn <= through) await view.summary.remove();
    const { trimmed = "" } = bound.binding;
    await bound.bind({ skips, toldFull: undefined, ...(turn <= trimmed && newView) });
  }
  return {
    async branch(turn) {
      const { skips: before = [] } = bound.binding;
      const { skips, left } = goBack(await view.storedTurns(), before, turn);
      if (left > 0 || skips !== before) await changePath(turn, skips);
      return left;
    },
    async unbranch() {
      const { skips = [] } = bound.binding;
      const last = skips.at(-1);
      if (!last) return undefined;
      const all = await view.storedTurns();
      await changePath(last.after, skips.slice(0, -1));
      return countGone(onPath(all, bound.binding.skips), onPath(all, skips));
    },
  };
}

/** Skips that end before the context begins have no say any more. */
function changed(binding: Binding, change: Change): Binding {
  const entries = Object.entries({ ...binding, ...change }).filter(([, value]) => value !== undefined);
  const { skips = [], ...next }: Binding = Object.fromEntries(entries);
  const left = skips.filter(({ upTo }) => next.after === undefined || upTo > next.after);
  return left.length === 0 ? next : { ...next, skips: left };
}

/** The part of a binding that is handed on: contexts are their own. */
export function choiceOf({ persona, model, thinking, showThinking }: Binding): Choice {
  return {
    ...(persona !== undefined && { persona }),
    ...(model !== undefined && { model }),
    ...(thinking !== undefined && { thinking }),
    ...(showThinking !== undefined && { showThinking }),
  };
}
