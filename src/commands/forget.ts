import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";

export const forgetCommand: Command = {
  name: "forget",
  group: "person",
  usage: "me",
  summary: (words) => words.privacy.forget.summary,
  example: "/forget me",
  isRepeatable: true,
  scrubs: (argument) => (wantedIn(argument) === "me yes" ? "file" : undefined),
  async run(context) {
    const wanted = wantedIn(context.argument);
    if (wanted === "me") return warning(context);
    if (wanted === "me yes") return forget(context);
    throw new UserError(context.words.privacy.forget.howTo);
  },
};

const wantedIn = (argument: string): string => argument.trim().toLowerCase().replaceAll(/\s+/gu, " ");

/** Others read along in a channel: how much there is, is told in private. */
async function warning({ core, inbound: { author, place }, words }: CommandContext): Promise<string> {
  const { warning, confirm } = words.privacy.forget;
  const held = place === "dm" ? await core.store.people.count(author.id) : undefined;
  const isLinked = (await core.store.links.accounts(author.id)).length > 0;
  return [warning(held), ...(isLinked ? [words.memory.forgetLinked] : []), confirm].join("\n\n");
}

async function forget(context: CommandContext): Promise<string> {
  const { author } = context.inbound;
  const quiet = await context.cancel();
  // At once: what is asked while an answer elsewhere ends is not answered from what is to be forgotten.
  await forgetPerson(context.core, author.id);
  await quiet();
  // As it ended, it may have stored something.
  await forgetPerson(context.core, author.id);
  const { done, rest } = context.words.privacy.forget;
  return `${done}\n\n${rest}`;
}

async function forgetPerson({ store, limits, access }: Core, person: string): Promise<void> {
  await store.people.forget(person);
  await limits.forgetPerson(person);
  await access.forgetPerson(person);
}
