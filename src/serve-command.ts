import type { InboundCommand } from "./chat.ts";
import { findCommand } from "./commands/all.ts";
import { openConversation } from "./conversation/conversation.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import type { Assignment, Desk } from "./desk.ts";
import { UserError } from "./errors.ts";
import { words } from "./words.ts";

/** Carries out a command. What must not be done twice is done once, or its person is told that nobody knows. */
export async function serveCommand(desk: Desk, assignment: Assignment): Promise<void> {
  const { core } = desk;
  const { key, job, reply } = assignment;
  const inbound = assignment.inbound as InboundCommand;
  const command = findCommand(inbound.name);
  if (!command.isRepeatable) {
    if (job.isBegun) throw new UserError(words.halfCommand(inbound.name));
    await core.store.outbox.commence(job.id);
  }
  const conversation = await openConversation(core.store, key, settingsOf(inbound.thread, core.settings));
  reply.append(await command.run({ core, conversation, inbound, argument: inbound.argument.trim() }));
  await reply.finish("done");
}
