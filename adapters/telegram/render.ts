import type { Root } from "mdast";
import type { Action, Answer } from "../../src/chat.ts";
import { paginate } from "../../src/text/paginate.ts";
import { documentOf } from "./document.ts";
import type { Formatted } from "./formatted.ts";
import { formatBlocks } from "./plain.ts";
import { type Block, needsRich, richBlocks } from "./rich.ts";

/** When an answer goes out as a rich message: when it has tables, formulas or details, always, or never. */
export type RichPolicy = "auto" | "always" | "never";

/** One message that fits: as text with entities, and as a rich message where that shows more. */
export interface TelegramMessage extends Formatted {
  readonly rich?: readonly Block[];
  readonly buttons: readonly Action[];
}

/** What Telegram takes in one message, in UTF-16 code units after formatting. */
export const textLimit = 4096;
/** Telegram drops further entities, and refuses all when their addresses are too long together; the bytes are a guess. */
const limits = { entities: 100, addresses: 8000 };

/**
 * Both forms share the smaller limit of the plain one: so a server or client that can't show rich messages gets the
 * same messages, and none moves when a later part of the answer turns out to be a table.
 */
export function renderAnswer(answer: Answer, policy: RichPolicy): readonly TelegramMessage[] {
  const parts = paginate(documentOf(answer), fits);
  const last = parts.at(-1) ?? { type: "root", children: [] };
  return [
    ...parts.slice(0, -1).map((part) => renderPart(part, policy, [])),
    renderPart(last, policy, answer.actions),
  ];
}

function renderPart(part: Root, policy: RichPolicy, buttons: readonly Action[]): TelegramMessage {
  const { text, entities } = formatBlocks(part.children);
  const wanted = policy === "always" || (policy === "auto" && needsRich(part.children));
  const rich = wanted ? richBlocks(part.children) : undefined;
  // Telegram refuses a message without a letter.
  return { text: text.trim() === "" ? "…" : text, entities, ...(rich && { rich }), buttons };
}

function fits(part: Root): boolean {
  const { text, entities } = formatBlocks(part.children);
  return (
    text.length <= textLimit &&
    entities.length <= limits.entities &&
    addressBytes(entities) <= limits.addresses
  );
}

const addressBytes = (entities: Formatted["entities"]): number =>
  entities.reduce(
    (sum, entity) => sum + (entity.type === "text_link" ? Buffer.byteLength(entity.url) : 0),
    0,
  );
