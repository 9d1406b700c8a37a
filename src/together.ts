/**
 * Does all of it side by side. When one part rejects, the others are aborted; it rejects with that once all have ended,
 * so that nothing goes on behind it.
 */
export async function together<Item>(
  items: readonly Item[],
  outer: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([outer, ending.signal]);
  let failure: { readonly error: unknown } | undefined;
  await Promise.all(
    items.map((item) =>
      work(item, signal).catch((error: unknown) => {
        failure ??= { error };
        ending.abort();
      }),
    ),
  );
  if (failure) throw failure.error;
}
