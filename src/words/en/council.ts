import type { Absence } from "../../council/progress.ts";

/** What is said about several models that answer together. */
export const councilWords = {
  usage: "[models:] question",
  summary: "several models answer, rank each other, and one sums up",
  howTo: (models: readonly string[]): string =>
    [
      `\`/council your question\`: ${models.length} models answer it side by side, rank each other's answers without knowing whose they are, and one sums up what all share and where they differ.`,
      "",
      ...models.map((model) => `- ${model}`),
      "",
      "`/council fast, smart: your question` asks only those; any `provider/model` works.",
    ].join("\n"),
  tooFew: (models: readonly string[]): string =>
    `A council needs at least two different models${models.length === 0 ? "" : `, and here there is only ${models[0]}`}. Name some (\`/council fast, smart: …\`), or ask whoever runs me to list them under \`council\` in parlance.yaml.`,
  tooMany: (most: number): string => `A council has at most ${most} models.`,
  /** `about` and `most` in dollars; `unpriced` are models whose price nobody knows. */
  offer: (
    models: readonly string[],
    price: { readonly about: string; readonly most: string } | undefined,
    unpriced: readonly string[],
  ): string => {
    const who = `${models.length} models (${models.join(", ")})`;
    const unknown = `I don't know what ${unpriced.join(" and ")} ${unpriced.length === 1 ? "costs" : "cost"}`;
    if (!price) return `${who} would answer together. ${unknown}. Go ahead?`;
    const known = `About ${price.about} for ${who}, at most ${price.most}`;
    return unpriced.length === 0 ? `${known}. Go ahead?` : `${known}, and ${unknown}. Go ahead?`;
  },
  ask: "Ask the council",
  askOne: "Just one model",
  /** After "is" on some platforms, so without a capital. */
  asking: (models: number, ended: number): string =>
    ended === 0 ? `asking ${models} models` : `asking ${models} models, ${ended} done`,
  ranking: "having them rank each other",
  summingUp: "summing up",
  heard: (answered: number, models: number): string =>
    answered === 0 ? `Asking ${models} models…` : `${answered} of ${models} have answered…`,
  weighing: "They rank each other's answers…",
  concluding: "Summing up…",
  /** `took` such as `8.2 s` and `$0.0031`. */
  answer: (number: number, model: string, took: readonly string[]): string =>
    [`${number}. ${model}`, ...took].join(" · "),
  absent: (model: string, why: Absence): string => `${model} ${absences[why]}`,
  notAsked: (model: string, sentence: string): string => `${model}: ${sentence}`,
  ranks: { place: "#", answer: "answer", mean: "mean rank", votes: "votes" },
  of: (models: number): string => `council of ${models}`,
  onlyOne: (model: string): string => `Only ${model} answered: there is nothing to compare.`,
  twoAnswers: "Two answers are too few to rank.",
  noRanking: (models: readonly string[]): string => `No ranking came from ${models.join(" and ")}.`,
  otherChair: (failed: string, instead: string): string => `${failed} could not sum up; ${instead} did.`,
  noSummary: (model: string): string =>
    `Nobody could sum up: this is the answer of ${model}, the best ranked.`,
  nobody: "None of the models answered. Please ask again in a minute.",
};

const absences: Record<Absence, string> = {
  "rate-limit": "was too busy",
  overloaded: "was overloaded",
  auth: "refused our key",
  "no-model": "is not offered by its vendor",
  "too-long": "is too small for this conversation",
  refused: "declined to answer",
  unfit: "did not take this question",
  unreachable: "could not be reached",
  unknown: "failed",
  empty: "said nothing",
  stopped: "was stopped",
  timeout: "took too long",
};
