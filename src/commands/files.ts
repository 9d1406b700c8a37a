import { runAction } from "../actions.ts";
import { UserError } from "../errors.ts";
import type { StoredFile } from "../files/files.ts";
import { fileTitle } from "../files/show.ts";
import { roughly, titlesOf } from "../files/with-question.ts";
import type { Words } from "../words/words.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { mayTakeAway } from "./may-change.ts";
import { splitOnce } from "./memory.ts";
import { findNumbered, numbered } from "./numbered.ts";

/** As many buttons as every platform shows in a row. */
const mostButtons = 5;

export const filesCommand: Command = {
  name: "files",
  group: "conversation",
  usage: (words) => words.reading.files.usage,
  summary: (words) => words.reading.files.summary,
  example: "/files drop 2",
  // What is gone would not be found again.
  isRepeatable: (argument) => !/^drop\s/u.test(argument),
  async run(context) {
    const [verb, which] = splitOnce(context.argument);
    if (verb === "drop") return drop(context, which);
    if (verb !== "") throw new UserError((words) => words.reading.filesNote);
    return list(context);
  },
};

async function list({ core, conversation, words }: CommandContext): Promise<CommandAnswer> {
  const files = conversation.standing(await core.store.files.list(conversation.key));
  if (files.length === 0) return { text: words.reading.noFiles };
  const titles = new Set(titlesOf(await conversation.turns()));
  const lines = files.map((entry) => {
    const { usedWhole, usedInPart, tokens, size } = words.reading;
    const facts = [
      `${numbered(entry.number)} **${plain(entry.name)}**`,
      ...(entry.parts.length > 1 ? [size(entry.unit, entry.parts.length)] : []),
      tokens(roughly(entry.tokens)),
      titles.has(fileTitle(entry)) ? usedWhole : usedInPart,
    ];
    return facts.join(" · ");
  });
  return {
    text: [words.reading.filesTitle, ...lines, "", words.reading.filesNote].join("\n"),
    // The numbers may be another file's later, the buttons are not.
    actions: files
      .slice(-mostButtons)
      .map(({ number, id }) => runAction(words.reading.drop(number), "files", `drop ${id}`)),
  };
}

async function drop(context: CommandContext, which: string): Promise<string> {
  const { core, conversation, words } = context;
  const file = findFile(conversation.standing(await core.store.files.list(conversation.key)), which);
  if (!(await mayTakeAway(context, file.person))) throw new UserError((all) => all.reading.notYourFile);
  await core.store.files.drop(conversation.key, file.id);
  return words.reading.dropped(plain(file.name));
}

/** By its number, as people write it, or by its id, as buttons do. */
function findFile(files: readonly StoredFile[], which: string): StoredFile {
  const missing = (words: Words): string => words.reading.noFile(which);
  return files.find(({ id }) => id === which) ?? findNumbered(files, which, missing);
}

/** A name as it is, whatever Markdown would make of it. */
const plain = (text: string): string => text.replaceAll(/[\\`*_~[\]<>|#]/gu, String.raw`\$&`);
