import type { FinishedRounds, Store } from "../../src/store/store.ts";

/** A store that tells what was stored of an answer's rounds. */
export function watchedRounds() {
  const writes: FinishedRounds[] = [];
  const store = (store: Store): Store => ({
    ...store,
    outbox: {
      ...store.outbox,
      async rounds(job, finished) {
        await store.outbox.rounds(job, finished);
        writes.push(finished);
      },
    },
  });
  /** How many results there are of the round whose tools run; undefined when none runs. */
  const results = (): number | undefined =>
    writes.at(-1)?.open?.results.filter((each) => each !== null).length;
  return { store, writes, results };
}
