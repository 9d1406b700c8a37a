import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";

export const scopeCommand: Command = {
  name: "scope",
  group: "conversation",
  usage: "[shared|user]",
  summary: (words) => words.commands.scope.summary,
  example: "/scope user",
  isOffered: ({ place, mayChange }) => place !== "dm" && mayChange,
  isRepeatable: true,
  async run({ core: { access }, scopes, adapter, inbound, argument, words }) {
    const { scope } = words.commands;
    if (inbound.place === "dm") return scope.onlyYours;
    if (argument === "") return scope[await scopes.of(inbound)];
    if (argument !== "shared" && argument !== "user") throw new UserError(scope.howTo);
    if (!(await access.mayAdminister(inbound, adapter))) throw new UserError(words.access.notYourScope);
    await scopes.choose(inbound.thread, argument);
    return argument === "shared" ? scope.nowShared : scope.nowUser;
  },
};
