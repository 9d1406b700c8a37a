import type { FileEntry } from "../../files/files.ts";
import { amount, counted } from "../format.ts";

/** What is said about files that stay with a conversation, and about reading one together. */
export const readingWords = {
  // While something is done.
  opening: "looking into the file",
  embedding: (name: string, percent: number): string => `reading ${name} closely (${percent} %)`,

  // Under the answer to a question that files came with.
  whole: (name: string, tokens: number): string =>
    `${name} goes along whole: about ${amount("en", tokens)} tokens with each question, while it is in view.`,
  indexed: (name: string, { tokens, each }: { tokens: number; each: number }): string =>
    `${name} is too long to go along whole (about ${amount("en", tokens)} tokens). I look up what fits each question: at most ${amount("en", each)} tokens at a time, and what the model reads on.`,
  cut: (name: string, letters: number): string =>
    `${name} is longer than I can keep: I have its first ${amount("en", letters)} letters.`,
  // Where nothing came of it.
  kept: (files: number): string =>
    files === 1
      ? "The file you sent stays here: no need to send it again."
      : "The files you sent stay here: no need to send them again.",

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

  // /read
  read: {
    usage: "[next | where | chapter 3 | all | stop | file number | address | text]",
    summary: "read a book or paper together, chapter by chapter, without spoilers",
  },
  readHow:
    "Send me a book or paper with `/read`, or write `/read 1` for a file that is here (`/files`). Then `/read next` goes on, `/read where` tells how far we are, `/read chapter 3` goes there, `/read all` lifts the bookmark, `/read stop` ends it.",
  nothingToRead: "There is nothing here that I could read with you. `/read` tells how.",
  begun: (name: string, { chapters, tokens }: { chapters: number; tokens: number }): string =>
    `We read ${name} together: ${counted("en", chapters, "chapter", "chapters")}, about ${amount("en", tokens)} tokens in all. I use nothing after the bookmark; \`/read next\` moves it on.`,
  hidden: "What was said here before stays out of view while we read: it may tell what comes later.",
  askChapter: (label: string): string =>
    `Sum up ${label} for me, without a word of what comes after it. Then put two questions about it to me.`,
  askBeginning:
    "Sum up the beginning for me, without a word of what comes after it. Then put two questions about it to me.",
  next: "Next",
  where: (title: string, at: { label: string; chapter: number; chapters: number; percent: number }): string =>
    `**${title}**: ${at.label} (${at.chapter} of ${at.chapters}), ${at.percent} % read.`,
  bounded: "I use nothing that comes after it. `/read all` lifts that.",
  open: "All of it may be told. `/read chapter 3` puts the bookmark back.",
  lastChapter: (title: string): string => `That was the last chapter of ${title}. Ask me about all of it.`,
  noChapter: (which: string, chapters: number): string =>
    `There is no chapter “${which}”: it has ${chapters}.`,
  readingStopped: (title: string): string =>
    `We have stopped reading ${title}. The file stays (\`/files\`), and all of it may be told.`,
  notReading: "We are not reading anything here. `/read` tells how.",
  pasted: "pasted text",
};
