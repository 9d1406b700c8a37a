import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";

export const allowCommand: Command = {
  name: "allow",
  group: "running",
  usage: (words) => words.access.allow.usage,
  summary: (words) => words.access.allow.summary,
  example: "/allow ABC-234",
  isOffered: ({ isAdmin }) => isAdmin,
  async run({ core: { access }, inbound: { author }, argument, words }) {
    if (!(await access.isAdmin(author))) throw new UserError(words.access.notYours);
    const grant = await access.allow(argument, author.id);
    if (!grant) throw new UserError(words.access.notCode(argument));
    return words.access.allowed(grant.name, grant.place);
  },
};
