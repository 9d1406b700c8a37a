/** How long what comes after an answer, such as what it took, is waited for, in milliseconds. */
const afterwardsMs = 3_000;

/**
 * A stream until it ends. Once its answer is whole, it may break off or hang as it likes: nothing that was said is missing,
 * and who asked again would pay twice for the same.
 */
export async function* untilWhole<Event>(
  open: (signal: AbortSignal) => AsyncIterable<Event>,
  isWhole: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const event of open(AbortSignal.any([signal, late.signal]))) {
      yield event;
      if (isWhole()) timer ??= setTimeout(() => late.abort(), afterwardsMs);
    }
  } catch (error) {
    if (!isWhole()) throw error;
  } finally {
    clearTimeout(timer);
  }
}
