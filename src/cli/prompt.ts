import { parseArgs } from "node:util";
import type { PromptPart } from "../conversation/prompt.ts";
import { attachFile } from "../file-attachment.ts";
import { openBot } from "../main.ts";
import type { Message } from "../message.ts";
import type { CliCommand } from "./command.ts";
import { percent, preview } from "./preview.ts";

export const command: CliCommand = {
  usage: "[--persona id] [--image file]… [--file file]… [--user id] [--thread id] [text]",
  async run({ args, config, out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        persona: { type: "string" },
        image: { type: "string", multiple: true, default: [] },
        file: { type: "string", multiple: true, default: [] },
        user: { type: "string", default: "you" },
        thread: { type: "string", default: "ask" },
      },
    });
    const settings = config();
    const attachments = await Promise.all(
      [...values.image, ...values.file].map((path) => attachFile(path, settings.callFolder)),
    );
    const { core, close } = await openBot(settings, { tell: err });
    try {
      const { user, thread } = values;
      const question = { persona: values.persona, text: positionals.join(" "), attachments, user, thread };
      const { persona, model, prompt, said } = await preview(core, question);
      for (const sentence of said) err(sentence);
      const window = model.windowKnown
        ? `its window of ${model.window}`
        : `a window taken to be ${model.window}`;
      out(
        `${persona.id} asks ${model.name}: ${prompt.tokens} tokens, ${percent(prompt.tokens, model.window)} of ${window}\n`,
      );
      for (const part of prompt.parts) out(section(part, prompt.tokens));
      if (prompt.dropped > 0) out(`\nLeft out for want of room: ${prompt.dropped} older.\n`);
      return 0;
    } finally {
      await close();
    }
  },
};

function section({ name, tokens, messages, text }: PromptPart, total: number): string {
  const body = text ?? messages.map(describeMessage).join("\n");
  return `\n── ${name}: ${tokens} tokens, ${percent(tokens, total)} ──\n${body.trimEnd()}\n`;
}

function describeMessage({ role, parts }: Message): string {
  const texts = parts.map((part) => {
    if (part.type === "image") return `(picture, ${part.data.length} bytes)`;
    if (part.type === "tool-call") return `(calls ${part.name} ${part.arguments})`;
    return part.text.trimEnd();
  });
  return `${role}: ${texts.join("\n")}`;
}
