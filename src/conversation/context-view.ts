import type { UserMessage } from "../message.ts";
import type { StoredTurn } from "../store/store.ts";
import { percent } from "../text/numbers.ts";
import { shorten } from "../text/shorten.ts";
import { amount } from "../words/format.ts";
import type { Words } from "../words/words.ts";
import { materialTitles } from "./marks.ts";
import type { Prompt, PromptPart } from "./prompt.ts";
import { askedText } from "./question.ts";
import { countMessages, estimateTokens } from "./tokens.ts";

const barCells = 10;
const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
/** The newest turns have a line each; those before them share a few. */
const singleLines = 6;
const mostGroups = 4;
const excerptLength = 48;

/** The parts of a prompt with their tokens and shares, one line each, for a block of code: bars first, names last. */
export function partsTable({ parts, tokens }: Pick<Prompt, "parts" | "tokens">, words: Words): string {
  return parts
    .map((part) => {
      const share = part.tokens / Math.max(1, tokens);
      const cells = bar(share).padEnd(barCells);
      return `${cells} ${percent(share).padStart(5)} ${amount(words.language, part.tokens).padStart(7)}  ${nameOf(part, words)}`;
    })
    .join("\n");
}

/** Each turn in one line, and many older ones in a few: numbers, first words, what came with it, tokens and share. */
export function turnList(turns: readonly StoredTurn[], tokens: number, words: Words): string {
  const older = turns.slice(0, Math.max(0, turns.length - singleLines));
  const size = older.length <= mostGroups ? 1 : Math.ceil(older.length / mostGroups);
  const groups: (readonly StoredTurn[])[] = [];
  for (let start = 0; start < older.length; start += size) groups.push(older.slice(start, start + size));
  let number = 1;
  return [...groups, ...turns.slice(older.length).map((turn) => [turn])]
    .map((group) => {
      const line = groupLine(group, { number, tokens, words });
      number += group.length;
      return line;
    })
    .join("\n");
}

function groupLine(
  turns: readonly StoredTurn[],
  { number, tokens, words }: { number: number; tokens: number; words: Words },
): string {
  const size = turns.reduce((sum, { messages }) => sum + countMessages(messages, estimateTokens), 0);
  const numbers = turns.length === 1 ? `${number}` : `${number}–${number + turns.length - 1}`;
  const questions = turns.flatMap(({ messages: [question] }) =>
    question?.role === "user" ? [question] : [],
  );
  const pictures = questions.flatMap(({ parts }) => parts).filter(({ type }) => type === "image").length;
  const titles = questions.flatMap((question) => materialTitles(textOf(question))).map(plain);
  const [first] = questions;
  const line = [
    `**${numbers}**`,
    ...(first ? [`“${plain(excerptOf(first))}”`] : []),
    ...(pictures > 0 ? [words.context.pictures(pictures)] : []),
    ...(titles.length > 0 ? [titles.slice(0, 3).join(", ") + (titles.length > 3 ? " …" : "")] : []),
    words.context.tokensAndShare(size, percent(size / Math.max(1, tokens))),
  ].join(" · ");
  return `- ${line}`;
}

function nameOf({ name, text = "", messages }: PromptPart, words: Words): string {
  const { partNames } = words.context;
  if (name === "tools") return partNames.tools(toolNames(text));
  return name === "examples" ? partNames.examples(messages.length / 2) : partNames[name];
}

const toolNames = (text: string): number => (JSON.parse(text) as readonly unknown[]).length;

/** Such as `██▌`. */
function bar(share: number): string {
  const filled = Math.max(1, Math.round(Math.min(1, share) * barCells * 8));
  return "█".repeat(Math.floor(filled / 8)) + (eighths[filled % 8] ?? "");
}

const textOf = ({ parts }: UserMessage): string =>
  parts.map((part) => (part.type === "text" ? part.text : "")).join("\n");

function excerptOf(question: UserMessage): string {
  return shorten(askedText(question, { isSigned: false }).replaceAll(/\s+/gu, " ").trim(), excerptLength);
}

/** A person's words as they are, whatever Markdown would make of them. */
const plain = (text: string): string => text.replaceAll(/[\\`*_~[\]<>|#]/gu, String.raw`\$&`);
