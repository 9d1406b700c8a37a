import { isOwn } from "../conversation/scope.ts";
import { UserError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

type Asker = Pick<CommandContext, "core" | "inbound" | "conversation" | "adapter">;

/** Whether a choice for this conversation is this person's to make: it holds for a whole channel, or only here. */
export async function mayChange({
  core: { access },
  inbound,
  conversation,
  adapter,
}: Asker): Promise<boolean> {
  if (inbound.place !== "channel" || isOwn(conversation.key, inbound)) return true;
  return access.mayAdminister(inbound, adapter);
}

/** Throws UserError where it is not. */
export async function requireMayChange(asker: Asker): Promise<void> {
  if (!(await mayChange(asker))) throw new UserError((words) => words.access.notForAll);
}
