import { askAgain } from "./again.ts";
import type { InboundCommand } from "./chat.ts";
import { findCommand } from "./commands/all.ts";
import { holdsFor } from "./commands/command.ts";
import { openConversation } from "./conversation/conversation.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import { isOwn } from "./conversation/scope.ts";
import type { Assignment, Desk } from "./desk.ts";
import { UserError } from "./errors.ts";
import { cancelFor } from "./privacy/cancel.ts";
import { serveQuestion } from "./serve-question.ts";

/**
 * Carries out a command; gives the id of the turn that was stored with its answer, if one was. What must not be done twice
 * is done once, or its person is told that nobody knows.
 */
export async function serveCommand(
  desk: Desk,
  assignment: Assignment,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { core, scopes } = desk;
  const { key, job, reply, adapter, words } = assignment;
  const inbound = assignment.inbound as InboundCommand;
  const command = findCommand(inbound.name);
  const { name, isChat } = inbound.author;
  if (isChat && command.isPersonal) throw new UserError((words) => words.access.asChat(name));
  if (!holdsFor(command.isRepeatable, inbound.argument)) {
    if (job.isBegun) throw new UserError(words.halfCommand(inbound.name));
    await core.store.outbox.commence(job);
  }
  const conversation = await openConversation(core.store, key, {
    ...settingsOf(inbound.thread, core.settings),
    ...(isOwn(key, inbound) && { owner: inbound.author.id }),
  });
  const result = await command.run({
    core,
    scopes,
    adapter,
    conversation,
    inbound,
    job,
    argument: inbound.argument.trim(),
    words,
    signal,
    status: (text) => reply.status(text),
    cancel: () => cancelFor(desk, assignment),
  });
  if ((inbound.attachments ?? []).length > 0 && !command.takesFiles)
    reply.notice(words.help.filesUnused(command.name));
  if (typeof result !== "string" && "again" in result) {
    const { again, by } = result;
    return await serveQuestion(desk, assignment, askAgain(inbound, again, { signal, by }));
  }
  if (typeof result !== "string" && "reading" in result)
    return await serveQuestion(desk, assignment, { ...result, signal, council: "none" });
  const { text, ...rest } = typeof result === "string" ? { text: result } : result;
  reply.append(text);
  await reply.finish("done", rest);
  return undefined;
}
