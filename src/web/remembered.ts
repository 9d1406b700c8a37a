/** What is worth keeping for a while, by its name. */
export interface Remembered<Value> {
  /** With its age in milliseconds; undefined when there is none, or it is too old. */
  get(key: string): { readonly value: Value; readonly ageMs: number } | undefined;
  /** `bytes`: how large it is, where that is bounded. */
  set(key: string, value: Value, bytes?: number): void;
}

/**
 * A memory of so many values and bytes, each for so long; what was not asked for the longest goes first. It ends with the
 * process: what people looked up is on no disk.
 */
export function createRemembered<Value>({
  most,
  bytes: mostBytes,
  forMs,
}: {
  readonly most: number;
  readonly bytes: number;
  readonly forMs: number;
}): Remembered<Value> {
  const entries = new Map<string, { readonly value: Value; readonly at: number; readonly bytes: number }>();
  let total = 0;

  function drop(key: string): void {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      const ageMs = Date.now() - entry.at;
      drop(key);
      if (ageMs > forMs) return undefined;
      entries.set(key, entry);
      total += entry.bytes;
      return { value: entry.value, ageMs };
    },
    set(key, value, bytes = 0) {
      drop(key);
      if (bytes > mostBytes) return;
      entries.set(key, { value, at: Date.now(), bytes });
      total += bytes;
      for (const oldest of entries.keys()) {
        if (entries.size <= most && total <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}
