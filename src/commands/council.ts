import { convene } from "../council/members.ts";
import { personaOf } from "../personas/choose.ts";
import type { Command } from "./command.ts";

export const councilCommand: Command = {
  name: "council",
  usage: (words) => words.council.usage,
  summary: (words) => words.council.summary,
  isRepeatable: true,
  group: "answers",
  example: "/council fast, smart: …",
  asks: true,
  async run({ core, conversation, words }) {
    const persona = personaOf(core.personas, conversation.bound);
    const { members } = await convene(core, { names: [], persona, bound: conversation.bound });
    return words.council.howTo(members.map(({ name }) => name));
  },
};
