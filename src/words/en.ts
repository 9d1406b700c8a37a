import { accessWords } from "./en/access.ts";
import { branchingWords } from "./en/branching.ts";
import { commandWords } from "./en/commands.ts";
import { fileWords } from "./en/files.ts";
import { contextWords } from "./en/context.ts";
import { general } from "./en/general.ts";
import { helpWords } from "./en/help.ts";
import { limitWords } from "./en/limits.ts";
import { privacyWords } from "./en/privacy.ts";
import { terminalWords } from "./en/terminal.ts";
import type { Language } from "./language.ts";

/** Every sentence the bot itself says, in English: the other languages say the same. */
export const en = {
  language: "en" as Language,
  ...general,
  access: accessWords,
  branching: branchingWords,
  commands: commandWords,
  files: fileWords,
  help: helpWords,
  limits: limitWords,
  privacy: privacyWords,
  terminal: terminalWords,
  context: contextWords,
};
