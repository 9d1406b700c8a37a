import { UserError } from "../errors.ts";
import { words } from "../words.ts";
import type { Command } from "./command.ts";

export const ownCommand: Command = {
  name: "own",
  usage: "CODE",
  summary: "become an owner, with a code from `parlance access owner`",
  listed: "never",
  async run({ core: { access }, inbound: { author }, argument }) {
    const claimed = await access.claimOwnership(argument, author);
    if (claimed === "owner") return words.owned;
    throw new UserError(claimed === "unknown" ? words.notClaim : words.tooManyTries);
  },
};
