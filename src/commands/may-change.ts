import { isOwn } from "../conversation/scope.ts";
import { UserError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

/** Throws UserError where the choice holds for a whole channel and is not this person's to make. */
export async function requireMayChange({
  core: { access },
  inbound,
  conversation,
  adapter,
}: Pick<CommandContext, "core" | "inbound" | "conversation" | "adapter">): Promise<void> {
  if (inbound.place !== "channel" || isOwn(conversation.key, inbound)) return;
  if (!(await access.mayAdminister(inbound, adapter))) throw new UserError((words) => words.access.notForAll);
}
