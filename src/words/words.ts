import type { Inbound } from "../chat.ts";
import { en } from "./en.ts";

/** Every sentence the bot itself says, in one language. */
export type Words = typeof en;

/** What is said, in whatever language its reader speaks. */
export type Sentence = string | ((words: Words) => string);

export const english: Words = en;

/** In the language of who did it. */
export function wordsFor(_inbound: Inbound): Words {
  return english;
}
