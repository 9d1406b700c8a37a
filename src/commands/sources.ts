import type { CitedSource, Message } from "../message.ts";
import { sourceName } from "../text/source-name.ts";
import type { Words } from "../words/words.ts";
import type { Command, CommandContext } from "./command.ts";

export const sourcesCommand: Command = {
  name: "sources",
  group: "answers",
  usage: "",
  summary: (words) => words.web.sourcesSummary,
  isRepeatable: true,
  async run({ core, conversation, argument, words: { web } }) {
    const cited = citedIn(await turnMeant({ core, conversation, argument }));
    if (cited.length === 0) return web.noPassages;
    return [web.passagesOf, ...cited.map((source, index) => show(source, index, web))].join("\n\n");
  },
};

/** A button names its turn; who writes the command means the last answer. */
async function turnMeant({
  core,
  conversation,
  argument,
}: Pick<CommandContext, "core" | "conversation" | "argument">): Promise<readonly Message[]> {
  const turn =
    argument === ""
      ? (await conversation.turns()).at(-1)
      : await core.store.turns.find(conversation.key, { id: argument });
  return turn?.messages ?? [];
}

const citedIn = (messages: readonly Message[]): readonly CitedSource[] =>
  messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === "text" ? (part.cited ?? []) : [])));

function show(source: CitedSource, index: number, web: Words["web"]): string {
  const passages = source.passages.map(({ text, words }) => {
    const plain = words === undefined ? text : text.replace(words, () => `**${words}**`);
    return plain.replaceAll(/^/gmu, "> ");
  });
  const { name, site } = sourceName(source);
  const plain = name.replaceAll(/[[\]\\]/gu, String.raw`\$&`);
  const link = source.url === undefined ? plain : `[${plain}](<${source.url}>)`;
  const title = `**[${index + 1}]** ${link}${site === undefined ? "" : ` (${site})`}`;
  return [title, ...aboutPassages(source, web), ...passages].join("\n\n");
}

/** Whose words they are, and why there are none. */
function aboutPassages({ by, passages }: CitedSource, web: Words["web"]): readonly string[] {
  if (by !== undefined) return [passages.length > 0 ? web.quotedBy(by) : web.foundBy(1, by)];
  return passages.length > 0 ? [] : [web.passagesGone];
}
