import type { Keyv, KeyvStoreAdapter } from "keyv";
import type { Documents, Store } from "./store.ts";

/** What Keyv needs of a storage adapter. */
export type DocumentTable = Pick<KeyvStoreAdapter, "opts" | "get" | "set" | "delete" | "clear">;

/** An index entry of Postgres holds some 2700 bytes; the same bound on both sides keeps them alike. */
const maxKeyBytes = 2_000;

/** Documents in Keyv, which is loaded, and its table opened, with the first call. */
export function createDocuments(openTable: () => Promise<DocumentTable>): Store["documents"] {
  let opened: Promise<Keyv> | undefined;

  async function open(): Promise<Keyv> {
    const [{ Keyv }, store] = await Promise.all([import("keyv"), openTable()]);
    return new Keyv({
      store,
      throwOnErrors: true,
      // Keyv leaves out its prefix where a key begins with it, and two keys become one.
      useKeyPrefix: false,
      // Keyv's own gives strings that begin with a colon a meaning.
      serialize: JSON.stringify,
      deserialize: JSON.parse,
    });
  }

  /** A failed opening is forgotten, so that the next call tries again. */
  function keyv(): Promise<Keyv> {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  return <Value>(kind: string): Documents<Value> => {
    if (!/^[a-z]+$/iu.test(kind)) throw new Error(`A kind of documents is letters only, not "${kind}".`);
    const nameOf = (key: string) => {
      const name = `${kind}:${key}`;
      if (Buffer.byteLength(name) > maxKeyBytes) throw new RangeError("The document's key is too long.");
      return name;
    };
    return {
      async get(key) {
        return (await keyv()).get<Value>(nameOf(key));
      },
      async set(key, value) {
        await (await keyv()).set(nameOf(key), value);
      },
      async delete(key) {
        return (await keyv()).delete(nameOf(key));
      },
    };
  };
}
