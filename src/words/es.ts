import { accessWords } from "./es/access.ts";
import { branchingWords } from "./en/branching.ts";
import { commandWords } from "./es/commands.ts";
import { contextWords } from "./es/context.ts";
import { councilWords } from "./en/council.ts";
import { fileWords } from "./es/files.ts";
import { general } from "./es/general.ts";
import { helpWords } from "./en/help.ts";
import { limitWords } from "./es/limits.ts";
import { memoryWords } from "./en/memory.ts";
import { modelWords } from "./en/models.ts";
import { privacyWords } from "./es/privacy.ts";
import { terminalWords } from "./es/terminal.ts";
import { usageWords } from "./en/usage.ts";
import type { Words } from "./words.ts";

export const es: Words = {
  language: "es",
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
