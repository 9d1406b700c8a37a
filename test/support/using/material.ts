import { readFileSync } from "node:fs";
import { topics } from "../../fixtures/topics.ts";
import type { Answering } from "../model-server.ts";
import { makePdf } from "../pdf.ts";

/** What people send and models say in the scenes. */

/** What each of the models' answers took. */
export const usage = { input_tokens: 812, output_tokens: 96 };

/** A long answer about cooking. */
export const long = (topic: string): string =>
  `${topic} ${"Salt the water well, taste early, keep a cup of it back for the sauce, and never rinse what you will eat hot. ".repeat(14)}`.trim();

/** A harbour's records: six hundred pages, of which one tells of the bell. */
export function records(): Buffer {
  const pages = Array.from({ length: 600 }, (_, index) => [
    `Harbour records, sheet ${index + 1}`,
    `In this year ${1_000 + index * 3} barrels of salt and ${index} coils of rope came ashore.`,
    index === 411 ? "The bell of the lighthouse was cast in Lisbon and hung in the spring of 1868." : "",
  ]);
  return makePdf(pages, { title: "Records of the harbour" });
}

/** Cites the passage that has these words, whatever its number: `[@"words"]`. */
export const citing =
  (said: string): Answering =>
  ({ messages }) => {
    const sent = messages.map(({ content }) => JSON.stringify(content)).join("\n");
    const idOf = (words: string): string =>
      [...sent.slice(0, sent.indexOf(words)).matchAll(/\[(s\d+)\]/gu)].at(-1)?.[1] ?? "s0";
    const content = said.replaceAll(/\[@"([^"]+)"\]/gu, (_, words: string) => `[${idOf(words)} "${words}"]`);
    return { content, usage };
  };

const { earlier = [], other: [turn = ""] = [] } = topics[0] ?? {};
/** A conversation, and a turn that has nothing to do with it. */
export const cooking = earlier;
export const offTopic = typeof turn === "string" ? turn : turn[0];

/** A frame of a film, with two lines of subtitle. */
export const frame = readFileSync(new URL("../../../personas/samples/subtitle-ko.jpg", import.meta.url));
/** What the subtitle helper says of it. */
export const subtitle = (second: string, meaning: string): string =>
  `**Subtitle**\n오늘은 일찍 들어올 거지?\n${second}\n\n**Translation**\nYou're coming home early today, right?\n${meaning}`;
