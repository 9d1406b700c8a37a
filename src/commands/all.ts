import type { Inbound } from "../chat.ts";
import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { put } from "../words/words.ts";
import { allowCommand } from "./allow.ts";
import { type Command, holdsFor } from "./command.ts";
import { compactCommand } from "./compact.ts";
import { contextCommand } from "./context.ts";
import { memoryCommand } from "./memory.ts";
import { exportCommand } from "./export.ts";
import { forgetCommand } from "./forget.ts";
import { instructionsCommand } from "./instructions.ts";
import { linkCommand, unlinkCommand } from "./link.ts";
import { modelCommand } from "./model.ts";
import { newCommand } from "./new.ts";
import { ownCommand } from "./own.ts";
import { personaCommand } from "./persona.ts";
import { privacyCommand } from "./privacy.ts";
import { scopeCommand } from "./scope.ts";
import { undoCommand } from "./undo.ts";

/** The bot itself carries out `/stop`: it must not wait behind the answer it stops. */
const stopCommand: Command = {
  name: "stop",
  usage: "",
  summary: (words) => words.commands.stop.summary,
  isRepeatable: true,
  run: async ({ words }) => words.nothingRuns,
};

const helpCommand: Command = {
  name: "help",
  usage: "",
  summary: (words) => words.commands.help.summary,
  isRepeatable: true,
  async run({ core: { access }, inbound: { author }, words }) {
    const isAdmin = await access.isAdmin(author);
    return commands
      .filter(({ listed }) => listed === undefined || (listed === "admins" && isAdmin))
      .map(({ name, usage, summary }) =>
        words.commands.help.line(`/${name} ${put(usage, words)}`.trimEnd(), put(summary, words)),
      )
      .join("\n");
  },
};

/** Every command, in the order of `/help`. */
export const commands: readonly Command[] = [
  newCommand,
  undoCommand,
  compactCommand,
  contextCommand,
  personaCommand,
  modelCommand,
  memoryCommand,
  instructionsCommand,
  linkCommand,
  unlinkCommand,
  scopeCommand,
  privacyCommand,
  exportCommand,
  forgetCommand,
  stopCommand,
  allowCommand,
  ownCommand,
  helpCommand,
];

/** Whether it has to be carried out again for what it sends. */
export const sendsFiles = (inbound: Inbound): boolean =>
  inbound.type === "command" &&
  commands.some((each) => each.name === inbound.name && holdsFor(each.sendsFiles, inbound.argument));

/** Throws UserError with the nearest name for an unknown one. */
export function findCommand(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const known = commands.filter(({ listed }) => listed === undefined).map((each) => each.name);
  throw new UserError((words) => words.notCommand(name, nearest(name, known)));
}
