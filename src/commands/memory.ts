import { newTurnId } from "../conversation/turn-id.ts";
import type { CommandContext, Command } from "./command.ts";
import { UserError } from "../errors.ts";

export const memoryCommand: Command = {
  name: "memory",
  group: "person",
  usage: "[add … | forget N | forget all]",
  summary: "see and edit what I remember about you",
  example: "/memory add I live in Seoul",
  async run(context) {
    const { argument, core, inbound } = context;
    const [verb, rest] = splitOnce(argument);
    if (verb === "") return list(context);
    if (verb === "forget") return forget(context, rest);
    if (verb !== "add" || rest === "")
      throw new UserError("Write `/memory`, `/memory add …`, `/memory forget 2` or `/memory forget all`.");
    const { place, author } = inbound;
    await core.store.facts.add(author.id, {
      id: newTurnId(),
      text: rest,
      at: new Date(),
      persona: "",
      place,
    });
    return "Remembered.";
  },
};

async function list({ core, inbound }: CommandContext): Promise<string> {
  const facts = await core.store.facts.list(inbound.author.id);
  // Others read along in a channel: what was learned in private is counted there, not shown.
  const shown = inbound.place === "dm" ? facts : facts.filter(({ place }) => place !== "dm");
  const hidden = facts.length - shown.length;
  if (facts.length === 0) return "I remember nothing about you.";
  const numbered = facts.flatMap((fact, index) =>
    shown.includes(fact) ? [`${index + 1}. ${fact.text}`] : [],
  );
  const note = hidden > 0 ? [`${hidden} more, learned in private: ask me in a direct message.`] : [];
  return [...numbered, ...note, "", "`/memory forget 1` deletes one for good."].join("\n");
}

async function forget({ core, inbound }: CommandContext, which: string): Promise<string> {
  const person = inbound.author.id;
  const facts = await core.store.facts.list(person);
  const chosen = which === "all" ? facts : facts.slice(Number(which) - 1, Number(which));
  if (which !== "all" && (!/^[1-9]\d*$/u.test(which) || chosen.length === 0)) {
    throw new UserError(`There is no number “${which}”. /memory shows the numbers.`);
  }
  for (const { id } of chosen) await core.store.facts.remove(person, id);
  const [only] = chosen;
  if (chosen.length !== 1 || !only) return `${chosen.length} facts forgotten.`;
  return inbound.place === "dm" || only.place !== "dm" ? `Forgotten: ${only.text}` : "Forgotten.";
}

function splitOnce(text: string): [string, string] {
  const space = text.search(/\s/u);
  return space < 0 ? [text, ""] : [text.slice(0, space), text.slice(space).trim()];
}
