/** How to open one of an SDK's streams, and what its errors mean. */
interface Connection<Event> {
  open(): PromiseLike<AsyncIterable<Event>>;
  /** Called with what the SDK threw; never with what the consumer of the events threw. */
  translate(error: unknown): Error;
  /** Called for each event before it is passed on. */
  readonly heard?: (() => void) | undefined;
}

/**
 * An SDK's events with its errors translated. Throws the signal's reason when it was aborted,
 * also where the SDK would end quietly. Closes the connection when the consumer stops early.
 */
export async function* receive<Event>(
  connection: Connection<Event>,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  signal.throwIfAborted();
  try {
    for await (const event of await connection.open()) {
      connection.heard?.();
      yield event;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw connection.translate(error);
  }
  signal.throwIfAborted();
}
