import { join } from "node:path";
import { ask } from "../ask.ts";
import { attachFile } from "../file-attachment.ts";
import { openBot, type OpenBot } from "../main.ts";
import { estimateTokens } from "../conversation/tokens.ts";
import { requirePersona } from "../personas/choose.ts";
import { dollars } from "../text/numbers.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { percent, preview } from "./preview.ts";

interface Step {
  readonly title: string;
  readonly persona: string;
  readonly text: string;
  /** Within the folder of the persona. */
  readonly picture?: string;
}

const steps: readonly Step[] = [
  {
    title: "A Korean sentence becomes vocabulary cards",
    persona: "korean-vocabulary",
    text: "어제 친구랑 도서관에서 일본어 공부를 했어요.",
  },
  {
    title: "A drama's screenshot is read, translated and taken apart",
    persona: "subtitle-helper",
    text: "",
    picture: "samples/subtitle-ko.jpg",
  },
  {
    title: "A question about it: the conversation is remembered",
    persona: "subtitle-helper",
    text: "Why does it say 들어올 거지 and not just 들어와?",
  },
];

const nextSteps = [
  "Get real answers: set OPENAI_API_KEY or ANTHROPIC_API_KEY (or start Ollama), then run this again.",
  "Talk with it: npm run -s parlance -- chat",
  "Make your own persona: copy one of personas/*.yaml, save it, and ask for it by its file's name.",
];

export const command: CliCommand = {
  usage: "",
  async run(context) {
    const config = context.config();
    // The tour starts from nothing each time and leaves nothing behind.
    return withTemporaryFolder(async (dataFolder) => {
      const opened = await openBot({ ...config, dataFolder, databaseUrl: undefined }, { tell: context.err });
      try {
        const { name } = await opened.core.models.choose("smart");
        const demo = name.startsWith("demo/")
          ? " No key is set, so a stand-in shows what a model would get."
          : "";
        context.out(`Parlance: custom GPTs in your chats. ${name} answers.${demo}\n`);
        let failed = 0;
        for (const [index, step] of steps.entries()) {
          if (!(await show(opened, step, { index, context }))) failed++;
        }
        context.out(
          `\n${heading("Next")}\n${nextSteps.map((each, index) => `${index + 1}. ${each}\n`).join("")}`,
        );
        return failed === 0 ? 0 : 1;
      } finally {
        await opened.close();
      }
    });
  },
};

/** Shows one step: what is asked, what is sent, what comes back. False when the answer failed. */
async function show(
  { core, bot }: OpenBot,
  step: Step,
  { index, context: { out } }: { index: number; context: CliContext },
): Promise<boolean> {
  const { folder } = requirePersona(core.personas, step.persona);
  const attachments = step.picture === undefined ? [] : [await attachFile(join(folder, step.picture))];
  const question = {
    persona: step.persona,
    text: step.text,
    attachments,
    user: "you",
    // The tour itself speaks English.
    locale: "en",
    thread: step.persona,
  };
  out(`\n${heading(`${index + 1}. ${step.title}`)}\n`);
  out(
    `you to ${step.persona}: ${[step.text, step.picture && `[${step.picture}]`].filter(Boolean).join(" ")}\n`,
  );
  // The stand-in counts by estimate: the same here, so that one screen has one count.
  const { name } = await core.models.choose("smart");
  const { model, prompt } = await preview(
    core,
    question,
    name.startsWith("demo/") ? estimateTokens : undefined,
  );
  const parts = prompt.parts.map(({ name, tokens }) => `${name} ${tokens}`).join(" + ");
  out(
    `sent: ${parts} = ${prompt.tokens} tokens, ${percent(prompt.tokens, model.window)} of ${model.name}'s window\n`,
  );

  const { before, answer } = await ask(bot, question);
  for (const { text } of before) out(`\n${text}\n`);
  out(`\n${answer.text.trim()}\n`);
  for (const notice of answer.notices) out(`\n${notice}\n`);
  const { receipt } = answer;
  if (receipt) {
    const cost = receipt.costUsd === undefined ? "" : `, ${dollars(receipt.costUsd)}`;
    const { inputTokens, outputTokens } = receipt.usage;
    out(
      `\nreceipt: ${receipt.model}, ${inputTokens} tokens in, ${outputTokens} out${cost}, ${(receipt.elapsedMs / 1000).toFixed(1)} s\n`,
    );
  }
  return answer.state === "done";
}

const heading = (title: string): string => `── ${title} ${"─".repeat(Math.max(3, 76 - title.length))}`;
