import type { ProviderFailure } from "../../providers/provider.ts";
import { amount, shortWait } from "../format.ts";

/** What is said about questions and answers as such. */
export type GeneralWords = typeof general;

export const general = {
  stopped: "Stopped.",
  timedOut: (seconds: number): string => `I stopped after ${seconds} seconds, my limit for one answer.`,
  cut: "The answer reached its longest length. Say “go on” for the rest.",
  refused: "The model declined to answer this.",
  brokenOff: "The answer broke off: the model can't be reached any more. Please ask again.",
  empty: "The model gave no answer. Please ask again.",
  tooLong: (tokens: number, window: number): string =>
    `This is too long for the model: about ${amount("en", tokens)} of ${amount("en", window)} tokens. Please send less of it.`,
  notPersona: (name: string, near: string | undefined, all: readonly string[]): string =>
    `There is no persona “${name}”. ${near ? `Did you mean “${near}”?` : `There are: ${all.join(", ")}.`}`,
  lostPersona: (id: string, instead: string): string =>
    `The persona “${id}” chosen here is gone; ${instead} answers.`,
  notCommand: (name: string, near?: string): string =>
    `There is no /${name}.${near ? ` Did you mean /${near}?` : ""} /help lists what I can do.`,
  oldButton: "This button is too old: I no longer have what it belongs to.",
  notYourButton: "Only the person who asked can do that.",
  notYourAnswer: "Only the person who asked, or someone who manages this place, can stop this answer.",
  notLastAnswer: "There is a newer answer: write “go on” under that one.",
  nothingAsked: "There is nothing in this message that I could answer.",
  whoElse: "Who should answer instead?",
  goOn: "Go on exactly where you stopped.",
  inFile: (name: string, lines: number): string =>
    `📎 \`${name}\` (${lines === 1 ? "1 line" : `${lines} lines`})`,
  ahead: (questions: number): string =>
    questions === 1
      ? "One question is ahead of yours; I'll answer here."
      : `${questions} questions are ahead of yours; I'll answer here.`,
  restarting: "I'm being restarted. The answer goes on here in a moment.",
  notStored: "I can't save this answer yet; I keep trying.",
  tooOld: (minutes: number): string =>
    `I was away when you wrote this, ${minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`} ago. Write it again if you still want an answer.`,
  albumTooLate:
    "This came too late to join the rest of its album. Send the whole album again, and I'll look at all of it together.",
  gaveUp: "I tried this several times and failed each time. Please ask in another way.",
  halfCommand: (name: string): string =>
    `I was interrupted in the middle of /${name} and don't know whether it was done. Please have a look before you repeat it.`,
  nothingRuns: "Nothing is running here.",
  unexpected: (id: string): string =>
    `Something went wrong on my side. Please try again; if it stays, tell whoever runs me: error ${id}.`,
  fallback: (failed: string, reason: ProviderFailure, answered: string): string =>
    `${failed} ${fallbackReasons[reason]}; ${answered} answered.`,
  blindStandIn: (model: string): string =>
    `${model} can't see pictures, so it answered without looking at them.`,
  provider: (kind: ProviderFailure, retryAfterMs?: number): string => {
    if (kind !== "rate-limit") return providerSentences[kind];
    const wait = retryAfterMs === undefined ? "a minute" : shortWait("en", retryAfterMs);
    return `The model is getting too many requests. Please ask again ${wait ? `in ${wait}` : "later"}.`;
  },

  /** What the bot is doing: stands alone, or in `doing`. */
  thinking: "thinking",
  /** The same after the bot's name. */
  doing: (status: string): string => `is ${status}…`,
  titles: { thinking: "Thinking", sources: "Sources" },
  buttons: { stop: "Stop", again: "Again", another: "Ask another", more: "Go on" },
};

const fallbackReasons: Record<ProviderFailure, string> = {
  "rate-limit": "was busy",
  overloaded: "was overloaded",
  auth: "refused our key",
  "no-model": "is not offered",
  "too-long": "is too small for this",
  refused: "declined",
  unfit: "did not take this",
  unreachable: "could not be reached",
  unknown: "failed",
};

const providerSentences: Record<Exclude<ProviderFailure, "rate-limit">, string> = {
  overloaded: "The model is overloaded right now. Please ask again in a minute.",
  auth: "The model's vendor refused our key, or its account has no credit. Whoever runs me can check it with “parlance doctor”.",
  "no-model":
    "The configured model is not offered by its vendor. Whoever runs me can check it with “parlance doctor”.",
  "too-long": "This conversation is too long for the model. /new starts afresh.",
  refused: "The model's vendor declined this request.",
  unfit:
    "The model did not take this question as it is. Put it in other words, leave out pictures, or choose another model with /model.",
  unreachable: "I can't reach the model right now. Please ask again in a minute.",
  unknown: "The model failed to answer. Please ask again.",
};
