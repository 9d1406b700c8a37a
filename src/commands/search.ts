import type { Command } from "./command.ts";

export const searchCommand: Command = {
  name: "search",
  group: "answers",
  usage: (words) => words.search.usage,
  summary: (words) => words.search.summary,
  isRepeatable: true,
  example: "/search …",
  asks: true,
  run: async ({ words }) => words.search.howTo,
};
