import type { Sentence, Words } from "../words/words.ts";

type FileWords = Words["files"];
type Name = keyof FileWords;
type Given<Of extends Name> = FileWords[Of] extends (...given: infer Given) => string ? Given : [];

/** A sentence about a file that can go from one process to another: its name among the words, and what it is said with. */
export interface Said {
  readonly name: Name;
  readonly given: readonly unknown[];
}

export const say = <Of extends Name>(name: Of, ...given: Given<Of>): Said => ({ name, given });

/** What is said, to be put into the words of who reads it. */
export const sentenceOf =
  ({ name, given }: Said): Sentence =>
  ({ files }) => {
    const words: unknown = files[name];
    return typeof words === "function"
      ? (words as (...given: readonly unknown[]) => string)(...given)
      : String(words);
  };

/** Why a file is not read. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly said: Said;

  constructor(said: Said, options?: ErrorOptions) {
    super(said.name, options);
    this.said = said;
  }
}

/** Does what takes a file apart; whatever goes wrong there and is not accounted for, is damage. */
export async function orDamaged<Result>(kind: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal(say("damaged", kind), { cause });
  }
}
