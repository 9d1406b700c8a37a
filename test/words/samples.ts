import type { Words } from "../../src/words/words.ts";
import { access } from "./samples/access.ts";
import { branching } from "./samples/branching.ts";
import { commands } from "./samples/commands.ts";
import { context } from "./samples/context.ts";
import { council } from "./samples/council.ts";
import { files } from "./samples/files.ts";
import { general } from "./samples/general.ts";
import { help } from "./samples/help.ts";
import { limits } from "./samples/limits.ts";
import { memory } from "./samples/memory.ts";
import { models } from "./samples/models.ts";
import { privacy } from "./samples/privacy.ts";
import { reading } from "./samples/reading.ts";
import { search } from "./samples/search.ts";
import { terminal } from "./samples/terminal.ts";
import { usage } from "./samples/usage.ts";
import { web } from "./samples/web.ts";
import type { Samples } from "./samples/samples.ts";

/** Names are in capitals: they must turn up in every language in which they turn up in English. */
export const samples: Samples<Words> = {
  ...general,
  access,
  branching,
  commands,
  context,
  council,
  files,
  help,
  limits,
  memory,
  models,
  privacy,
  reading,
  search,
  terminal,
  usage,
  web,
};
