import type { MessageId } from "./chat.ts";
import type { Posts, StoredTurn } from "./store/store.ts";

/** What is known of an answer's messages, kept so that whoever takes the answer up again goes on in the same ones. */
export interface PostLog {
  /** The message of this name; `null` when its post was begun and nobody knows whether it stands. */
  find(name: string): MessageId | null | undefined;
  /** The names that begin with this, followed by a number, in the order of that number. */
  names(prefix: string): readonly string[];
  readonly known: Posts;
  /** The messages that stand for sure. */
  readonly standing: StoredTurn["posts"];
  /** A post begins: its intent is stored when this settles. */
  begin(name: string): Promise<void>;
  /** A post will begin once these are stored, with something else. */
  plan(name: string): Posts;
  /** It stands: its receipt is stored in a moment, or with what is stored before that. */
  stands(name: string, id: MessageId): void;
  /** It was taken back. */
  gone(name: string): void;
  /** All receipts are stored when this settles. */
  saved(): Promise<void>;
  /** Nothing is being stored when this settles: receipts that are due go with what the caller stores now. */
  quiet(): Promise<void>;
}

/** For how long what was planned counts as just stored, in milliseconds: a post may wait for its turn long after that. */
const freshMs = 1_000;

/**
 * A log that starts with what is known already; `save` stores all of it. Nobody waits for a receipt: that of one message goes
 * with the intent of the next, and the last one with the end of the answer, unless something keeps either waiting.
 */
export function createPostLog(
  known: Posts,
  save: (posts: Posts, options?: { isReceipt: boolean }) => Promise<void>,
): PostLog {
  const posts = new Map(Object.entries(known));
  const planned = new Map<string, number>();
  const { store, storeSoon, saved, quiet } = createSaving((options) =>
    save(Object.fromEntries(posts), options),
  );
  return {
    find: (name) => posts.get(name),
    names: (prefix) =>
      [...posts.keys()]
        .filter((name) => name.startsWith(prefix) && /^\d+$/u.test(name.slice(prefix.length)))
        .toSorted((one, other) => Number(one.slice(prefix.length)) - Number(other.slice(prefix.length))),
    get known() {
      return Object.fromEntries(posts);
    },
    get standing() {
      return Object.fromEntries(
        [...posts].filter((entry): entry is [string, MessageId] => entry[1] !== null),
      );
    },
    async begin(name) {
      const since = planned.get(name);
      planned.delete(name);
      if (since !== undefined && performance.now() - since < freshMs) return;
      // Stored again for each attempt: the store refuses it to whoever is not the one any more that works on it.
      posts.set(name, null);
      await store();
    },
    plan(name) {
      posts.set(name, null);
      planned.set(name, performance.now());
      return Object.fromEntries(posts);
    },
    stands(name, id) {
      posts.set(name, id);
      storeSoon();
    },
    gone(name) {
      if (posts.delete(name)) storeSoon();
    },
    saved,
    quiet,
  };
}

/** Saves at once, or soon what need not be waited for; one after the other, for an older state must not come last. */
function createSaving(save: (options?: { isReceipt: boolean }) => Promise<void>) {
  let saving: Promise<void> = Promise.resolve();
  let due: NodeJS.Immediate | undefined;
  let isSaved = true;

  function cancelDue(): void {
    clearImmediate(due);
    due = undefined;
  }

  async function saveNow(options?: { isReceipt: boolean }): Promise<void> {
    isSaved = true;
    try {
      await save(options);
    } catch (error) {
      isSaved = false;
      throw error;
    }
  }

  function store(options?: { isReceipt: boolean }): Promise<void> {
    cancelDue();
    const stored = saving.then(() => saveNow(options));
    saving = stored.catch(() => undefined);
    return stored;
  }

  const storeSoon = (): void => {
    isSaved = false;
    // What can't be stored is stored with what comes next, or found by asking the platform.
    due ??= setImmediate(() => void store({ isReceipt: true }).catch(() => undefined));
  };
  const saved = async (): Promise<void> => {
    await saving;
    if (!isSaved) await store({ isReceipt: true });
  };
  const quiet = (): Promise<void> => {
    cancelDue();
    return saving;
  };
  return { store, storeSoon, saved, quiet };
}
