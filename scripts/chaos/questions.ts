/** What people ask in a chaos run, and the one complete answer to it: pure, so that a checker knows both. */

/** What the model's server does wrong the first time it is asked. */
export type ModelFault = "busy" | "broken" | "cut";

/** One question, as it was written last. */
export interface Question {
  /** `Q` and eight letters, like no other. */
  readonly id: string;
  /** Rises with each edit. */
  readonly version: number;
  /** How many paragraphs its answer has. */
  readonly pieces: number;
  readonly tool?: boolean;
  /** How many pictures come with it: without all of them it has no answer. */
  readonly pictures?: number;
  readonly fault?: ModelFault;
  /** What must not be read in another place. */
  readonly secret?: string;
}

const pattern = /\b(Q[a-z0-9]{8})v(\d+) wants (\d+) pieces((?:, (?:tool|busy|broken|cut|\d+ pictures))*)/gu;
const vocabulary =
  "amber birch cedar delta ember fjord grove heron ivory jade kelp lotus maple north ocean pearl quartz river stone tulip umber violet willow xenon yarrow zephyr".split(
    " ",
  );

/** As a person writes it. */
export function write({ id, version, pieces, tool, pictures, fault, secret }: Question): string {
  const extras = [
    ...(tool ? ["tool"] : []),
    ...(pictures === undefined ? [] : [`${pictures} pictures`]),
    ...(fault ? [fault] : []),
  ];
  const asked = [`${id}v${version} wants ${pieces} pieces`, ...extras].join(", ");
  return secret === undefined ? `${asked}.` : `${asked}. My secret is ${secret}.`;
}

/** The questions in a text, in order. */
export function read(text: string): readonly Question[] {
  return [...text.matchAll(pattern)].map(([, id = "", version, pieces, extras = ""]) => {
    const fault = (["busy", "broken", "cut"] as const).find((each) => extras.includes(each));
    const asked = { id, version: Number(version), pieces: Number(pieces) };
    const tool = extras.includes("tool") ? { tool: true } : {};
    const pictures = Number(/(\d+) pictures/u.exec(extras)?.[1] ?? 0);
    return Object.assign(asked, tool, pictures > 0 ? { pictures } : {}, fault ? { fault } : {});
  });
}

/** The paragraphs of the complete answer, each like no other in the world. */
export function piecesOf({ id, version, pieces }: Question): readonly string[] {
  return Array.from({ length: pieces }, (_, index) => {
    const words = Array.from({ length: 18 }, (_, at) => word(`${id}${version}`, index * 31 + at));
    return `${id}v${version} ${index + 1}of${pieces} ${words.join(" ")}.`;
  });
}

/** The complete answer to what was asked at once. */
export const answerTo = (questions: readonly Question[]): string => questions.flatMap(piecesOf).join("\n\n");

function word(seed: string, at: number): string {
  let hash = 7 + at;
  for (const letter of seed) hash = (hash * 31 + letter.charCodeAt(0) + at) % 1_000_003;
  return vocabulary[hash % vocabulary.length] ?? "";
}
