import type { Sign, StreamEvent } from "./provider.ts";

/**
 * The events of what came at once, with the pieces of one text as one: what follows is done once for them, not once a
 * token. What was said before an error comes before it.
 */
export function* joined<Sent>(
  sent: readonly Sent[],
  read: (one: Sent) => Iterable<StreamEvent>,
): Generator<StreamEvent> {
  let held: Extract<StreamEvent, { type: "text" | "thinking" }> | undefined;
  try {
    for (const one of sent) {
      for (const event of read(one)) {
        if (event.type === held?.type) {
          held = { type: held.type, text: held.text + event.text };
          continue;
        }
        if (held) yield held;
        held = undefined;
        if (event.type === "text" || event.type === "thinking") held = event;
        else yield event;
      }
    }
  } catch (error) {
    if (held) yield held;
    throw error;
  }
  if (held) yield held;
}

/** After what came at once: tells what the model is at now. */
export function tellSign<Sent>(
  sent: readonly Sent[],
  signOf: (one: Sent) => Sign,
  heard: ((sign: Sign) => void) | undefined,
): void {
  const latest = sent.findLast((one) => signOf(one) !== "lives");
  if (latest !== undefined) heard?.(signOf(latest));
}
