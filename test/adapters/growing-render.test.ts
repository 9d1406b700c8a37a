import { expect, test } from "vitest";
import { renderAnswer as renderDiscord } from "../../adapters/discord/render.ts";
import { renderAnswer as renderSlack } from "../../adapters/slack/render.ts";
import { renderAnswer as renderTelegram } from "../../adapters/telegram/render.ts";
import type { Answer } from "../../src/chat.ts";

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

const chapter = `# A title

Some **words** and [a page](https://a.bc/d) — 한국어 문장도 있어요.

- one
- two
  1. three, which says \`more\` than the others

| a | b |
|---|---|
| c | *d* |

<details>
<summary>More</summary>

> quoted

</details>

\`\`\`ts
const x = 1;
\`\`\`

`;
const text = chapter.repeat(45);

test.each([
  ["Discord", renderDiscord],
  ["Slack", renderSlack],
  ["Telegram", (each: Answer, memo?: object) => renderTelegram(each, "auto", memo)],
])("on %s a growing answer looks as if each version were rendered by itself", (_, render) => {
  const memo = {};
  for (let end = 1000; end < text.length; end += 3333) {
    const version = answer(text.slice(0, end), "growing");
    expect(render(version, memo)).toEqual(render(version));
  }
  const final = answer(text, "done");
  const messages = render(final, memo);
  expect(messages).toEqual(render(final));
  expect(messages.length).toBeGreaterThan(1);
});
