import { isOwn } from "../conversation/scope.ts";
import { UserError } from "../errors.ts";
import type { CommandContext } from "./command.ts";

type Asker = Pick<CommandContext, "core" | "inbound" | "conversation" | "adapter">;

/** Whether a choice for this conversation is this person's to make: it holds for a whole channel, or only here. */
export async function mayChange(asker: Asker): Promise<boolean> {
  return asker.inbound.place !== "channel" || ownsOrManages(asker);
}

/** Throws UserError where it is not. */
export async function requireMayChange(asker: Asker): Promise<void> {
  if (!(await mayChange(asker))) throw new UserError((words) => words.access.notForAll);
}

/** Whether this person may take away what `person` asked or sent: a thread is everyone's to choose for, and nobody's to delete in. */
export async function mayTakeAway(asker: Asker, person: string): Promise<boolean> {
  return person === asker.inbound.author.id || ownsOrManages(asker);
}

async function ownsOrManages({ core: { access }, inbound, conversation, adapter }: Asker): Promise<boolean> {
  return isOwn(conversation.key, inbound) || access.mayAdminister(inbound, adapter);
}
