import { UserError } from "../errors.ts";
import { words } from "../words.ts";
import type { Command } from "./command.ts";

export const allowCommand: Command = {
  name: "allow",
  usage: "CODE",
  summary: "let in the server, group or person that was told this code",
  listed: "admins",
  async run({ core: { access }, inbound: { author }, argument }) {
    if (!(await access.isAdmin(author))) throw new UserError(words.notYours);
    const grant = await access.allow(argument, author.id);
    if (!grant) throw new UserError(words.notCode(argument));
    return words.allowed(grant.name, grant.place);
  },
};
