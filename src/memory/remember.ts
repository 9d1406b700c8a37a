import { z } from "zod";
import { newTurnId } from "../conversation/turn-id.ts";
import { UserError } from "../errors.ts";
import type { Tool } from "../tools/tool.ts";
import { type Facts, usableFacts } from "./facts.ts";
import { isInWordsOf } from "./own-words.ts";

const notTheirWords =
  "Not kept: with others' words in sight, a fact must be made of words the person wrote in their last message. If they did say it there, repeat it in their own words and language; if not, ask them to say themselves what to remember.";

/**
 * Lets a model keep a fact about the person who asks, and only about them. A file, a page or another person can't have
 * it keep anything: where the model sees such, a fact must be made of words that the person wrote in this message.
 */
export function createRememberTool(facts: Facts): Tool<{ fact: string }> {
  return {
    name: "remember",
    description:
      "Keeps one lasting fact about the person you talk with, for later chats. Use it when they ask you to remember something or tell you something about themselves that will matter again. Never for passwords, money, health or other people's secrets.",
    input: z.strictObject({
      fact: z
        .string()
        .trim()
        .min(1)
        .max(300)
        .describe(
          "One sentence about the person, in their own words and language, e.g. `Learns Korean for work.`",
        ),
    }),
    speaksForItself: true,
    writes: true,
    status: "noting that down",
    async run({ fact }, { person, persona, place, words, seesOthers }) {
      // What is known from a direct message alone is not told where others read along, not even so.
      const known = usableFacts(await facts.list(person), place);
      if (known.some(({ text }) => text === fact)) return { text: "Already known." };
      if (seesOthers && !isInWordsOf(words, fact)) throw new UserError(notTheirWords);
      await facts.add(person, { id: newTurnId(), text: fact, at: new Date(), persona, place });
      return { text: "Remembered." };
    },
  };
}
