import type { Message, MessageEntity, RichBlock } from "@grammyjs/types";
import type { Seen } from "../chat-emulator.ts";
import { type Draft, me, type Spot, type StoredMessage, type World } from "./world.ts";

/** What stands at a place, drafts after the messages. */
export function seenAt(world: World, { chat, topic }: Spot): readonly Seen[] {
  const messages = [...world.messages.values()].filter(
    ({ message }) =>
      message.chat.id === chat.id &&
      message.message_thread_id === topic &&
      message.forum_topic_created === undefined,
  );
  const drafts = world.drafts.filter(
    (draft) =>
      draft.chat === chat.id && draft.topic === topic && draft.until > Date.now() && !isStatus(draft),
  );
  return [...messages.map((stored) => seenMessage(stored, world)), ...drafts.map(seenDraft)];
}

function seenMessage({ message, edits, file }: StoredMessage, world: World): Seen {
  const repliedTo = message.reply_to_message?.message_id;
  return {
    id: String(message.message_id),
    fromBot: message.from?.id === me.id,
    author: message.from?.first_name ?? "",
    text: readable(message),
    buttons: (message.reply_markup?.inline_keyboard.flat() ?? []).map(({ text }) => text),
    files: file ? [file] : [],
    ...(repliedTo !== undefined &&
      repliedTo !== world.topicRoot.message_id && { replyTo: String(repliedTo) }),
    edits,
  };
}

export const draftName = ({ chat, id }: Draft): string => `draft:${chat}:${id}`;

function seenDraft(draft: Draft): Seen {
  return {
    id: draftName(draft),
    fromBot: true,
    author: me.first_name,
    text: readable(draft.message),
    // Telegram's own button, in the person's language.
    buttons: draft.canStop ? ["Stop"] : [],
    files: [],
    edits: draft.edits,
  };
}

/** Words in italics alone are no answer: they say what the bot does. */
export function isStatus({ message: { text, entities } }: Pick<Draft, "message">): boolean {
  if (text === undefined) return false;
  return (
    text === "" ||
    (entities?.some(({ type, length }) => type === "italic" && length === text.length) ?? false)
  );
}

function readable(message: Partial<Message>): string {
  if (message.rich_message) return message.rich_message.blocks.map(blockText).join("\n\n");
  return withEntities(
    message.text ?? message.caption ?? "",
    message.entities ?? message.caption_entities ?? [],
  );
}

/** Fences around code, addresses behind links. */
function withEntities(text: string, entities: readonly MessageEntity[]): string {
  const inserts = entities.flatMap((entity) => {
    const { offset, length } = entity;
    if (entity.type === "text_link") return [{ at: offset + length, what: ` (${entity.url})` }];
    if (entity.type !== "pre") return [];
    return [
      { at: offset, what: `\`\`\`${entity.language ?? ""}\n` },
      { at: offset + length, what: "\n```" },
    ];
  });
  return inserts
    .toSorted((one, other) => other.at - one.at)
    .reduce((shown, { at, what }) => shown.slice(0, at) + what + shown.slice(at), text);
}

function blockText(block: RichBlock): string {
  switch (block.type) {
    case "pre":
      return `\`\`\`${block.language ?? ""}\n${richText(block.text)}\n\`\`\``;
    case "list":
      return block.items
        .map(({ label, blocks }) => `${label} ${blocks.map(blockText).join("\n")}`)
        .join("\n");
    case "blockquote":
      return block.blocks.map(blockText).join("\n\n");
    case "details":
      return [richText(block.summary), ...block.blocks.map(blockText)].join("\n");
    case "table":
      return block.cells.map((row) => row.map((cell) => richText(cell.text)).join(" | ")).join("\n");
    case "mathematical_expression":
      return block.expression;
    case "divider":
      return "---";
    default:
      return "text" in block ? richText(block.text) : "";
  }
}

function richText(text: unknown): string {
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.map(richText).join("");
  if (typeof text !== "object" || text === null) return "";
  const words = "expression" in text ? richText(text.expression) : "text" in text ? richText(text.text) : "";
  return "url" in text && text.url !== words ? `${words} (${String(text.url)})` : words;
}
