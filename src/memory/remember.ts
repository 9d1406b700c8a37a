import { z } from "zod";
import { newTurnId } from "../conversation/turn-id.ts";
import type { Tool } from "../tools/tool.ts";
import type { Facts } from "./facts.ts";

/** Lets a model keep a fact about the person who asks, and only about them. */
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
        .describe("One sentence about the person, e.g. `Learns Korean for work.`"),
    }),
    status: "noting that down",
    async run({ fact }, { person, persona, place }) {
      const known = await facts.list(person);
      if (known.some(({ text }) => text === fact)) return { text: "Already known." };
      await facts.add(person, { id: newTurnId(), text: fact, at: new Date(), persona, place });
      return { text: "Remembered." };
    },
  };
}
