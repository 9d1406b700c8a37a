import { accessWords } from "./en/access.ts";
import { branchingWords } from "./en/branching.ts";
import { commandWords } from "./en/commands.ts";
import { contextWords } from "./en/context.ts";
import { councilWords } from "./en/council.ts";
import { fileWords } from "./en/files.ts";
import { general } from "./en/general.ts";
import { helpWords } from "./en/help.ts";
import { limitWords } from "./en/limits.ts";
import { memoryWords } from "./en/memory.ts";
import { modelWords } from "./en/models.ts";
import { privacyWords } from "./en/privacy.ts";
import { readingWords } from "./en/reading.ts";
import { searchWords } from "./en/search.ts";
import { terminalWords } from "./en/terminal.ts";
import { usageWords } from "./en/usage.ts";
import { webWords } from "./en/web.ts";
import type { Language } from "./language.ts";

/** Every sentence the bot itself says, in English: the other languages say the same. */
export const en = {
  language: "en" as Language,
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
  reading: readingWords,
  search: searchWords,
  terminal: terminalWords,
  usage: usageWords,
  web: webWords,
};
