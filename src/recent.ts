/** The last things that were seen, so that a repetition is known. */
export interface Recent {
  /** True the first time an id is seen among the last ones. */
  isNew(id: string): boolean;
}

/** Remembers the last `size` ids. */
export function createRecent(size: number): Recent {
  const ids = new Set<string>();
  return {
    isNew(id) {
      if (ids.has(id)) return false;
      ids.add(id);
      // A Set keeps the order of insertion: the first is the oldest.
      if (ids.size > size) for (const oldest of ids.values().take(1)) ids.delete(oldest);
      return true;
    },
  };
}
