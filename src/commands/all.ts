import type { Inbound } from "../chat.ts";
import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";
import { againCommand } from "./again.ts";
import { allowCommand } from "./allow.ts";
import { branchCommand } from "./branch.ts";
import { type Command, holdsFor } from "./command.ts";
import { compactCommand } from "./compact.ts";
import { contextCommand } from "./context.ts";
import { councilCommand } from "./council.ts";
import { createHelp } from "./help.ts";
import { memoryCommand } from "./memory.ts";
import { filesCommand } from "./files.ts";
import { exportCommand } from "./export.ts";
import { forgetCommand } from "./forget.ts";
import { instructionsCommand } from "./instructions.ts";
import { linkCommand, unlinkCommand } from "./link.ts";
import { modelCommand } from "./model.ts";
import { newCommand } from "./new.ts";
import { ownCommand } from "./own.ts";
import { personaCommand } from "./persona.ts";
import { privacyCommand } from "./privacy.ts";
import { readCommand } from "./read.ts";
import { scopeCommand } from "./scope.ts";
import { searchCommand } from "./search.ts";
import { sourcesCommand } from "./sources.ts";
import { thinkCommand } from "./think.ts";
import { undoCommand } from "./undo.ts";
import { usageCommand } from "./usage.ts";
import type { Scrubbed } from "../privacy/people.ts";

/** The bot itself carries out `/stop`: it must not wait behind the answer it stops. */
const stopCommand: Command = {
  name: "stop",
  group: "answers",
  usage: "",
  summary: (words) => words.commands.stop.summary,
  isRepeatable: true,
  run: async ({ words }) => words.nothingRuns,
};

const helpCommand = createHelp(() => commands, findCommand);

/** Every command, in the order of `/help`. */
export const commands: readonly Command[] = [
  newCommand,
  undoCommand,
  branchCommand,
  compactCommand,
  contextCommand,
  filesCommand,
  readCommand,
  scopeCommand,
  againCommand,
  stopCommand,
  searchCommand,
  sourcesCommand,
  personaCommand,
  modelCommand,
  thinkCommand,
  councilCommand,
  usageCommand,
  memoryCommand,
  instructionsCommand,
  linkCommand,
  unlinkCommand,
  privacyCommand,
  exportCommand,
  forgetCommand,
  allowCommand,
  ownCommand,
  helpCommand,
];

/** Whether it has to be carried out again for what it sends. */
export const sendsFiles = (inbound: Inbound): boolean =>
  inbound.type === "command" &&
  commands.some((each) => each.name === inbound.name && holdsFor(each.sendsFiles, inbound.argument));

/** Where nothing of what it deletes, nor of itself, is to be left. */
export const scrubbedBy = (inbound: Inbound): Scrubbed | undefined =>
  inbound.type === "command"
    ? commands.find(({ name }) => name === inbound.name)?.scrubs?.(inbound.argument.trim())
    : undefined;

/** Throws UserError with the nearest name for an unknown one. */
export function findCommand(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const near = nearest(
    name,
    commands.map((each) => each.name),
  );
  throw new UserError((words) => words.notCommand(name, near));
}
