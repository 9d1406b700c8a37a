import { parentsOf } from "./scope.ts";
import type { ConversationKey, Store, StoredTurn } from "../store/store.ts";

/** What is remembered of a conversation beside its turns. */
export interface Binding {
  /** The id of the persona that answers here; the configuration's when left out. */
  readonly persona?: string;
  /** The alias or `provider/model` chosen here; the persona's when left out. */
  readonly model?: string;
  /** The context starts after the turn with this id. */
  readonly after?: string;
  /** The person has been told that old turns left the context. */
  readonly toldTrimmed?: boolean;
}

/** One scope's stored turns and binding. Only this conversation's own in-order work may change it. */
export interface Conversation {
  readonly key: ConversationKey;
  readonly binding: Binding;
  /** What holds here: its own choice, else that of where it stands, else the configuration's. */
  readonly bound: Pick<Binding, "persona" | "model">;
  /** The turns of the present context, oldest first; only those before the turn with id `before`, where given. */
  turns(before?: string): Promise<readonly StoredTurn[]>;
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
export interface Setting extends Pick<Binding, "persona" | "model"> {
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
  const [own, ...parents] = await Promise.all([key, ...parentsOf(key)].map((each) => bindings.get(each)));
  let binding = own ?? {};
  const inherited = parents.toReversed();

  async function bind(change: Parameters<Conversation["bind"]>[0]): Promise<void> {
    const entries = Object.entries({ ...binding, ...change }).filter(([, value]) => value !== undefined);
    const next: Binding = Object.fromEntries(entries);
    if (owner !== undefined) await store.people.own(owner, key);
    await bindings.set(key, next);
    binding = next;
  }

  async function turns(options: { limit?: number; before?: string } = {}): Promise<readonly StoredTurn[]> {
    const { after } = binding;
    return store.turns.list(key, { limit: mostTurns, ...options, ...(after !== undefined && { after }) });
  }

  return {
    key,
    get binding() {
      return binding;
    },
    get bound() {
      return choiceOf(Object.assign({}, configured, ...inherited, binding));
    },
    turns: (before) => turns(before === undefined ? {} : { before }),
    bind,
    async startAfresh() {
      const last = (await turns({ limit: 1 })).at(-1);
      if (last) await bind({ after: last.id, toldTrimmed: undefined });
    },
    async undo() {
      // Only what stands in the present context can be taken back: /new hides what came before it.
      return (await turns({ limit: 1 })).length > 0 && (await store.turns.removeLast(key));
    },
  };
}

/** The part of a binding that is handed on: contexts are their own. */
function choiceOf({ persona, model }: Binding): Pick<Binding, "persona" | "model"> {
  return { ...(persona !== undefined && { persona }), ...(model !== undefined && { model }) };
}
