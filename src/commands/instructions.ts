import { newTurnId } from "../conversation/turn-id.ts";
import { UserError } from "../errors.ts";
import type { Instruction } from "../memory/instructions.ts";
import { secretIn } from "../memory/sensitive.ts";
import type { Command, CommandContext } from "./command.ts";
import { splitOnce } from "./memory.ts";
import { findNumbered, numbered } from "./numbered.ts";

/** Each of them is sent with every question. */
const most = 20;
const mostLetters = 1_500;

export const instructionsCommand: Command = {
  name: "instructions",
  group: "person",
  isPersonal: true,
  example: "/instructions add in channels: be brief",
  usage: "[add … | edit N … | off N | on N | remove N]",
  summary: (words) => words.memory.instructionsSummary,
  isRepeatable: (argument) => !/^(?:add|remove)\s/u.test(argument),
  async run(context) {
    const { inbound, core, argument, words } = context;
    const { memory } = words;
    const { instructions } = core.store;
    const person = inbound.author.id;
    const rules = await instructions.list(person);
    const [verb, rest] = splitOnce(argument);
    const [which, text] = splitOnce(rest);
    const isPrivate = inbound.place === "dm";
    if (verb === "")
      return isPrivate || rules.length === 0
        ? list(context, rules)
        : memory.instructionsElsewhere(rules.length);
    if (verb === "add" && rest !== "") {
      check(rest, rules);
      const number = await instructions.add(person, { id: newTurnId(), text: rest, at: new Date() });
      return memory.instructionAdded(number, rest);
    }
    const rule = findNumbered(rules, which, () =>
      which === "" ? memory.instructionsUsage : memory.noInstruction(which),
    );
    // It may have been written in private, and what is said here is read by all.
    const named = isPrivate ? rule.text : String(rule.number);
    switch (verb) {
      case "edit":
        if (text === "") break;
        check(
          text,
          rules.filter(({ id }) => id !== rule.id),
        );
        await instructions.change(person, rule.id, { text });
        return memory.instructionEdited(rule.number, text);
      case "on":
      case "off":
        await instructions.change(person, rule.id, { isOn: verb === "on" });
        return verb === "on" ? memory.instructionOn(named) : memory.instructionOff(named);
      case "remove":
        await instructions.remove(person, [rule.id]);
        return memory.instructionRemoved(named);
    }
    throw new UserError(memory.instructionsUsage);
  },
};

function list({ words: { memory } }: CommandContext, rules: readonly Instruction[]): string {
  if (rules.length === 0) return memory.noInstructions;
  return [
    memory.instructionsTitle,
    "",
    ...rules.map(
      ({ number, text, isOn }) => `${numbered(number)} ${text}${isOn ? "" : ` *(${memory.isOff})*`}`,
    ),
    "",
    memory.instructionsNote,
    memory.strictNote,
  ].join("\n");
}

/** Throws UserError for what may not be kept, or would be too much. */
function check(text: string, others: readonly Instruction[]): void {
  const letters = others.reduce((sum, other) => sum + other.text.length, text.length);
  if (others.length >= most || letters > mostLetters)
    throw new UserError((words) => words.memory.tooManyInstructions(most, mostLetters));
  const secret = secretIn(text);
  if (secret) throw new UserError((words) => words.memory.secret(secret));
}
