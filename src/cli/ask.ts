import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ask, type Asked } from "../ask.ts";
import type { Answer } from "../chat.ts";
import { UserError } from "../errors.ts";
import { attachFile } from "../file-attachment.ts";
import { openBot } from "../main.ts";
import type { CliCommand, CliContext } from "./command.ts";

export const command: CliCommand = {
  usage: "[--persona id] [--image file]… [--file file]… [--user id] [--thread id] [--json] [text | -]",
  async run(context) {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      allowPositionals: true,
      options: {
        persona: { type: "string" },
        image: { type: "string", multiple: true, default: [] },
        file: { type: "string", multiple: true, default: [] },
        user: { type: "string", default: "you" },
        thread: { type: "string", default: "ask" },
        json: { type: "boolean", default: false },
      },
    });
    const attachments = await Promise.all([...values.image, ...values.file].map(attachFile));
    const text = await questionText(positionals, attachments.length > 0);
    const printer = values.json ? undefined : createAnswerPrinter(context);
    const opened = await openBot(context.config(), { quiet: true });
    const { bot, close } = opened;
    try {
      process.once("SIGINT", () => void bot.stop());
      const asked = await ask(bot, {
        text,
        attachments,
        user: values.user,
        thread: values.thread,
        ...(values.persona !== undefined && { persona: values.persona }),
        ...(printer && { watch: printer }),
      });
      if (values.json) context.out(`${JSON.stringify(toJson(asked), undefined, 2)}\n`);
      else for (const notice of asked.answer.notices) context.err(notice);
      return asked.answer.state === "done" ? 0 : 1;
    } finally {
      await close();
    }
  },
};

async function questionText(words: readonly string[], hasAttachments: boolean): Promise<string> {
  if (words.length > 0 && words.join(" ") !== "-") return words.join(" ");
  // With a picture alone, a pipe that nobody closes must not hold the question up.
  const fromPipe = words.length > 0 || (!hasAttachments && !process.stdin.isTTY);
  const text = fromPipe ? (await readAll(process.stdin)).trim() : "";
  if (text === "" && !hasAttachments)
    throw new UserError('There is no question. Write: parlance ask "…", or pipe it in.');
  return text;
}

/** Prints the answer's new letters as they come, to standard output; what the bot says before it goes to standard error. */
function createAnswerPrinter({ out, err }: CliContext): (answer: Answer) => void {
  let printed = "";
  return (answer) => {
    // Posts before the answer, such as a picture's transcript, come from the bot itself.
    if (answer.persona === undefined) return answer.text === "" ? undefined : err(answer.text);
    out(answer.text.slice(printed.length));
    printed = answer.text;
    if (answer.state !== "growing" && printed !== "" && !printed.endsWith("\n")) out("\n");
  };
}

function toJson({ before, answer }: Asked): object {
  const { receipt } = answer;
  return {
    answer: answer.text,
    state: answer.state,
    before: before.map(({ text }) => text),
    model: receipt?.model,
    usage: receipt?.usage,
    costUsd: receipt?.costUsd,
    tools: receipt?.tools ?? [],
    sources: answer.sources,
    notices: answer.notices,
  };
}
