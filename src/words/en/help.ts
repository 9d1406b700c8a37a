/** What is said about commands. */
export const helpWords = {
  groups: {
    conversation: "This conversation",
    answers: "Who answers, and how",
    person: "You",
    running: "Running me",
  },
  /** Of those that one line does not explain, by name. */
  details: {
    new: "`keep` takes the last exchange along.",
    branch:
      "A reply with `/branch` to one of my answers goes on from that one; `back` brings back what was left.",
    again:
      "The new answer takes the old one's place in my view. An alias, `provider/model` or persona answers instead.",
  },
  about: (call: string, summary: string): string => `\`${call}\`: ${summary}`,
  more: "`/help new` says more about one.",
  example: (example: string): string => `For example: \`${example}\``,
  filesUnused: (name: string): string => `I left out what came with it: \`/${name}\` takes no files.`,
};
