import type { Settings } from "../core.ts";
import type { Kept } from "../privacy/people.ts";
import type { Command } from "./command.ts";

export const privacyCommand: Command = {
  name: "privacy",
  usage: "",
  summary: "what I keep about you, where, and how long",
  isRepeatable: true,
  async run({ core: { store, settings }, inbound: { author, place } }) {
    // Others read along in a channel.
    const about =
      place === "dm"
        ? whatIsKept(await store.people.count(author.id))
        : [
            "**What I keep:** your questions with their answers, and what you told me about yourself. Ask me in a direct message how much that is.",
          ];
    return [
      ...about,
      "",
      `**Where:** in this bot's own database. ${whoIsAsked(settings)}`,
      `**How long:** ${howLong(settings)}`,
      "**Yours to change:** `/export` gives you all of it, in a direct message. `/memory forget 1` deletes a fact, `/undo` the last exchange, `/forget me` everything.",
      `**What stays after \`/forget me\`:** ${whatStays}`,
    ].join("\n");
  },
};

function whatIsKept({ questions, pictures, facts, accounts, since }: Kept): readonly string[] {
  if (!since) return ["**What I keep about you:** nothing."];
  return [
    `**What I keep about you,** since ${since.toISOString().slice(0, 10)}:`,
    `- ${counted(questions, "question")} with ${questions === 1 ? "its answer" : "their answers"}${pictures > 0 ? ` and ${counted(pictures, "picture")}` : ""}`,
    `- ${counted(facts, "fact")} about you (\`/memory\`)`,
    `- ${counted(accounts, "line")} of accounts: model, tokens and cost of an answer`,
    "- the personas and models you chose in conversations of your own",
  ];
}

function whoIsAsked({ vendors }: Settings): string {
  if (vendors.length === 0) return "Nothing is sent to a model's vendor.";
  return `To answer, I send the question with its files, the conversation before it, your name and the facts about you to a model, at: ${vendors.join(", ")}.`;
}

function howLong({ retention: { days, factDays } }: Settings): string {
  const turns = days === undefined ? "until you delete them" : counted(days, "day");
  const facts = factDays === undefined ? "until you delete them" : counted(factDays, "day");
  return turns === facts
    ? `questions and facts ${turns}; accounts without end.`
    : `questions ${turns}, facts ${facts}; accounts without end.`;
}

const whatStays =
  "for two days the bare ids of your messages, so that none is answered twice; sums that name nobody; what counts against a budget of your own, until its month is over; that you own this bot, if you do. What others wrote may quote you, and what a vendor got is theirs to keep or delete.";

const counted = (count: number, unit: string): string =>
  `${count.toLocaleString("en")} ${unit}${count === 1 ? "" : "s"}`;
