import { UserError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";

export const forgetCommand: Command = {
  name: "forget",
  usage: "me",
  summary: "delete everything I keep about you",
  isRepeatable: true,
  async run(context) {
    const wanted = context.argument.toLowerCase().replaceAll(/\s+/gu, " ");
    if (wanted === "me") return warning(context);
    if (wanted === "me yes") return forget(context);
    throw new UserError(
      "Write `/forget me` to delete everything I keep about you. `/memory forget 2` deletes one fact.",
    );
  },
};

/** Others read along in a channel: how much there is, is told in private. */
async function warning({ core: { store }, inbound: { author, place } }: CommandContext): Promise<string> {
  const { questions, facts } = await store.people.count(author.id);
  const much = place === "dm" ? ` (${counted(questions, "question")}, ${counted(facts, "fact")})` : "";
  return [
    `This deletes everything I keep about you${much}: your questions with their answers, pictures, facts and choices, in every chat. It can't be undone; \`/export\` gives you a copy first.`,
    "",
    "`/forget me yes` does it.",
  ].join("\n");
}

async function forget(context: CommandContext): Promise<string> {
  const { store, limits, access, log } = context.core;
  const { author } = context.inbound;
  const { since } = await store.people.count(author.id);
  await context.cancel();
  await store.people.forget(author.id);
  await limits.forgetPerson(author.id);
  await access.forgetPerson(author.id);
  // It is deleted by now; without room on the disk, its bytes go when they are written over. Nobody is kept waiting for nothing.
  if (since)
    await store.people.scrub().catch((err: unknown) => log.warn({ err }, "the files could not be cleaned"));
  return [
    "Done: I no longer know you.",
    "",
    "The messages here in the chat are yours to delete, and others may have quoted you in their questions. `/privacy` says what else stays, and why.",
  ].join("\n");
}

const counted = (count: number, unit: string): string =>
  `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
