import { UserError } from "../errors.ts";
import { exportMemory, history, list, why } from "./memory-show.ts";
import { add, decide, edit, forget, pause, resume, restore, share, undo, unshare } from "./memory-change.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";

type Verb = (context: CommandContext, rest: string) => Promise<string | CommandAnswer>;

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ["", list],
  ["list", list],
  ["add", add],
  ["edit", edit],
  ["forget", forget],
  ["share", share],
  ["unshare", unshare],
  ["why", why],
  ["history", history],
  ["undo", undo],
  ["pause", pause],
  ["resume", resume],
  ["export", exportMemory],
  ["help", async ({ words }) => words.memory.usage],
  // Those of buttons.
  ["restore", restore],
  ["keep", (context, id) => decide(context, { id, isKept: true })],
  ["drop", (context, id) => decide(context, { id, isKept: false })],
]);

export const memoryCommand: Command = {
  name: "memory",
  group: "person",
  isPersonal: true,
  usage: "[add … | edit N … | forget N | forget all | share N | why | history | pause | export]",
  summary: (words) => words.memory.summary,
  // What is taken away by its number, or as the last, would not be found again.
  isRepeatable: (argument) => !/^(?:forget\s+\d|undo$)/u.test(argument),
  scrubs: (argument) => (/^forget\s/iu.test(argument) ? "log" : undefined),
  sendsFiles: (argument) => argument === "export",
  example: "/memory add I live in Seoul",
  async run(context) {
    const [verb, rest] = splitOnce(context.argument);
    const run = verbs.get(verb.toLowerCase());
    if (!run) throw new UserError((words) => words.memory.usage);
    return run(context, rest);
  },
};

/** The first word, and what follows. */
export function splitOnce(text: string): [string, string] {
  const space = text.search(/\s/u);
  return space < 0 ? [text, ""] : [text.slice(0, space), text.slice(space).trim()];
}
