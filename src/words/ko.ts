import { accessWords } from "./ko/access.ts";
import { branchingWords } from "./ko/branching.ts";
import { commandWords } from "./ko/commands.ts";
import { contextWords } from "./ko/context.ts";
import { councilWords } from "./ko/council.ts";
import { fileWords } from "./ko/files.ts";
import { general } from "./ko/general.ts";
import { helpWords } from "./ko/help.ts";
import { limitWords } from "./ko/limits.ts";
import { memoryWords } from "./ko/memory.ts";
import { modelWords } from "./ko/models.ts";
import { privacyWords } from "./ko/privacy.ts";
import { readingWords } from "./ko/reading.ts";
import { searchWords } from "./ko/search.ts";
import { terminalWords } from "./ko/terminal.ts";
import { usageWords } from "./ko/usage.ts";
import { webWords } from "./ko/web.ts";
import type { Words } from "./words.ts";

export const ko: Words = {
  language: "ko",
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
