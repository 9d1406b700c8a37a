import type { Scope } from "../conversation/scope.ts";
import { UserError } from "../errors.ts";
import { words } from "../words.ts";
import type { Command } from "./command.ts";

const meanings: Readonly<Record<Scope, string>> = {
  shared: "Everyone here shares one conversation with me.",
  user: "Each person here has a conversation of their own with me.",
};

const others = {
  shared: "`/scope user` gives each person their own.",
  user: "`/scope shared` makes it one for all.",
} as const;

export const scopeCommand: Command = {
  name: "scope",
  usage: "[shared|user]",
  summary: "whether all here share one conversation, or each person has their own",
  isRepeatable: true,
  async run({ core: { access }, scopes, adapter, inbound, argument }) {
    if (inbound.place === "dm") return "This conversation is yours alone: there is nothing to choose.";
    if (argument === "") {
      const scope = await scopes.of(inbound);
      return `${meanings[scope]} ${others[scope]}`;
    }
    if (argument !== "shared" && argument !== "user")
      throw new UserError("Write `/scope shared` or `/scope user`.");
    if (!(await access.mayAdminister(inbound, adapter))) throw new UserError(words.notYourScope);
    await scopes.choose(inbound.thread, argument);
    return `From now on: ${meanings[argument].replace(/^E/u, "e")}`;
  },
};
