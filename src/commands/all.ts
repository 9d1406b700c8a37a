import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { words } from "../words.ts";
import type { Command } from "./command.ts";
import { memoryCommand } from "./memory.ts";
import { modelCommand } from "./model.ts";
import { newCommand } from "./new.ts";
import { personaCommand } from "./persona.ts";
import { undoCommand } from "./undo.ts";

/** The bot itself carries out `/stop`: it must not wait behind the answer it stops. */
const stopCommand: Command = {
  name: "stop",
  usage: "",
  summary: "stop the answer that is being written",
  isRepeatable: true,
  run: async () => words.nothingRuns,
};

const helpCommand: Command = {
  name: "help",
  usage: "",
  summary: "this list",
  isRepeatable: true,
  run: async () =>
    commands
      .map(({ name, usage, summary }) => `- \`/${name}${usage && ` ${usage}`}\`: ${summary}`)
      .join("\n"),
};

/** Every command, in the order of `/help`. */
export const commands: readonly Command[] = [
  newCommand,
  undoCommand,
  personaCommand,
  modelCommand,
  memoryCommand,
  stopCommand,
  helpCommand,
];

/** Throws UserError with the nearest name for an unknown one. */
export function findCommand(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  throw new UserError(
    words.notCommand(
      name,
      nearest(
        name,
        commands.map((each) => each.name),
      ),
    ),
  );
}
