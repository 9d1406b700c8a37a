import { put, type Words } from "../words/words.ts";
import type { Command, CommandContext, Standing } from "./command.ts";
import { mayChange } from "./may-change.ts";

/** `/help`, over the commands that there are. */
export const createHelp = (all: () => readonly Command[], find: (name: string) => Command): Command => ({
  name: "help",
  group: "running",
  usage: (words) => words.commands.help.usage,
  summary: (words) => words.commands.help.summary,
  isRepeatable: true,
  // Whoever reads it has found it.
  isOffered: () => false,
  async run(context) {
    const { argument, words } = context;
    if (argument !== "") return describe(find(argument.replace(/^[/!]/u, "").toLowerCase()), words);
    const standing = await standingOf(context);
    const offered = all().filter(({ isOffered }) => isOffered?.(standing) ?? true);
    return [...sections(offered, words), words.help.more].join("\n\n");
  },
});

async function standingOf(context: CommandContext): Promise<Standing> {
  const { core, inbound } = context;
  return {
    place: inbound.place,
    isAdmin: await core.access.isAdmin(inbound.author),
    mayChange: await mayChange(context),
  };
}

/** By group, one short line each: it is read on a phone. */
function sections(offered: readonly Command[], words: Words): readonly string[] {
  return Object.entries(words.help.groups).flatMap(([id, title]) => {
    const lines = offered
      .filter(({ group }) => group === id)
      .map(({ name, summary }) => words.commands.help.line(`/${name}`, put(summary, words)));
    return lines.length === 0 ? [] : [[`**${title}**`, ...lines].join("\n")];
  });
}

function describe({ name, usage, summary, example }: Command, words: Words): string {
  const details: Readonly<Record<string, string>> = words.help.details;
  const paragraphs = [
    words.help.about(`/${name} ${put(usage, words)}`.trimEnd(), put(summary, words)),
    details[name],
    example === undefined ? undefined : words.help.example(example),
  ];
  return paragraphs.filter((paragraph) => paragraph !== undefined).join("\n\n");
}
