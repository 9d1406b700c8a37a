import { array, assert, property } from "fast-check";
import { expect, test } from "vitest";
import { renderAnswer as renderDiscord } from "../../adapters/discord/render.ts";
import { renderAnswer as renderSlack } from "../../adapters/slack/render.ts";
import { renderAnswer as renderTelegram } from "../../adapters/telegram/render.ts";
import type { Answer } from "../../src/chat.ts";
import { markdown } from "../support/markdown.ts";

const persona = { name: "Tutor" };
const folds = [{ title: "Before", text: "What was **said** before." }];

const answer = (text: string, state: Answer["state"]): Answer => ({
  state,
  text,
  persona,
  folds,
  thinking: "Let me *think*.",
  sources: [{ title: "A page", url: "https://a.bc" }],
  notices: ["A notice."],
  footer: "off",
  actions: [{ token: "t", label: "Again" }],
});

test.each([
  ["Discord", renderDiscord],
  ["Slack", renderSlack],
  ["Telegram", (each: Answer, memo?: object) => renderTelegram(each, "auto", memo)],
])("on %s a growing answer looks as if each version were rendered by itself", (_, render) => {
  assert(
    property(array(markdown, { minLength: 8, maxLength: 16 }), (blocks) => {
      const text = blocks.join("\n\n");
      const memo = {};
      for (let end = 1; end < text.length; end += 1 + (text.length >> 4)) {
        const version = answer(text.slice(0, end), "growing");
        expect(render(version, memo)).toEqual(render(version));
      }
      const final = answer(text, "done");
      expect(render(final, memo)).toEqual(render(final));
    }),
    { numRuns: 4 },
  );
});
