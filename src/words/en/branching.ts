/** What is said about going back, answering anew and changing the topic. */
export const branchingWords = {
  goneBack: (exchanges: number): string =>
    exchanges === 1
      ? "I go on from there: the exchange after it is out of view."
      : `I go on from there: the ${exchanges} exchanges after it are out of view.`,
  onlyHere: (exchanges: number): string =>
    exchanges === 1
      ? "For this answer I went back there: the exchange after it was left aside."
      : `For this answer I went back there: the ${exchanges} exchanges after it were left aside.`,
  branched: (question: string, exchanges: number): string =>
    exchanges === 1
      ? `I go on from “${question}”. The exchange after it is out of view.`
      : `I go on from “${question}”. The ${exchanges} exchanges after it are out of view.`,
  back: "Back",
  isBack: (exchanges: number): string =>
    exchanges === 1
      ? "The exchange that was out of view is back."
      : `The ${exchanges} exchanges that were out of view are back.`,
  notBranched: "Nothing is out of view here.",
  isLast: "That is the last answer: I go on from there anyway.",
  notInView:
    "I no longer have that answer in view. Reply to a newer one, or ask again with what matters of it.",
  nowhereBack: "There is nothing to go back to yet: it takes two exchanges.",
  whereTo: "Where shall I go on from?",
  howBack: "`/branch 1` or a reply with `/branch` to one of my answers goes on from there.",
  notBack: (exchanges: number): string =>
    exchanges === 1
      ? "I can go back 1 exchange at most here. `/branch` lists it."
      : `I can go back ${exchanges} exchanges at most here. \`/branch\` lists the last ones.`,
  noQuestion: "There is no question of yours here that I could answer again.",
  notOther: (name: string, all: readonly string[]): string =>
    `I know no model or persona “${name}”. There are: ${all.join(", ")}; any \`provider/model\` works, too.`,
  undone: (question: string): string => `Taken back: “${question}” and its answer.`,
  undoMore: "One more",
  notYourExchange:
    "The last question was another person's: only they, or who manages this channel, can take it back.",
  picture: "(a picture or file)",
  afreshKept: "A fresh start from that question on: I no longer see what was said before it.",
  nothingToKeep: "There is no exchange here that I could keep.",
  otherTopic: "This looks like a new topic. A fresh start keeps answers to the point and costs less.",
  startAfresh: "Start afresh",
};
