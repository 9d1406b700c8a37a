import { accessWords } from "./zh/access.ts";
import { branchingWords } from "./en/branching.ts";
import { commandWords } from "./zh/commands.ts";
import { contextWords } from "./zh/context.ts";
import { councilWords } from "./en/council.ts";
import { fileWords } from "./zh/files.ts";
import { general } from "./zh/general.ts";
import { helpWords } from "./en/help.ts";
import { limitWords } from "./zh/limits.ts";
import { memoryWords } from "./en/memory.ts";
import { modelWords } from "./en/models.ts";
import { privacyWords } from "./zh/privacy.ts";
import { terminalWords } from "./zh/terminal.ts";
import { usageWords } from "./en/usage.ts";
import type { Words } from "./words.ts";

export const zh: Words = {
  language: "zh",
  ...general,
  access: accessWords,
  branching: branchingWords,
  commands: commandWords,
  context: contextWords,
  council: councilWords,
  files: fileWords,
  help: helpWords,
  limits: limitWords,
  memory: memoryWords,
  models: modelWords,
  privacy: privacyWords,
  terminal: terminalWords,
  usage: usageWords,
};
