import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { ask, type Asked, askedBy } from "../ask.ts";
import type { Answer } from "../chat.ts";
import { openConversation } from "../conversation/conversation.ts";
import { conversationKey } from "../conversation/scope.ts";
import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import { attachFile } from "../file-attachment.ts";
import { openBot } from "../main.ts";
import type { CliCommand, CliContext } from "./command.ts";

export const command: CliCommand = {
  usage:
    "[--persona id] [--image file]… [--file file]… [--user id] [--thread id] [--new] [--json] [text] [-]",
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
        new: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const settings = context.config();
    const attachments = await Promise.all(
      [...values.image, ...values.file].map((path) => attachFile(path, settings.callFolder)),
    );
    const text = await questionText(positionals, attachments.length > 0);
    const printer = values.json ? undefined : createAnswerPrinter(context);
    const opened = await openBot(settings, { tell: context.err });
    const { bot, core, close } = opened;
    try {
      process.once("SIGINT", () => void bot.stop());
      if (values.new) await startAfresh(core, values);
      const asked = await ask(bot, {
        text,
        attachments,
        user: values.user,
        locale: settings.locale,
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

async function startAfresh(
  { store }: Core,
  { user, thread }: { user: string; thread: string },
): Promise<void> {
  const key = conversationKey(askedBy(user, thread));
  await (await openConversation(store, key)).startAfresh();
}

/** The words, and what comes in by a pipe where `-` stands among them or nothing else is asked. */
async function questionText(words: readonly string[], hasAttachments: boolean): Promise<string> {
  const written = words
    .filter((word) => word !== "-")
    .join(" ")
    .trim();
  // With a picture alone, a pipe that nobody closes must not hold the question up.
  const fromPipe = words.includes("-") || (words.length === 0 && !hasAttachments && !process.stdin.isTTY);
  const piped = fromPipe ? (await readAll(process.stdin)).trim() : "";
  const text = [written, piped].filter((part) => part !== "").join("\n\n");
  if (text === "" && !hasAttachments) {
    throw new UserError('There is no question. Write: parlance ask "…", or pipe it in.');
  }
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
