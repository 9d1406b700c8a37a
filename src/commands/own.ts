import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";

export const ownCommand: Command = {
  name: "own",
  group: "running",
  isPersonal: true,
  usage: (words) => words.access.own.usage,
  summary: (words) => words.access.own.summary,
  isOffered: () => false,
  async run({ core: { access }, inbound: { author }, argument, words }) {
    const claimed = await access.claimOwnership(argument, author);
    if (claimed === "owner") return words.access.owned;
    throw new UserError(claimed === "unknown" ? words.access.notClaim : words.access.tooManyTries);
  },
};
