/** What came of taking events in order. */
export interface Taken<Event> {
  readonly taken: ReadonlySet<Event>;
  /** Why the first that could not be taken was not; undefined when all were. */
  readonly trouble: PromiseRejectedResult | undefined;
}

/** Takes events: those of one place one after the other up to the first that fails, the places side by side. */
export async function takeInOrder<Event>(
  events: readonly Event[],
  placeOf: (event: Event) => unknown,
  take: (event: Event) => Promise<void>,
): Promise<Taken<Event>> {
  const taken = new Set<Event>();
  const results = await Promise.allSettled(
    [...Map.groupBy(events, placeOf).values()].map(async (ofPlace) => {
      for (const event of ofPlace) {
        await take(event);
        taken.add(event);
      }
    }),
  );
  return { taken, trouble: results.find((result) => result.status === "rejected") };
}
