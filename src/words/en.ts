import { accessWords } from "./en/access.ts";
import { commandWords } from "./en/commands.ts";
import { fileWords } from "./en/files.ts";
import { contextWords } from "./en/context.ts";
import { general } from "./en/general.ts";
import { limitWords } from "./en/limits.ts";
import { memoryWords } from "./en/memory.ts";
import { privacyWords } from "./en/privacy.ts";
import { terminalWords } from "./en/terminal.ts";
import type { Language } from "./language.ts";

/** Every sentence the bot itself says, in English: the other languages say the same. */
export const en = {
  language: "en" as Language,
  ...general,
  access: accessWords,
  commands: commandWords,
  files: fileWords,
  limits: limitWords,
  memory: memoryWords,
  privacy: privacyWords,
  terminal: terminalWords,
  context: contextWords,
};
