import { StringDecoder } from "node:string_decoder";

/** What a server sent at once; ids and times to come back after are of no use here. */
export interface ServerSentEvent {
  readonly name?: string;
  readonly data: string;
}

/**
 * Takes a stream of server-sent events apart. Each piece of it gives the events that are whole by then, so that what came
 * at once is dealt with at once: an answer's tokens come faster than they can be shown.
 */
export function createEventReader() {
  const decoder = new StringDecoder("utf8");
  /** The pieces of what is not whole yet. */
  let open: string[] = [];
  let isFirst = true;
  let endsWithReturn = false;

  /** With line feeds alone; a carriage return at the end waits for the line feed that may belong to it. */
  function unify(text: string, isLast: boolean): string {
    let given = endsWithReturn ? `\r${text}` : text;
    if (isFirst && given !== "") {
      isFirst = false;
      if (given.startsWith("\uFEFF")) given = given.slice(1);
    }
    endsWithReturn = !isLast && given.endsWith("\r");
    if (endsWithReturn) given = given.slice(0, -1);
    return given.includes("\r") ? given.replaceAll(/\r\n?/gu, "\n") : given;
  }

  function take(text: string): readonly ServerSentEvent[] {
    open.push(text);
    // A long event comes in many pieces: it is put together once.
    if (!text.includes("\n")) return [];
    const all = open.join("");
    const end = all.lastIndexOf("\n\n");
    open = [end < 0 ? all : all.slice(end + 2)];
    return end < 0 ? [] : eventsIn(all.slice(0, end));
  }

  return {
    push: (bytes: Uint8Array): readonly ServerSentEvent[] => take(unify(decoder.write(bytes), false)),
    /** The stream is over: some servers leave out the empty line after the last event. */
    end: (): readonly ServerSentEvent[] => take(`${unify(decoder.end(), true)}\n\n`),
  };
}

function eventsIn(text: string): readonly ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  for (const block of text.split("\n\n")) {
    const event = eventOf(block);
    if (event) events.push(event);
  }
  return events;
}

function eventOf(block: string): ServerSentEvent | undefined {
  let name: string | undefined;
  let data: string | undefined;
  for (const line of block.split("\n")) {
    const value = valueOf(line);
    if (line.startsWith("data:")) data = data === undefined ? value : `${data}\n${value}`;
    else if (line.startsWith("event:")) name = value;
  }
  if (data === undefined) return undefined;
  return name === undefined ? { data } : { name, data };
}

/** What stands after the colon and one space. */
function valueOf(line: string): string {
  const colon = line.indexOf(":");
  return line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
}
