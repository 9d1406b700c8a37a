/** Searching the web. Why a backend gave nothing is a clause after its name and a colon. */
export const searchWords = {
  usage: "question",
  summary: "search the web first, then answer from what was found",
  howTo:
    "Write `/search your question`: I search the web first and answer from what I find, with sources. Personas that search do so by themselves when it helps.",
  failed: (backend: string, reason: string): string => `${backend}: ${reason}`,
  noneWorked: (reasons: readonly string[]): string => `I can't search right now (${reasons.join("; ")}).`,
  noBackend:
    "I have nothing to search with: whoever runs me can name it in parlance.yaml, under `search.backends`.",
  foundNothing: (backend: string): string => `I searched with ${backend} and found nothing.`,
  unreachable: "it can't be reached",
  status: (status: number): string =>
    status === 401 || status === 403
      ? `it refuses the key (${status})`
      : status === 402 || status === 429
        ? `its limit is used up for now (${status})`
        : `it answers with error ${status}`,
  noPrice: "nobody told me what a search costs, so I may not use it while a budget in dollars holds",
  unreadable: "its answer makes no sense to me",
  tooSlow: (seconds: number): string => `no answer within ${seconds} s`,
  turnedAway: "it turned me away",
  didNot: "You asked for a search, but the model answered without one.",
};
