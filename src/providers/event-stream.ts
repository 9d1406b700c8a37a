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
  readonly error?: unknown;
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
      let isFirst = true;
      for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
        heard?.("lives");
        if (isFirst && beginsJson(piece.value)) throw fail(await inPlaceOf(piece.value, pieces));
        isFirst = false;
        if (yield* read(reader.push(piece.value))) return;
      }
      yield* read(reader.end());
    },
  };
}

/** No line of a stream of events begins like that. */
function beginsJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b;
}

/** The most of it that is read, in bytes. */
const longestJson = 65_536;

/** What came as JSON in place of a stream, though with a status that says that all is well: gateways answer errors like that. */
async function inPlaceOf(begin: Uint8Array, rest: ReadableStreamDefaultReader<Uint8Array>): Promise<Failure> {
  const bytes = [begin];
  let length = begin.length;
  for (let piece = await rest.read(); !piece.done && length < longestJson; piece = await rest.read()) {
    bytes.push(piece.value);
    length += piece.value.length;
  }
  const noStream = { error: { message: "it answered with JSON in place of a stream" } };
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(bytes).toString());
    const said: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    return typeof said === "object" && said !== null && !isAnswer(said) ? said : noStream;
  } catch {
    return noStream;
  }
}

const isAnswer = (said: object): boolean =>
  !("error" in said && said.error) && ["choices", "content", "output"].some((field) => field in said);
