import { runAction } from "../actions.ts";
import type { OutgoingFile } from "../chat.ts";
import { turnText } from "../conversation/compact-prompt.ts";
import { mostKept } from "../compact.ts";
import { partsTable, turnList } from "../conversation/context-view.ts";
import { UserError } from "../errors.ts";
import { compactAction, startAfreshAction } from "../meter.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { percent } from "../text/numbers.ts";
import { nextPrompt } from "./next-prompt.ts";

export const contextCommand: Command = {
  name: "context",
  group: "conversation",
  usage: "[full|left]",
  summary: (words) => words.context.contextSummary,
  isRepeatable: true,
  sendsFiles: true,
  async run(context) {
    const { argument } = context;
    if (argument === "") return overview(context);
    if (argument === "full") return full(context);
    if (argument === "left") return left(context);
    throw new UserError((words) => words.context.contextUsage);
  },
};

/** Says how much of each part there is; of what is said in it, only what was said here. */
async function overview(context: CommandContext): Promise<CommandAnswer> {
  const { words, conversation } = context;
  const { prompt, model } = await nextPrompt(context);
  const { tokens, turns, history } = prompt;
  const leftTurns = (await conversation.allTurns()).length - turns.length;
  const ofWindow = { tokens, window: model.window, share: percent(tokens / model.window), model: model.name };
  return {
    text: [
      words.context.sees({ ...ofWindow, isGuess: !model.windowKnown }),
      "",
      `\`\`\`text\n${partsTable(prompt, words)}\n\`\`\``,
      ...(turns.length > 0 ? ["", turnList(turns, tokens, words)] : []),
      "",
      ...(turns.length > 0 && history.room > 0
        ? [words.context.historyRoom(percent(history.tokens / history.room), history.room)]
        : []),
      ...(leftTurns > 0 ? [words.context.notSeen(leftTurns)] : []),
    ].join("\n"),
    actions: [
      ...(turns.length > 0 ? [startAfreshAction(words)] : []),
      ...(turns.length > mostKept ? [compactAction(words)] : []),
      ...(leftTurns > 0 ? [runAction(words.context.whatLeft, "context", "left")] : []),
      runAction(words.context.asFile, "context", "full"),
    ],
  };
}

/** Where others read along, without what is known about the person who asks: as `/memory`, it would be shown to all. */
async function full(context: CommandContext): Promise<CommandAnswer> {
  const { words, inbound, signal } = context;
  const isShared = inbound.place !== "dm";
  const { prompt, model } = await nextPrompt(context, { hidesMemory: isShared });
  const body = await model.body(prompt.request, signal);
  const hides = isShared && prompt.parts.some(({ name }) => name === "memory");
  return withFile(context, words.context.fullRequest(model.name, hides), {
    name: "request.json",
    mimeType: "application/json",
    data: Buffer.from(`${JSON.stringify(body, undefined, 2)}\n`),
  });
}

/** What was said in this context and is seen no longer, or only as a summary. */
async function left(context: CommandContext): Promise<string | CommandAnswer> {
  const { words, conversation } = context;
  const { prompt } = await nextPrompt(context);
  const seen = new Set(prompt.turns.map(({ id }) => id));
  const turns = (await conversation.allTurns()).filter(({ id }) => !seen.has(id));
  if (turns.length === 0) return words.context.nothingLeft;
  const summary = prompt.parts.some(({ name }) => name === "summary")
    ? await conversation.summary()
    : undefined;
  const text = [
    words.context.left(turns.length),
    ...(summary ? ["", words.context.inTheirPlace, "", summary.text.replaceAll(/^/gmu, "> ")] : []),
  ].join("\n");
  const said = turns.map((turn) => `## ${turn.at.toISOString()}\n\n${turnText(turn, words)}\n`).join("\n");
  return withFile(context, text, { name: "left.md", mimeType: "text/markdown", data: Buffer.from(said) });
}

/** Where no file can be sent, it stands in the answer. */
function withFile({ adapter }: CommandContext, text: string, file: OutgoingFile): CommandAnswer {
  if (adapter.upload) return { text, files: [file] };
  const kind = file.name.split(".").at(-1) ?? "";
  return { text: `${text}\n\n\`\`\`\`${kind}\n${Buffer.from(file.data).toString("utf8")}\`\`\`\`` };
}
