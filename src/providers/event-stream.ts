import { createParser, type EventSourceMessage } from "eventsource-parser";

/**
 * Takes a stream of server-sent events apart. Each piece of it gives the events that are whole by then, so that what came
 * at once is dealt with at once: an answer's tokens come faster than they can be shown.
 */
export function createEventReader() {
  const decoder = new TextDecoder();
  let whole: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void whole.push(event) });

  function take(text: string): readonly EventSourceMessage[] {
    parser.feed(text);
    const taken = whole;
    whole = [];
    return taken;
  }

  return {
    push: (bytes: Uint8Array): readonly EventSourceMessage[] => take(decoder.decode(bytes, { stream: true })),
    /** The stream is over: some servers leave out the empty line after the last event. */
    end: (): readonly EventSourceMessage[] => take(`${decoder.decode()}\n\n`),
  };
}

/** What a vendor calls an error in its stream. */
interface Failure {
  readonly error?: object | null;
}

interface Reading {
  /** Makes an error of what the vendor calls one. */
  readonly fail: (event: Failure) => Error;
  /** Called for whatever comes, also for what is no event. */
  readonly heard?: ((sign: "lives") => void) | undefined;
}

/** The events of an answer, those that came at once together. Throws what the vendor calls an error, after what came before it. */
export function readEvents<Event>(
  { body }: Pick<Response, "body">,
  { fail, heard }: Reading,
): AsyncIterable<readonly Event[]> & { readonly controller: { abort(): void } } {
  if (!body) throw new Error("an answer without a body");
  const pieces = body.getReader();

  /** True when it was the last. */
  function* read(sent: readonly EventSourceMessage[]): Generator<readonly Event[], boolean> {
    const events: Event[] = [];
    let isLast = false;
    try {
      for (const { event: name, data } of sent) {
        isLast = data === "[DONE]";
        if (isLast) break;
        const event = JSON.parse(data) as Event & Failure;
        if (name === "error" || event.error) throw fail(event);
        events.push(event);
      }
    } catch (error) {
      if (events.length > 0) yield events;
      throw error;
    }
    if (events.length > 0) yield events;
    return isLast;
  }

  return {
    controller: { abort: () => void pieces.cancel().catch(() => undefined) },
    async *[Symbol.asyncIterator]() {
      const reader = createEventReader();
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        heard?.("lives");
        if (yield* read(reader.push(piece.value))) return;
      }
      yield* read(reader.end());
    },
  };
}
