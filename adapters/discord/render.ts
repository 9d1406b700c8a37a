import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPatchAPIChannelMessageJSONBody,
} from "discord.js";
import type { Action, Answer, Receipt } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { paginate } from "../../src/text/paginate.ts";
import { escapeText, link, toDiscord } from "./markdown.ts";

/** One message on Discord: at most 2000 characters, and its buttons. */
export interface DiscordMessage {
  readonly content: string;
  readonly buttons: readonly Action[];
}

/** A message as Discord's interface takes it, for posts and edits alike. */
export type MessageBody = Pick<
  RESTPatchAPIChannelMessageJSONBody,
  "content" | "components" | "flags" | "allowed_mentions"
>;

const mostCharacters = 2000;
const buttonsPerRow = 5;

/** Link previews stay away, and nobody is pinged: neither everyone nor the person who is answered. */
export function bodyOf({ content, buttons }: DiscordMessage): MessageBody {
  const rows = Array.from({ length: Math.ceil(buttons.length / buttonsPerRow) }, (_, row) =>
    buttons.slice(row * buttonsPerRow, (row + 1) * buttonsPerRow),
  );
  return {
    content,
    components: rows.map((row) => ({
      type: ComponentType.ActionRow,
      components: row.map(({ token, label }) => ({
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        custom_id: token,
        label,
      })),
    })),
    flags: MessageFlags.SuppressEmbeds,
    allowed_mentions: { parse: [], replied_user: false },
  };
}

/** The messages that hold an answer; what stands under it is on the last one. */
export function renderAnswer(answer: Answer): readonly DiscordMessage[] {
  const growing = answer.state === "growing";
  const document = parseMarkdown(answer.text, { growing });
  const pages = paginate(document, (part) => fits(toDiscord(part)))
    .map(toDiscord)
    .filter((page) => page !== "");
  if (growing && pages.length === 0) pages.push(...spoilers(answer.thinking));
  if (!growing) for (const line of underline(answer)) append(pages, line);
  if (pages.length === 0) pages.push("-# …");
  return pages.map((content, index) => ({
    content,
    buttons: index === pages.length - 1 ? answer.actions : [],
  }));
}

/** Thinking, the bot's own sentences, sources and receipt: small and quiet, in this order. */
function underline(answer: Answer): readonly string[] {
  const { text, thinking, notices, sources, receipt, footer } = answer;
  const quiet = text.trim() === "" ? "" : "-# ";
  return [
    ...spoilers(thinking),
    ...notices.map((notice) => escapeText(notice).replaceAll(/^/gmu, quiet)),
    ...joinLines(
      "-# ",
      sources.map(({ title, url }, index) => sourceLink(index + 1, title ?? url, url)),
    ),
    ...(receipt && footer !== "off"
      ? [`-# ${escapeText(receiptLine(answer.persona, receipt, footer))}`]
      : []),
  ];
}

const sourceLink = (number: number, title: string, url: string): string =>
  `[${number}] ${link(escapeText(title), title, url)}`;

/** Discord folds nothing; a spoiler shows its text when it is clicked. */
function spoilers(thinking: string): string[] {
  if (thinking.trim() === "") return [];
  const document = parseMarkdown(thinking, { growing: false });
  const parts = paginate(document, (part) => fits(spoiler(toDiscord(part))));
  return parts.map((part) => spoiler(toDiscord(part)));
}

const spoiler = (text: string): string => `-# Thinking\n||${text}||`;

function receiptLine(persona: string | undefined, receipt: Receipt, footer: "short" | "full"): string {
  const { model, usage, costUsd, windowShare, tools, elapsedMs } = receipt;
  const cost =
    costUsd === undefined ? [] : [`$${costUsd < 0.01 ? costUsd.toPrecision(2) : costUsd.toFixed(2)}`];
  const short = [
    ...(persona ? [persona] : []),
    model,
    `${usage.inputTokens} in, ${usage.outputTokens} out`,
    ...cost,
  ];
  if (footer === "short") return short.join(" · ");
  return [
    ...short,
    ...(usage.cachedTokens > 0 ? [`${usage.cachedTokens} cached`] : []),
    ...(usage.thinkingTokens > 0 ? [`${usage.thinkingTokens} thinking`] : []),
    ...(windowShare === undefined ? [] : [`${Math.round(windowShare * 100)} % of the window`]),
    ...(tools.length > 0 ? [`tools: ${tools.join(", ")}`] : []),
    `${(elapsedMs / 1000).toFixed(1)} s`,
  ].join(" · ");
}

/** Puts a piece under the last page, or on a page of its own; cuts only what no page could hold. */
function append(pages: string[], piece: string): void {
  const joined = `${pages.at(-1) ?? ""}\n${piece}`.trimStart();
  if (pages.length > 0 && fits(joined)) pages[pages.length - 1] = joined;
  else if (fits(piece)) pages.push(piece);
  else {
    const characters = Array.from(piece);
    for (let start = 0; start < characters.length; start += mostCharacters)
      pages.push(characters.slice(start, start + mostCharacters).join(""));
  }
}

/** As many pieces in a line as fit. */
function joinLines(start: string, pieces: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line !== undefined && fits(`${line} · ${piece}`)) lines[lines.length - 1] = `${line} · ${piece}`;
    else lines.push(start + piece);
  }
  return lines;
}

/** Discord counts code points. */
function fits(text: string): boolean {
  if (text.length <= mostCharacters) return true;
  return text.length <= 2 * mostCharacters && Array.from(text).length <= mostCharacters;
}
