/** An SDK's events, with what closes their connection where the SDK has that. */
type Stream<Event> = AsyncIterable<Event> & { readonly controller?: { abort(): void } };

/** How to open one of an SDK's streams, and what its errors mean. */
interface Connection<Event> {
  open(): PromiseLike<Stream<Event>>;
  /** Called with what the SDK threw; never with what the consumer of the events threw. */
  translate(error: unknown): Error;
}

/** How long a stream whose consumer has all it needs may take to end, in milliseconds. */
const endsWithinMs = 250;

/**
 * An SDK's events with its errors translated. Throws the signal's reason when it was aborted,
 * also where the SDK would end quietly. When the consumer stops early, the stream may end by itself for a moment: its
 * connection then serves the next request, without a new handshake. Else it is closed.
 */
export async function* receive<Event>(
  connection: Connection<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  signal.throwIfAborted();
  let leave: (() => void) | undefined;
  try {
    const stream = await connection.open();
    const events = stream[Symbol.asyncIterator]();
    leave = () => void end(events, stream.controller);
    for (let next = await events.next(); !next.done; next = await events.next()) yield next.value;
    leave = undefined;
  } catch (error) {
    leave = undefined;
    signal.throwIfAborted();
    throw connection.translate(error);
  } finally {
    leave?.();
  }
  signal.throwIfAborted();
}

async function end(events: AsyncIterator<unknown>, controller: Stream<unknown>["controller"]): Promise<void> {
  if (!controller) return void events.return?.();
  const late = setTimeout(() => controller.abort(), endsWithinMs).unref();
  try {
    while (!(await events.next()).done);
  } catch {
    // Nobody listens any more.
  }
  clearTimeout(late);
}
