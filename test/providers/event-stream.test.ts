import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventSourceMessage } from "eventsource-parser";
import { createEventReader } from "../../src/providers/event-stream.ts";

/** Reads a text of which each of these many bytes come at once, the rest at last. */
function read(text: string, lengths: readonly number[] = []): readonly EventSourceMessage[] {
  const reader = createEventReader();
  const bytes = new TextEncoder().encode(text);
  const events: EventSourceMessage[] = [];
  let start = 0;
  for (const length of lengths) {
    events.push(...reader.push(bytes.subarray(start, start + length)));
    start += length;
  }
  return [...events, ...reader.push(bytes.subarray(start)), ...reader.end()];
}

const lines = fc.constantFrom("\n", "\r\n", "\r");
const written = fc
  .array(
    fc.record({
      name: fc.option(fc.constantFrom("response.output_text.delta", "error"), { nil: undefined }),
      data: fc.array(fc.stringMatching(/^[^\r\n]{0,12}$/u), { minLength: 1, maxLength: 3 }),
      comment: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .chain((events) => fc.tuple(fc.constant(events), lines));

test("an event stream says the same wherever the network cuts it, and whatever ends its lines", () => {
  fc.assert(
    fc.property(written, fc.array(fc.nat(9)), ([events, end], lengths) => {
      const blocks = events.map(({ name, data, comment }) =>
        [
          ...(comment ? [": still there"] : []),
          ...(name === undefined ? [] : [`event: ${name}`]),
          ...data.map((line) => `data: ${line}`),
          "",
          "",
        ].join(end),
      );
      const wanted = events.map(({ name, data }) => ({
        ...(name !== undefined && { event: name }),
        data: data.join("\n"),
      }));
      expect(read(blocks.join(""), lengths)).toEqual(wanted);
    }),
  );
});

test("what came whole is given at once, before what is still to come", () => {
  const reader = createEventReader();
  const bytes = new TextEncoder().encode('data: "하나"\n\ndata: "둘"\n\ndata: "세');
  expect(reader.push(bytes)).toMatchObject([{ data: '"하나"' }, { data: '"둘"' }]);
  expect(reader.push(new TextEncoder().encode('엣"\n\n'))).toMatchObject([{ data: '"세엣"' }]);
});

test("a last event without its empty line is one all the same", () => {
  expect(read("data: first\n\ndata: last")).toMatchObject([{ data: "first" }, { data: "last" }]);
});
