import type { Inbound } from "../chat.ts";
import { convene } from "../council/members.ts";
import { baseOf } from "../platform/inbound.ts";
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

/** A question to a council is a question, however it was asked. */
export function questionBehind(inbound: Inbound): Inbound {
  if (inbound.type !== "command" || inbound.name !== councilCommand.name) return inbound;
  const { argument, messageId, attachments = [], quoted } = inbound;
  const text = argument.trim();
  if (text === "" && attachments.length === 0 && !quoted) return inbound;
  return {
    ...baseOf(inbound),
    type: "message",
    text,
    attachments,
    ...(messageId !== undefined && { messageId }),
    ...(quoted && { quoted }),
    council: true,
  };
}
