import { accessWords } from "./zh/access.ts";
import { branchingWords } from "./zh/branching.ts";
import { commandWords } from "./zh/commands.ts";
import { contextWords } from "./zh/context.ts";
import { councilWords } from "./zh/council.ts";
import { fileWords } from "./zh/files.ts";
import { general } from "./zh/general.ts";
import { helpWords } from "./zh/help.ts";
import { limitWords } from "./zh/limits.ts";
import { memoryWords } from "./zh/memory.ts";
import { modelWords } from "./zh/models.ts";
import { privacyWords } from "./zh/privacy.ts";
import { readingWords } from "./zh/reading.ts";
import { searchWords } from "./zh/search.ts";
import { terminalWords } from "./zh/terminal.ts";
import { usageWords } from "./zh/usage.ts";
import { webWords } from "./zh/web.ts";
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
  reading: readingWords,
  search: searchWords,
  terminal: terminalWords,
  usage: usageWords,
  web: webWords,
};
