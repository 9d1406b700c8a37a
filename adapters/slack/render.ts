import type { types } from "@slack/bolt";
import type { Root } from "mdast";
import type { Answer, Speaker } from "../../src/chat.ts";
import { chop } from "../../src/text/chop.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { once } from "../../src/text/once.ts";
import { paginate } from "../../src/text/paginate.ts";
import { toPlainText } from "../../src/text/plain.ts";
import { receiptPieces } from "../../src/text/receipt.ts";
import { sourceName } from "../../src/text/source-name.ts";
import { shorten } from "../../src/text/shorten.ts";
import { writeMarkdown } from "../../src/text/write-markdown.ts";
import { wordsIn } from "../../src/words/words.ts";
import { escape, hush } from "./text.ts";

/** One message of an answer: text, and what stands quietly under it. */
export interface SlackMessage {
  readonly speaker?: Speaker;
  /** Standard Markdown, for a `markdown` block. */
  readonly text: string;
  /** Whether the text only grows from one version to the next, letter by letter. */
  readonly grows: boolean;
  readonly tail: readonly (types.KnownBlock | Fold)[];
}

/** Text behind a title that a click opens. */
export interface Fold {
  readonly type: "fold";
  readonly title: string;
  readonly text: string;
}

/** Slack refuses from about 13,200 characters on, blocks and all; their documentation says 12,000. */
const messageLimit = 11_500;
/** Leaves room for buttons and sources. */
const textLimit = 10_500;
const foldLimit = 6_000;
/** Of one text in a `context` block. */
const contextLimit = 2_900;

export function renderAnswer(answer: Answer, memo?: object): SlackMessage[] {
  const texts = textsOf(answer, memo);
  const common = answer.persona && { speaker: answer.persona };
  const messages: SlackMessage[] = texts.map((text) => ({
    ...common,
    text,
    grows: texts.length === 1,
    tail: [],
  }));
  for (const part of tailOf(answer, texts.length > 0)) {
    const last = messages.at(-1);
    const joined = last && { ...last, tail: [...last.tail, part] };
    if (joined && sizeOf(joined) <= messageLimit) messages[messages.length - 1] = joined;
    else messages.push({ ...common, text: "", grows: false, tail: [part] });
  }
  return messages.length > 0 ? messages : [{ ...common, text: "…", grows: false, tail: [] }];
}

/** Slack takes Markdown as models write it; only what must be taken apart is written anew. */
function textsOf({ state, text, notices }: Answer, memo: object | undefined): string[] {
  const words = hush(text.trim() === "" && state !== "growing" ? notices.join("\n\n") : text);
  if (words.trim() === "") return [];
  if (words.length <= textLimit) return [words];
  return paginate(parseMarkdown(words, { growing: state === "growing", memo }), fits).map(written);
}

const fits = (part: Root): boolean => writeMarkdown(part).length <= textLimit;

const written = once((part: Root) => writeMarkdown(part));

function tailOf(answer: Answer, hasText: boolean): SlackMessage["tail"] {
  const { state, text, thinking, sources, notices, actions } = answer;
  const buttons = actions.length > 0 ? [buttonsOf(actions)] : [];
  // Those that stand while a sentence of ours does, stay until the answer is finished: text that grows would push them along.
  if (state === "growing") return hasText ? [...(answer.isHeld ? saidBefore(answer) : []), ...buttons] : [];
  const links = sources.map((source, index) => `[${index + 1}] ${linkTo(source)}`);
  return [
    ...saidBefore(answer),
    ...context(links),
    ...(text.trim() === "" ? [] : context(notices.map(escape))),
    ...folds(wordsIn(answer.language).titles.thinking, thinking.trim()),
    ...receiptOf(answer),
    ...buttons,
  ];
}

function linkTo(source: Answer["sources"][number]): string {
  const { name, site } = sourceName(source);
  const shown = source.url === undefined ? escape(name) : `<${source.url}|${escape(name)}>`;
  return site === undefined ? shown : `${shown} (${escape(site)})`;
}

/** No Markdown stands in a fold. */
function saidBefore({ folds: before = [] }: Answer): SlackMessage["tail"] {
  return before.flatMap(({ title, text }): SlackMessage["tail"] =>
    text.trim() === ""
      ? context([escape(title)])
      : folds(title, toPlainText(parseMarkdown(text, { growing: false }))),
  );
}

/** A full receipt opens when its first line is clicked. */
function receiptOf(answer: Answer): SlackMessage["tail"] {
  const pieces = receiptPieces(answer);
  if (pieces.length === 0) return [];
  const line = receiptPieces({ ...answer, footer: "short" }).join(" · ");
  return answer.footer === "full" ? folds(line, pieces.join("\n")) : context([escape(line)]);
}

function buttonsOf(actions: Answer["actions"]): types.ActionsBlock {
  return {
    type: "actions",
    elements: actions.map(({ token, label }) => ({
      type: "button",
      action_id: `answer:${token}`,
      value: token,
      text: { type: "plain_text", text: label.slice(0, 75) },
    })),
  };
}

/** Small grey lines. */
function context(lines: readonly string[]): types.ContextBlock[] {
  return chop(lines.join("\n"), contextLimit).map((text) => ({
    type: "context",
    elements: [{ type: "mrkdwn", text }],
  }));
}

function folds(title: string, text: string): Fold[] {
  return chop(text, foldLimit).map((part) => ({ type: "fold", title: title.slice(0, 150), text: part }));
}

/** As blocks; where there are no `folds`, as some workspaces don't know collapsible blocks yet, they are plain text. */
export function blocksOf(
  { text, tail }: Pick<SlackMessage, "text" | "tail">,
  folds: () => boolean,
): types.KnownBlock[] {
  const body: types.MarkdownBlock[] = text === "" ? [] : [{ type: "markdown", text }];
  return [...body, ...tail.map((part) => (part.type === "fold" ? unfold(part, folds()) : part))];
}

function unfold({ title, text }: Fold, folding: boolean): types.KnownBlock {
  if (!folding) return { type: "markdown", text: `**${title}**\n\n${text}` };
  return {
    type: "container",
    title: { type: "plain_text", text: title },
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [
      { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] },
    ],
  };
}

/** Slack counts letters and, how exactly it does not say, the blocks around them: all of the JSON is counted but for the text. */
function sizeOf({ text, tail }: SlackMessage): number {
  return text.length + JSON.stringify(blocksOf({ text: "", tail }, () => true)).length;
}

/** What notifications and screen readers get. */
export function summary({ text, tail }: SlackMessage): string {
  const [fold] = tail.flatMap((part) => (part.type === "fold" ? [part.title] : []));
  return escape(shorten(text || (fold ?? "…"), 1000));
}

/** Whether a table stands in it, which a stream shows as it is written, and an edit as a table. */
export const hasTable = ({ text }: SlackMessage): boolean =>
  /^[ >|]*:?-+:?(?: *\| *:?-+:?)+[ |]*$/mu.test(text);
