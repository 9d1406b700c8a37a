import type { Fold } from "../chat.ts";
import type { Words } from "../words/words.ts";
import { dollars } from "../text/numbers.ts";
import type { CouncilAnswer } from "./progress.ts";
import type { Standing } from "./ranking.ts";

/** Each answer behind its title, in the order in which they came; those that failed as a line that says why. */
export function foldsFor(answers: readonly CouncilAnswer[], words: Words): readonly Fold[] {
  let number = 0;
  return answers.map(({ model, text, absence, elapsedMs, costUsd }) => {
    if (absence !== undefined) return { title: whyNot(model, absence, words), text };
    const cost = costUsd === undefined ? [] : [dollars(costUsd)];
    const took = words.models.receipt.seconds(elapsedMs / 1000);
    const title = words.council.answer(++number, model, [took, ...cost]);
    return { title, text };
  });
}

function whyNot(model: string, absence: NonNullable<CouncilAnswer["absence"]>, { council }: Words): string {
  return typeof absence === "string"
    ? council.absent(model, absence)
    : council.notAsked(model, absence.sentence);
}

/** The table of ranks, as Markdown. */
export function ranksTable(
  standings: readonly Standing[],
  heard: readonly Pick<CouncilAnswer, "model">[],
  { council }: Words,
): string {
  const { place, answer, mean, votes } = council.ranks;
  const numberOf = (model: string): number => 1 + heard.findIndex((each) => each.model === model);
  const rows = standings.map((each) => [
    each.place,
    `${numberOf(each.model)}. ${each.model}`,
    each.mean?.toFixed(1) ?? "–",
    each.votes,
  ]);
  return [[place, answer, mean, votes], ["--:", ":--", "--:", "--:"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
