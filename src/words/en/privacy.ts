import { counted, day } from "../format.ts";

/** What is kept about a person: shown, sent, deleted. */
export const privacyWords = {
  summary: "what I keep about you, where, and how long",
  keptNothing: "**What I keep about you:** nothing.",
  kept: (since: Date): string => `**What I keep about you,** since ${day("en", since)}:`,
  questions: (questions: number, pictures: number): string =>
    `${count(questions, "question")} with ${questions === 1 ? "its answer" : "their answers"}${pictures > 0 ? ` and ${count(pictures, "picture")}` : ""}`,
  files: (files: number): string =>
    `the text of ${count(files, "file")} that you sent (\`/files\`), as long as the question it came with`,
  facts: (facts: number): string => `${count(facts, "fact")} about you (\`/memory\`)`,
  instructions: (instructions: number): string =>
    `${count(instructions, "instruction")} on how to answer you (\`/instructions\`)`,
  accounts: (lines: number): string =>
    `${count(lines, "line")} of accounts: model, tokens and cost of an answer`,
  choices: "the personas and models you chose in conversations of your own",
  summaries: "what `/compact` summed up, until the first question in it is deleted",
  used: "**Where I use facts:** in our direct messages, all of them; elsewhere, only where you told them: one from a public channel all over its server, one from a private channel or a group in there alone. `/memory share 1` lets me use one everywhere.",
  /** Where others read along. */
  keptInGeneral:
    "**What I keep:** your questions with their answers, and what you told me about yourself. Ask me in a direct message how much that is.",
  where: (vendors: readonly string[]): string =>
    `**Where:** in this bot's own database. ${
      vendors.length === 0
        ? "Nothing is sent to a model's vendor."
        : `To answer, I send the question with its files, the conversation before it, your name, the facts about you and your instructions to a model, at: ${vendors.join(", ")}.`
    }`,
  searched: (backends: readonly string[]): string =>
    `When a search helps, its words go to: ${backends.join(", ")}. A page that is read is asked of its own site, which learns nothing about you.`,
  /** In days; for ever where nothing is said. */
  howLong: (questions: number | undefined, facts: number | undefined): string =>
    questions === facts
      ? `**How long:** questions and facts ${span(questions)}; accounts without end.`
      : `**How long:** questions ${span(questions)}, facts ${span(facts)}; accounts without end.`,
  yours:
    "**Yours to change:** `/export` gives you all of it, in a direct message. `/memory forget 1` deletes a fact, `/undo` the last exchange, `/forget me` everything.",
  stays:
    "**What stays after `/forget me`:** for two days the bare ids of your messages, so that none is answered twice; sums that name nobody; what counts against a limit of your own, until its hour, day or month is over; that you own this bot, if you do. What others wrote may quote you, and what a vendor got is theirs to keep or delete.",

  export: {
    summary: "everything I keep about you, as a file",
    notHere: "Others read along here: ask me for `/export` in a direct message.",
    /** `leftOut`: pictures that no file has room for. */
    done: (held: { questions: number; facts: number; files: number; leftOut: number }): string =>
      [
        `Everything I keep about you: ${count(held.questions, "question")} with ${held.questions === 1 ? "its answer" : "their answers"}, ${count(held.facts, "fact")}, what you chose, and what your answers took.`,
        ...(held.files === 1 ? [] : [`It is more than one file holds: there are ${held.files}.`]),
        ...(held.leftOut === 0 ? [] : [`Too large for it, and left out: ${count(held.leftOut, "picture")}.`]),
      ].join(" "),
  },

  forget: {
    summary: "delete everything I keep about you",
    howTo: "Write `/forget me` to delete everything I keep about you. `/memory forget 2` deletes one fact.",
    /** How much there is, is told in private alone. */
    warning: (held?: { questions: number; facts: number }): string =>
      `This deletes everything I keep about you${held ? ` (${count(held.questions, "question")}, ${count(held.facts, "fact")})` : ""}: your questions with their answers, pictures, files, facts, instructions and choices, in every chat. It can't be undone; \`/export\` gives you a copy first.`,
    confirm: "`/forget me yes` does it.",
    done: "Done: I no longer know you.",
    rest: "The messages here in the chat are yours to delete, and others may have quoted you in their questions. `/privacy` says what else stays, and why.",
  },
};

const span = (days: number | undefined): string =>
  days === undefined ? "until you delete them" : count(days, "day");

const count = (value: number, unit: string): string => counted("en", value, unit, `${unit}s`);
