import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPatchAPIChannelMessageJSONBody,
} from "discord.js";
import type { Root } from "mdast";
import type { Action, Answer } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { paginate } from "../../src/text/paginate.ts";
import { thoughts, underAnswer } from "../../src/text/under-answer.ts";
import { writeMarkdown } from "../../src/text/write-markdown.ts";
import { discordMarkdown } from "./markdown.ts";

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
  const pages = paginate(documentOf(answer), (part) => fits(write(part)))
    .map(write)
    .filter((page) => page !== "");
  if (pages.length === 0) pages.push("-# …");
  return pages.map((content, index) => ({
    content,
    buttons: index === pages.length - 1 ? answer.actions : [],
  }));
}

function documentOf(answer: Answer): Root {
  const growing = answer.state === "growing";
  const { children } = parseMarkdown(answer.text, { growing });
  if (!growing) return { type: "root", children: [...children, ...underAnswer(answer, inSmallPrint)] };
  return { type: "root", children: children.length > 0 ? children : thoughts(answer) };
}

const inSmallPrint = { foldSources: false, nameInReceipt: true };

const write = (part: Root): string => writeMarkdown(part, discordMarkdown);

/** Discord counts code points. */
function fits(text: string): boolean {
  if (text.length <= mostCharacters) return true;
  return text.length <= 2 * mostCharacters && Array.from(text).length <= mostCharacters;
}
