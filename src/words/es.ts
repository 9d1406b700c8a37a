import { accessWords } from "./es/access.ts";
import { branchingWords } from "./es/branching.ts";
import { commandWords } from "./es/commands.ts";
import { contextWords } from "./es/context.ts";
import { councilWords } from "./es/council.ts";
import { fileWords } from "./es/files.ts";
import { general } from "./es/general.ts";
import { helpWords } from "./es/help.ts";
import { limitWords } from "./es/limits.ts";
import { memoryWords } from "./es/memory.ts";
import { modelWords } from "./es/models.ts";
import { privacyWords } from "./es/privacy.ts";
import { readingWords } from "./es/reading.ts";
import { searchWords } from "./es/search.ts";
import { terminalWords } from "./es/terminal.ts";
import { usageWords } from "./es/usage.ts";
import { webWords } from "./es/web.ts";
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
  reading: readingWords,
  search: searchWords,
  terminal: terminalWords,
  usage: usageWords,
  web: webWords,
};
