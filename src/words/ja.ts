import { accessWords } from "./ja/access.ts";
import { branchingWords } from "./ja/branching.ts";
import { commandWords } from "./ja/commands.ts";
import { contextWords } from "./ja/context.ts";
import { councilWords } from "./ja/council.ts";
import { fileWords } from "./ja/files.ts";
import { general } from "./ja/general.ts";
import { helpWords } from "./ja/help.ts";
import { limitWords } from "./ja/limits.ts";
import { memoryWords } from "./ja/memory.ts";
import { modelWords } from "./ja/models.ts";
import { privacyWords } from "./ja/privacy.ts";
import { readingWords } from "./ja/reading.ts";
import { searchWords } from "./ja/search.ts";
import { terminalWords } from "./ja/terminal.ts";
import { usageWords } from "./ja/usage.ts";
import { webWords } from "./ja/web.ts";
import type { Words } from "./words.ts";

export const ja: Words = {
  language: "ja",
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
