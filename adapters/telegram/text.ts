import type { Message, MessageEntity } from "grammy/types";
import { cutWords } from "../../src/text/cut-words.ts";

/** Who the bot is, to know its mentions. */
export interface Self {
  readonly id: number;
  readonly username: string;
}

/** The words of a message, or of what stands under its file, with what Telegram found in them. */
export function wordsOf({ text, entities, caption, caption_entities }: Message) {
  return { text: text ?? caption ?? "", entities: entities ?? caption_entities ?? [] };
}

/** What a message says in words: links with their addresses, the mentions of `me` left out, other things described. */
export function textOf(message: Message, me?: Self): string {
  const { text, entities } = wordsOf(message);
  if (text === "") return message.rich_message ? richText(message.rich_message).trim() : describe(message);
  let read = text;
  // From the end, so that the earlier offsets stay right.
  for (const entity of entities.toSorted((one, other) => other.offset - one.offset)) {
    const end = entity.offset + entity.length;
    if (entity.type === "text_link" && entity.url !== read.slice(entity.offset, end))
      read = `${read.slice(0, end)} (${entity.url})${read.slice(end)}`;
    else if (me && isMentionOf(me, entity, text)) read = cutWords(read, entity.offset, end);
  }
  return read.trim();
}

/** Whether an entity of this text names the bot. */
export function isMentionOf({ id, username }: Self, entity: MessageEntity, text: string): boolean {
  if (entity.type === "text_mention") return entity.user.id === id;
  const words = text.slice(entity.offset, entity.offset + entity.length);
  return entity.type === "mention" && words.toLowerCase() === `@${username.toLowerCase()}`;
}

/** What is neither words nor a file, in words. */
function describe(message: Message): string {
  const { location, venue, contact, poll, dice, sticker } = message;
  if (venue)
    return `${venue.title}, ${venue.address} (${venue.location.latitude}, ${venue.location.longitude})`;
  if (location) return `Location: ${location.latitude}, ${location.longitude}`;
  if (contact) return `Contact: ${contact.first_name} ${contact.last_name ?? ""} ${contact.phone_number}`;
  if (poll) return [poll.question, ...poll.options.map(({ text }) => `- ${text}`)].join("\n");
  if (dice) return `${dice.emoji} ${dice.value}`;
  return sticker?.emoji ?? "";
}

/** Every word of a rich message, a block a line. */
function richText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(richText).join("");
  if (typeof value !== "object" || value === null) return "";
  const { summary, text, expression, blocks, items, cells } = value as Record<string, unknown>;
  const rows = list(cells).map((row) => list(row).map(richText).join(" | "));
  return [summary, text, expression, ...list(blocks), ...list(items), ...rows]
    .map(richText)
    .filter((each) => each !== "")
    .join("\n");
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
