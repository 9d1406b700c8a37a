/** What a long answer costs to show while it grows, beside what it costs to render the whole once. */
import { renderAnswer as renderDiscord } from "../../adapters/discord/render.ts";
import { renderAnswer as renderSlack } from "../../adapters/slack/render.ts";
import { renderAnswer as renderTelegram } from "../../adapters/telegram/render.ts";
import type { Adapter, Answer } from "../../src/chat.ts";
import { loadWords } from "../../src/words/words.ts";
import { percentile } from "./measure.ts";

const platforms: Readonly<Record<string, Adapter["render"]>> = {
  Telegram: (answer, memo) => renderTelegram(answer, "auto", memo),
  Discord: renderDiscord,
  Slack: renderSlack,
};

const chapter = `## How it is said

The polite way is **내일 봬요**, which you say to people you know a little. Among friends *내일 봐* is enough, and
in a letter you would rather write the longer form; see [the dictionary](https://example.com/bwoyo).

- \`봬요\` is short for \`뵈어요\`
- the stem is **뵈-**, to see someone older
  1. write it apart from 내일

\`\`\`ts
const polite = (stem: string): string => \`\${stem}요\`;
\`\`\`

| form | to whom |
|---|---|
| 내일 봬요 | a teacher |
| 내일 봐 | *a friend* |

> Who speaks well is heard.

`;
const length = 60_000;
const versions = 100;
const text = chapter.repeat(Math.ceil(length / chapter.length)).slice(0, length);

/** Prints the medians of so many runs on each platform. */
export async function benchGrowing(runs: number): Promise<void> {
  await loadWords("en");
  console.log(
    `\nAn answer of ${length} characters that grows in ${versions} versions, median of ${runs} runs\n`,
  );
  for (const [name, render] of Object.entries(platforms)) {
    const grown: number[] = [];
    const whole: number[] = [];
    for (let run = -1; run < runs; run++) {
      const memo = {};
      const growing = cpuMsOf(() => {
        for (let version = 1; version <= versions; version++)
          render(answerOf(text.slice(0, (length / versions) * version), version === versions), memo);
      });
      const once = cpuMsOf(() => render(answerOf(text, true)));
      // One run first for the compiler.
      if (run < 0) continue;
      grown.push(growing);
      whole.push(once);
    }
    const [all, one] = [percentile(grown, 50), percentile(whole, 50)];
    console.log(
      `${name.padEnd(38)} ${all.toFixed(0).padStart(6)} ms   ${(all / one).toFixed(1)} x the whole once`,
    );
  }
}

const answerOf = (text: string, done: boolean): Answer => ({
  state: done ? "done" : "growing",
  language: "en",
  text,
  thinking: "",
  sources: [],
  notices: [],
  footer: "off",
  actions: [],
});

/** Processor time, in milliseconds. */
function cpuMsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
