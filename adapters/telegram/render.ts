import type { Root } from "mdast";
import type { MessageEntity } from "grammy/types";
import type { Action, Answer } from "../../src/chat.ts";
import { answerDocument } from "../../src/text/answer-document.ts";
import { markDocument } from "../../src/text/mark-document.ts";
import type { Mark } from "../../src/text/marked.ts";
import { once } from "../../src/text/once.ts";
import { paginate } from "../../src/text/paginate.ts";
import { textLimit } from "./post.ts";
import { type Block, needsRich, richBlocks } from "./rich.ts";

/** When an answer goes out as a rich message: when it has tables, formulas or details, always, or never. */
export type RichPolicy = "auto" | "always" | "never";

/** One message that fits: as text with entities, and as a rich message where that shows more. */
export interface TelegramMessage {
  readonly text: string;
  /** Offsets and lengths count UTF-16 code units. */
  readonly entities: readonly MessageEntity[];
  readonly rich?: readonly Block[];
  readonly buttons: readonly Action[];
}

/** Telegram drops further entities, and refuses all when their addresses are too long together; the bytes are a guess. */
const limits = { entities: 100, addresses: 8000 };

/** A phone shows so many letters in one line of code, or nearly; links to anything but these are dropped without a word. */
const markOptions = { tableWidth: 44, links: /^(?:https?|tg|mailto):/iu };

/**
 * Both forms share the smaller limit of the plain one: so a server or client that can't show rich messages gets the
 * same messages, and none moves when a later part of the answer turns out to be a table.
 */
export function renderAnswer(answer: Answer, policy: RichPolicy, memo?: object): readonly TelegramMessage[] {
  const parts = paginate(answerDocument(answer, memo), fits);
  return parts.map((part, index) =>
    withButtons(rendered[policy](part), index === parts.length - 1 ? answer.actions : []),
  );
}

type Form = Omit<TelegramMessage, "buttons">;

const withButtons = (form: Form, buttons: readonly Action[]): TelegramMessage => ({ ...form, buttons });

const renderPart = (policy: RichPolicy) =>
  once(({ children }: Root): Form => {
    const { text, marks } = markDocument(children, markOptions);
    const isRich = policy === "always" || (policy === "auto" && needsRich(children));
    return {
      // Telegram refuses a message without a letter.
      text: text.trim() === "" ? "…" : text,
      entities: marks.map(entityOf),
      ...(isRich && { rich: richBlocks(children) }),
    };
  });

const rendered = { auto: renderPart("auto"), always: renderPart("always"), never: renderPart("never") };

function fits({ children }: Root): boolean {
  const { text, marks } = markDocument(children, markOptions);
  const addresses = marks.reduce((sum, { url = "" }) => sum + Buffer.byteLength(url), 0);
  return text.length <= textLimit && marks.length <= limits.entities && addresses <= limits.addresses;
}

function entityOf({ type, url = "", ...rest }: Mark): MessageEntity {
  if (type === "link") return { type: "text_link", url, ...rest };
  if (type === "quote") return { type: "blockquote", ...rest };
  return { type: type === "fold" ? "expandable_blockquote" : type, ...rest };
}
