import type { Store } from "../../src/store/store.ts";

/** A store whose process dies at its `at`-th write, before it or right after it: from then on nothing is stored or read. */
export function storeWithPowerCut(
  store: Store,
  at: number,
  when: "before" | "after",
): Store & { isCut(): boolean; readonly cut: Promise<void> } {
  let writes = 0;
  let isCut = false;
  const { promise: cut, resolve } = Promise.withResolvers<void>();
  const end = (): void => {
    isCut = true;
    resolve();
  };
  const dead = (): Promise<never> => new Promise(() => {});
  const guard = <Part extends object>(part: Part, writing: readonly string[]): Part =>
    new Proxy(part, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function") return member;
        const call = member as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]): Promise<unknown> => {
          if (isCut) return dead();
          if (!writing.includes(String(name))) return call.apply(target, args);
          const isLast = ++writes === at;
          if (isLast && when === "before") {
            end();
            return dead();
          }
          const result = await call.apply(target, args);
          if (isLast) end();
          return isCut ? dead() : result;
        };
      },
    });
  return {
    ...store,
    inbox: guard(store.inbox, ["put", "handBack", "end", "change", "drop"]),
    outbox: guard(store.outbox, [
      "begin",
      "posts",
      "rounds",
      "council",
      "commence",
      "stop",
      "conclude",
      "close",
    ]),
    turns: guard(store.turns, ["append", "remove"]),
    summaries: guard(store.summaries, ["put", "remove"]),
    people: guard(store.people, ["cancel", "forget"]),
    isCut: () => isCut,
    cut,
  };
}
