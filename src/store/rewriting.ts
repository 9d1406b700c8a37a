/** When a file is written anew after that was asked for, in milliseconds. */
export interface RewritingTimes {
  /** For all who ask meanwhile. */
  readonly afterMs: number;
  /** How long nobody has written then. */
  readonly quietMs: number;
  /** So long, and it is done whether or not it is quiet. */
  readonly longestMs: number;
}

const usual: RewritingTimes = { afterMs: 300_000, quietMs: 10_000, longestMs: 3_600_000 };

/**
 * Has a file written anew some minutes after that was asked for, once for all who asked, when nobody works with it: for
 * seconds it keeps everyone waiting, and one person may ask as often as they like.
 */
export function createRewriting(
  rewrite: () => Promise<void>,
  { afterMs, quietMs, longestMs }: RewritingTimes = usual,
) {
  let askedAt: number | undefined;
  let workedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;

  const lookIn = (ms: number): void => void (timer = setTimeout(look, ms).unref());

  async function run(): Promise<void> {
    clearTimeout(timer);
    askedAt = undefined;
    await rewrite();
  }

  function look(): void {
    const now = performance.now();
    const isQuiet = now - workedAt >= quietMs;
    if (!isQuiet && now - (askedAt ?? now) < longestMs) lookIn(quietMs);
    // Without room on the disk for it, what is deleted goes when it is written over.
    else void run().catch(() => undefined);
  }

  return {
    /** Somebody has written. */
    worked: (): void => void (workedAt = performance.now()),
    ask(): void {
      if (askedAt !== undefined) return;
      askedAt = performance.now();
      lookIn(afterMs);
    },
    /** Does now what was asked for, and nothing later. */
    async end(): Promise<void> {
      if (askedAt !== undefined) await run().catch(() => undefined);
    },
  };
}
