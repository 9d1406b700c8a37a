import { array, assert, integer, property } from "fast-check";
import type { Root } from "mdast";
import { expect, test } from "vitest";
import { parseMarkdown } from "../../src/text/document.ts";
import { paginate } from "../../src/text/paginate.ts";
import { markdown, renderMarkdown, trace, withoutNotes } from "../support/markdown.ts";

const within = (limit: number) => (part: Root) => renderMarkdown(part).length <= limit;

const limits = integer({ min: 400, max: 2000 });

test("joined, the parts of any answer are the answer; each fits and none is empty", () => {
  assert(
    property(array(markdown, { minLength: 1, maxLength: 4 }), limits, (blocks, limit) => {
      const document = parseMarkdown(blocks.join("\n\n"), { growing: false });
      const parts = paginate(document, within(limit));
      expect(parts.flatMap((part) => trace(part))).toEqual(trace(document));
      expect(parts.filter((part) => !within(limit)(part))).toEqual([]);
      if (parts.length > 1) expect(parts.filter((part) => trace(part).length === 0)).toEqual([]);
    }),
    { numRuns: 25, interruptAfterTimeLimit: 10_000 },
  );
});

test("a part written as Markdown and read again is the same part", () => {
  assert(
    property(markdown, limits, (text, limit) => {
      for (const part of paginate(parseMarkdown(text, { growing: false }), within(limit))) {
        const again = parseMarkdown(renderMarkdown(part), { growing: false });
        expect(withoutNotes(again)).toEqual(withoutNotes(part));
      }
    }),
    { numRuns: 25, interruptAfterTimeLimit: 10_000 },
  );
});

test("while it grows, the parts are the text so far, and all but the last two stay", () => {
  assert(
    property(markdown, integer({ min: 400, max: 700 }), (text, limit) => {
      const finished = paginate(parseMarkdown(text, { growing: false }), within(limit));
      for (let end = 0; end < text.length; end += 1 + (text.length >> 4)) {
        const document = parseMarkdown(text.slice(0, end), { growing: true });
        const parts = paginate(document, within(limit));
        expect(parts.flatMap((part) => trace(part))).toEqual(trace(document));
        expect(parts.filter((part) => !within(limit)(part))).toEqual([]);
        expect(parts.slice(0, -2)).toEqual(finished.slice(0, Math.max(0, parts.length - 2)));
      }
    }),
    { numRuns: 10, interruptAfterTimeLimit: 10_000 },
  );
});

test("the parts of a growing text are those of each version by itself", () => {
  assert(
    property(
      array(markdown, { minLength: 1, maxLength: 2 }),
      integer({ min: 400, max: 700 }),
      (blocks, limit) => {
        const text = blocks.join("\n\n");
        const fits = within(limit);
        const memo = {};
        for (let end = 0; end < text.length; end += 1 + (text.length >> 3)) {
          const version = text.slice(0, end);
          const parts = paginate(parseMarkdown(version, { growing: true, memo }), fits);
          expect(parts).toEqual(paginate(parseMarkdown(version, { growing: true }), within(limit)));
        }
      },
    ),
    { numRuns: 4, interruptAfterTimeLimit: 10_000 },
  );
});
