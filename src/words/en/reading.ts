import type { FileEntry } from "../../files/files.ts";
import { amount, counted } from "../format.ts";

/** What is said about files that stay with a conversation, and about reading one together. */
export const readingWords = {
  // While something is done.
  opening: "looking into the file",

  // Under the answer to a question that files came with.
  whole: (name: string, tokens: number): string =>
    `${name} goes along whole: about ${amount("en", tokens)} tokens with each question, while it is in view.`,
  indexed: (name: string, { tokens, each }: { tokens: number; each: number }): string =>
    `${name} is too long to go along whole (about ${amount("en", tokens)} tokens). I look up what fits each question: at most ${amount("en", each)} tokens at a time, and what the model reads on.`,
  cut: (name: string, letters: number): string =>
    `${name} is longer than I can keep: I have its first ${amount("en", letters)} letters.`,

  // /files
  files: {
    usage: "[drop number]",
    summary: "the files of this conversation: size, how they are used, what they cost",
  },
  noFiles: "There are no files here. Send me one: it stays with this conversation until `/new`.",
  filesTitle: "**Files of this conversation**",
  size: (unit: FileEntry["unit"], count: number): string => counted("en", count, unit, `${unit}s`),
  tokens: (tokens: number): string => `about ${amount("en", tokens)} tokens`,
  usedWhole: "whole with each question",
  usedInPart: "what fits each question",
  filesNote: "They stay until `/new`. `/files drop 1` takes one away for good.",
  drop: (number: number): string => `Drop ${number}`,
  dropped: (name: string): string =>
    `Dropped: ${name}. Its text is gone from here; what I answered about it stays.`,
  noFile: (which: string): string => `There is no file “${which}” here. \`/files\` shows the numbers.`,
  notYourFile: "Only who sent it, or who manages this channel, can drop it.",
};
