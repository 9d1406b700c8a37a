import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIContainerComponent,
  type APITextDisplayComponent,
  type RESTPatchAPIChannelMessageJSONBody,
} from "discord.js";
import type { Root, RootContent } from "mdast";
import type { Action, Answer, Fold, Speaker } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { once } from "../../src/text/once.ts";
import { paginate } from "../../src/text/paginate.ts";
import { foldsOf, thoughts, underAnswer } from "../../src/text/under-answer.ts";
import { writeMarkdown } from "../../src/text/write-markdown.ts";
import { discordMarkdown } from "./markdown.ts";

/** A piece of a message in Discord's Markdown. */
export interface Block {
  readonly text: string;
  /** Shows its text when it is clicked. */
  readonly spoiler?: true;
}

/** One message on Discord. A short one has one block, and is plain text; a longer one consists of components. */
export interface DiscordMessage {
  readonly blocks: readonly Block[];
  readonly buttons: readonly Action[];
  /** Who speaks, where personas speak under their own name. */
  readonly persona?: Speaker | undefined;
}

/** A message as Discord's interface takes it, for posts and edits alike. */
export type MessageBody = Pick<
  RESTPatchAPIChannelMessageJSONBody,
  "content" | "components" | "flags" | "allowed_mentions"
>;

/** Plain text shows in notifications, replies and searches; components hold twice as much. */
const mostPlain = 2000;
const mostInComponents = 4000;
const buttonsPerRow = 5;

/** Link previews stay away, and nobody is pinged: neither everyone nor the person who is answered. */
export function bodyOf({ blocks, buttons }: DiscordMessage, asComponents = !isShort(blocks)): MessageBody {
  const rows = rowsOf(buttons);
  const allowed_mentions = { parse: [], replied_user: false };
  if (!asComponents) {
    const content = blocks.map(({ text }) => text).join("\n");
    return { content, components: rows, flags: MessageFlags.SuppressEmbeds, allowed_mentions };
  }
  const components = [...blocks.map(componentOf), ...rows];
  return { components, flags: MessageFlags.IsComponentsV2, allowed_mentions };
}

/** Whether it is plain text rather than components. */
export const isPlain = ({ content }: MessageBody): boolean => content !== undefined;

const isShort = (blocks: readonly Block[]): boolean =>
  blocks.length < 2 && blocks.every(({ text }) => fits(text, mostPlain));

function componentOf({ text, spoiler }: Block): APITextDisplayComponent | APIContainerComponent {
  const display: APITextDisplayComponent = { type: ComponentType.TextDisplay, content: text };
  return spoiler ? { type: ComponentType.Container, spoiler, components: [display] } : display;
}

function rowsOf(buttons: readonly Action[]): NonNullable<MessageBody["components"]> {
  const looks = { type: ComponentType.Button, style: ButtonStyle.Secondary } as const;
  const shown = buttons.map(({ token: custom_id, label }) => ({ ...looks, custom_id, label }));
  return Array.from({ length: Math.ceil(shown.length / buttonsPerRow) }, (_, row) => {
    const start = row * buttonsPerRow;
    return { type: ComponentType.ActionRow, components: shown.slice(start, start + buttonsPerRow) };
  });
}

/** The messages that hold an answer; what stands under it is on the last one. */
export function renderAnswer(answer: Answer, memo?: object): readonly DiscordMessage[] {
  const pages = paginate(documentOf(answer, memo), isPage)
    .map(pageOf)
    .filter((blocks) => blocks.length > 0);
  if (pages.length === 0) pages.push([{ text: "-# …" }]);
  return pages.map((blocks, index) => ({
    blocks,
    buttons: index === pages.length - 1 ? answer.actions : [],
    persona: answer.persona,
  }));
}

const isPage = (part: Root): boolean => fits(write(part.children), mostInComponents);

const pageOf = once(({ children }: Root) => blocksOf(children));

/** A spoiler takes its text's room also while nobody has clicked it: what is longer is a file at the end. */
export const longFold = 600;

function documentOf(answer: Answer, memo: object | undefined): Root {
  const growing = answer.state === "growing";
  const { children } = parseMarkdown(answer.text, { growing, memo });
  const before = foldsOf(growing ? withoutLong(answer) : answer);
  if (!growing)
    return { type: "root", children: [...before, ...children, ...underAnswer(answer, inSmallPrint)] };
  return { type: "root", children: [...before, ...(children.length > 0 ? children : thoughts(answer))] };
}

const withoutLong = ({ folds = [], ...answer }: Answer): Answer => ({
  ...answer,
  folds: folds.map((fold) => (fold.text.length > longFold ? withoutText(fold) : fold)),
});

const withoutText = once((fold: Fold): Fold => ({ ...fold, text: "" }));

const inSmallPrint = { foldSources: false, nameInReceipt: true };

const write = (children: readonly RootContent[]): string =>
  writeMarkdown({ type: "root", children: [...children] }, discordMarkdown);

/** In a long message a fold is a block of its own. */
function blocksOf(children: readonly RootContent[]): readonly Block[] {
  const whole = write(children);
  if (whole === "") return [];
  const fold = children.findIndex(({ data }) => data !== undefined && "summary" in data);
  const folded = children[fold];
  if (folded?.type !== "blockquote") return [{ text: whole }];
  // Code breaks the marks of a spoiler within a text.
  if (fits(whole, mostPlain) && !children.some(hidesCode)) return [{ text: whole }];
  const shown = { text: write(folded.children), spoiler: true } as const;
  const opened = [{ text: `-# ${folded.data?.summary}` }, shown];
  return [...blocksOf(children.slice(0, fold)), ...opened, ...blocksOf(children.slice(fold + 1))];
}

const hidesCode = (node: RootContent): boolean =>
  node.type === "blockquote" &&
  node.data?.summary !== undefined &&
  node.children.some(({ type }) => type === "code" || type === "table");

/** Discord counts code points. */
const fits = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && Array.from(text).length <= most);
