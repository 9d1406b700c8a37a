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
  /** The person has been told that old turns left the context. */
  readonly toldTrimmed?: boolean;
  /** In percent: how full the context was when the person was told last. */
  readonly toldFull?: number;
}

/** The part of a binding that people choose; threads take it over from their channel. */
export type Choice = Pick<Binding, "persona" | "model" | "thinking" | "showThinking">;

/** One scope's stored turns and binding. Only this conversation's own in-order work may change it. */
export interface Conversation {
  readonly key: ConversationKey;
  readonly binding: Binding;
  /** What holds here: its own choice, else that of where it stands, else the configuration's. */
  readonly bound: Choice;
  /**
   * The turns of the present context that the model sees whole, oldest first; only those before the turn with id
   * `before`, where given.
   */
  turns(before?: string): Promise<readonly StoredTurn[]>;
  /** What stands in place of those before them; undefined where the turn with id `before` is in it. */
  summary(before?: string): Promise<Summary | undefined>;
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
  bind(change: { [Field in keyof Binding]?: Binding[Field] | undefined }): Promise<void>;
  /** Starts a fresh context: persona and model stay. */
  startAfresh(): Promise<void>;
  /** Takes the last exchange back; false when there is none. */
  undo(): Promise<boolean>;
}

/** More turns than any window holds; what is older has long left the context. */
const mostTurns = 1_000;

/** What is known of a conversation from outside. */
export interface Setting extends Choice {
  /** The one person whose conversation it is: what is chosen there is theirs. */
  readonly owner?: string;
}

/** `configured` is what the configuration says of the place: it holds until someone chooses otherwise. */
export async function openConversation(
  store: Store,
  key: ConversationKey,
  { owner, ...configured }: Setting = {},
): Promise<Conversation> {
  const bindings = store.documents<Binding>("binding");
  const parents = parentsOf(key).map((parent) => bindings.get(parent));
  let binding = (await bindings.get(key)) ?? {};
  const inherited = (await Promise.all(parents)).toReversed();

  async function bind(change: Parameters<Conversation["bind"]>[0]): Promise<void> {
    const entries = Object.entries({ ...binding, ...change }).filter(([, value]) => value !== undefined);
    const next: Binding = Object.fromEntries(entries);
    if (owner !== undefined) await store.people.own(owner, key);
    await bindings.set(key, next);
    binding = next;
  }

  const summary = createSummaryOf(store, key);

  async function turns(options: { limit?: number; before?: string } = {}): Promise<readonly StoredTurn[]> {
    const { after = "", trimmed = "" } = binding;
    const { through = "" } = (await summary.find(options.before)) ?? {};
    const [start = ""] = [after, trimmed, through].toSorted().toReversed();
    return store.turns.list(key, { limit: mostTurns, ...options, after: start });
  }

  /** What was told of the view, and cut off it, is so no more. */
  async function renewView(change: Parameters<typeof bind>[0] = {}): Promise<true> {
    await bind({ ...change, trimmed: undefined, toldTrimmed: undefined, toldFull: undefined });
    return true;
  }

  const allTurns = (): Promise<readonly StoredTurn[]> =>
    store.turns.list(key, { limit: mostTurns, after: binding.after ?? "" });

  return {
    key,
    get binding() {
      return binding;
    },
    get bound() {
      return choiceOf(Object.assign({}, configured, ...inherited, binding));
    },
    turns: (before) => turns(before === undefined ? {} : { before }),
    summary: (before) => summary.find(before),
    allTurns,
    compact: async (written, covered) =>
      (await summary.replace(written, covered, binding.after ?? "")) && renewView(),
    expand: async () => (await summary.remove()) && renewView(),
    bind,
    async startAfresh() {
      const last = (await store.turns.list(key, { limit: 1 })).at(-1);
      if (!last) return;
      await summary.remove();
      await renewView({ after: last.id });
    },
    async undo() {
      // Only what stands in the present context can be taken back: /new hides what came before it.
      return (await turns({ limit: 1 })).length > 0 && (await store.turns.removeLast(key));
    },
  };
}

/** A conversation's summary, read once. */
function createSummaryOf({ summaries }: Store, key: ConversationKey) {
  let read: Promise<Summary | undefined> | undefined;
  return {
    async find(before?: string): Promise<Summary | undefined> {
      read ??= summaries.find(key);
      const summary = await read;
      // It tells of what came after an answer in the middle too.
      return summary && before !== undefined && before <= summary.through ? undefined : summary;
    },
    async replace(
      written: Pick<Summary, "text" | "person">,
      covered: readonly StoredTurn[],
      start: string,
    ): Promise<boolean> {
      const before = await this.find();
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

/** The part of a binding that is handed on: contexts are their own. */
export function choiceOf({ persona, model, thinking, showThinking }: Binding): Choice {
  return {
    ...(persona !== undefined && { persona }),
    ...(model !== undefined && { model }),
    ...(thinking !== undefined && { thinking }),
    ...(showThinking !== undefined && { showThinking }),
  };
}
