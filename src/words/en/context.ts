import { amount } from "../format.ts";

/** What is said about what a model sees of a conversation. */
export const contextWords = {
  trimmed: (turns: number): string =>
    turns === 1
      ? "The oldest exchange has left my view to make room."
      : `The oldest ${turns} exchanges have left my view to make room.`,
  full: (percent: number): string =>
    `This conversation fills about ${percent} % of what I can keep in view; when it is full, the oldest exchanges leave.`,
  startAfresh: "Start afresh",
  compact: "Compact",
  takeBack: "Take it back",
  whatLeft: "What left",
  asFile: "As a file",
  compactSummary: "sum up the older part of this conversation; `undo` has it whole again",
  contextSummary: "what the model sees; `full`: the next request as a file, `left`: what it sees no more",
  compactUsage:
    "Write `/compact` to sum up the older part of this conversation, or `/compact undo` to have it whole again.",
  seesNoHistory: (persona: string): string =>
    `${persona} sees no earlier messages: there is nothing to sum up.`,
  compacting: (turns: number): string => (turns === 1 ? "summing up" : `summing up ${turns} exchanges`),
  tooLittle: "There is too little here to sum up: it would take as much room as it makes.",
  noSummary: "The model did not bring the summary to an end. Nothing has changed; please try again.",
  turnsGone: "Something in it was deleted while I summed it up. Nothing has changed; please try again.",
  compactStopped: "Stopped. Nothing has changed.",
  compacted: (done: { turns: number; tokensBefore: number; tokensAfter: number; kept: number }): string => {
    const what = done.turns === 1 ? "The oldest exchange is" : `The ${done.turns} oldest exchanges are`;
    const rest = done.kept === 1 ? "the last one stays" : `the last ${done.kept} stay`;
    return `${what} now a summary: about ${count(done.tokensAfter)} tokens in place of ${count(done.tokensBefore)}; ${rest} whole.`;
  },
  leftOut: (turns: number): string =>
    turns === 1
      ? "The one before them did not fit into the model's window, and is in no summary."
      : `The ${turns} before them did not fit into the model's window, and are in no summary.`,
  expanded: "The summary is gone: I see what it stood for word for word again, as far as there is room.",
  nothingToExpand: "There is no summary here.",
  summaryVoid: "What you changed is in the summary of this conversation, so I have dropped it.",
  contextUsage: "Write `/context`, `/context full` or `/context left`.",
  nextMessage: "(your next message)",
  sees: (seen: { tokens: number; window: number; share: string; model: string; isGuess: boolean }): string =>
    `**What the model sees:** about ${count(seen.tokens)} tokens, ${seen.share} of the ${count(seen.window)} that \`${seen.model}\` ${seen.isGuess ? "probably takes" : "takes"}.`,
  partNames: {
    instructions: "instructions",
    tools: (tools: number): string => (tools === 1 ? "1 tool" : `${tools} tools`),
    examples: (exchanges: number): string => (exchanges === 1 ? "1 example" : `${exchanges} examples`),
    memory: "memory",
    summary: "summary",
    history: "exchanges",
    message: "your next message",
  },
  pictures: (pictures: number): string => (pictures === 1 ? "1 picture" : `${pictures} pictures`),
  tokensAndShare: (tokens: number, share: string): string => `${count(tokens)} tokens, ${share}`,
  historyRoom: (share: string, room: number): string =>
    `The exchanges fill ${share} of their room of ${count(room)} tokens.`,
  notSeen: (turns: number): string =>
    turns === 1
      ? "1 older exchange is no longer seen word for word."
      : `${count(turns)} older exchanges are no longer seen word for word.`,
  fullRequest: (model: string, hidesMemory: boolean): string =>
    `The next request to \`${model}\`, exactly as it is sent, but for your message.${hidesMemory ? " What I remember about you is left out, as others read along." : ""}`,
  hiddenMemory: "(left out here: others read along)",
  nothingLeft: "Nothing has left: the model sees all of this conversation.",
  left: (turns: number): string =>
    turns === 1
      ? "1 exchange is no longer seen word for word; here it is."
      : `${count(turns)} exchanges are no longer seen word for word; here they are.`,
  /** Before what was said, in a file. */
  said: {
    question: "Question",
    answer: "Answer",
    picture: "(picture)",
    uses: (tool: string): string => `(uses ${tool})`,
    result: (tool: string): string => `Result of ${tool}`,
  },
  inTheirPlace: "In their place the model sees:",
};

const count = (number: number): string => amount("en", number);
