/** What a command is for, in one clause for `/help` and the platforms' own lists (100 letters at most), and what it answers. */
export const commandWords = {
  ask: {
    summary: "ask something",
    question: "what you want to know",
    file: "a picture or file that belongs to it",
  },
  new: {
    usage: "[keep]",
    summary: "start a fresh context; persona and model stay",
    done: "A fresh start: I no longer see what was said before.",
  },
  undo: {
    summary: "take back the last question and its answer",
    nothing: "There is nothing to take back.",
  },
  again: {
    usage: "[model or persona]",
    summary: "answer my last question anew, or have another answer it",
  },
  branch: {
    usage: "[number | back]",
    summary: "go on from an earlier answer; what came after it leaves my view",
  },
  stop: { summary: "stop the answer that is being written" },
  help: {
    usage: "[command]",
    summary: "what I can do for you here, or more about one command",
    line: (call: string, summary: string): string => `- \`${call}\`: ${summary}`,
  },
  persona: {
    usage: "[name]",
    summary: "list the personas, or switch to one",
    line: (persona: { name: string; id: string; description: string }, isCurrent: boolean): string =>
      `- **${persona.name}** (\`${persona.id}\`)${isCurrent ? ", in use" : ""}: ${persona.description}`,
    hint: "`/persona name` switches; `name: question` asks one once.",
    answersNow: (name: string): string => `${name} answers here now.`,
    starters: "Try:",
    /** A persona's own command, given in reply to the message that it is about. */
    inReply: (label: string): string => `${label}: in reply to a message`,
  },
  scope: {
    summary: "whether all here share one conversation, or each person has their own",
    shared: "Everyone here shares one conversation with me. `/scope user` gives each person their own.",
    user: "Each person here has a conversation of their own with me. `/scope shared` makes it one for all.",
    nowShared: "From now on everyone here shares one conversation with me.",
    nowUser: "From now on each person here has a conversation of their own with me.",
    onlyYours: "This conversation is yours alone: there is nothing to choose.",
    howTo: "Write `/scope shared` or `/scope user`.",
  },
};
