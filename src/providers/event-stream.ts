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
