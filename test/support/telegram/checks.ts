import type { InputRichBlock, InputRichMessage, MessageEntity, ResponseParameters } from "@grammyjs/types";

/** Telegram's "no": becomes `{ ok: false }`. */
export class Refused extends Error {
  readonly code: number;
  readonly parameters: ResponseParameters;

  constructor(code: number, description: string, parameters: ResponseParameters = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const bad = (description: string): Refused => new Refused(400, `Bad Request: ${description}`);

/** Throws what Telegram refuses; complains of what it drops without a word. */
export function checkText(
  text: string,
  entities: readonly MessageEntity[],
  complain: (what: string) => void,
): void {
  if (text.trim() === "") throw bad("message text is empty");
  if (text.length > 4096) throw bad("message is too long");
  if (entities.length > 100) complain(`${entities.length} entities: all after the hundredth are dropped`);
  for (const entity of entities) {
    const wrong = wrongPlace(text, entity) ?? wrongNeighbour(entity, entities);
    if (wrong !== undefined) complain(`${entity.type} at ${entity.offset}: ${wrong}`);
  }
}

function wrongPlace(text: string, entity: MessageEntity): string | undefined {
  const end = entity.offset + entity.length;
  if (entity.length <= 0 || entity.offset < 0 || end > text.length) return "leaves the text";
  if (splitsPair(text, entity.offset) || splitsPair(text, end)) return "cuts a character in two";
  const isDead = entity.type === "text_link" && !/^(?:https?|tg|mailto):/u.test(entity.url);
  return isDead ? `no link: ${entity.url}` : undefined;
}

function wrongNeighbour(entity: MessageEntity, all: readonly MessageEntity[]): string | undefined {
  const { type, offset, length } = entity;
  const end = offset + length;
  const others = all.filter((other) => other !== entity && other.offset >= offset && other.offset < end);
  if (others.some((other) => other.offset > offset && other.offset + other.length > end))
    return "overlaps another";
  const inside = others.filter((other) => other.offset + other.length <= end);
  if ((type === "pre" || type === "code") && inside.some((other) => other.length < length))
    return "holds another";
  return isQuote(type) && inside.some((other) => isQuote(other.type)) ? "a quote in a quote" : undefined;
}

const isQuote = (type: string): boolean => type === "blockquote" || type === "expandable_blockquote";

const splitsPair = (text: string, at: number): boolean =>
  /[\uD800-\uDBFF]/u.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/u.test(text.charAt(at));

export function checkRich({ blocks, html, markdown }: InputRichMessage<string>): InputRichBlock<string>[] {
  if (!blocks || html !== undefined || markdown !== undefined)
    throw bad("the emulator takes rich messages as blocks");
  if (blocks.length === 0) throw bad("rich message must be non-empty");
  const { count, letters } = weigh(blocks);
  if (count > 500) throw bad("rich message has too many blocks");
  if (letters > 32_768) throw bad("rich message is too long");
  return blocks;
}

function weigh(value: unknown): { count: number; letters: number } {
  if (typeof value === "string") return { count: 0, letters: value.length };
  if (typeof value !== "object" || value === null) return { count: 0, letters: 0 };
  if ("cells" in value && Array.isArray(value.cells) && value.cells.some((row: unknown[]) => row.length > 20))
    throw bad("rich message has a table with too many columns");
  const { type: _, language: __, ...content } = value as Record<string, unknown>;
  const inner = Object.values(content).map(weigh);
  const isBlock =
    "blocks" in value ||
    ("type" in value && /^(?:paragraph|heading|pre|table|divider)$/u.test(String(value.type)));
  return {
    count: inner.reduce((sum, { count }) => sum + count, isBlock ? 1 : 0),
    letters: inner.reduce((sum, { letters }) => sum + letters, 0),
  };
}

/** A bucket of calls: groups take twenty a minute, private chats about one a second; both take a burst. */
export function createBuckets(): (key: string, size: number, perSecond: number) => void {
  const buckets = new Map<string, { left: number; at: number }>();
  return (key, size, perSecond) => {
    const at = performance.now();
    const before = buckets.get(key) ?? { left: size, at };
    const left = Math.min(size, before.left + ((at - before.at) / 1000) * perSecond);
    if (left < 1) throw tooMany(Math.ceil((1 - left) / perSecond));
    buckets.set(key, { left: left - 1, at });
  };
}

export const tooMany = (seconds: number): Refused =>
  new Refused(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
