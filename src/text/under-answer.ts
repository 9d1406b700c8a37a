import type { Blockquote, BlockContent, Paragraph, PhrasingContent, RootContent } from "mdast";
import type { Answer, Fold } from "../chat.ts";
import { parseMarkdown } from "./document.ts";
import { wordsIn } from "../words/words.ts";
import { once } from "./once.ts";
import { receiptPieces } from "./receipt.ts";
import { sourceName } from "./source-name.ts";

declare module "mdast" {
  interface BlockquoteData {
    /** Makes it a fold: a quote that opens when it is touched, under this title. */
    summary?: string;
  }
  interface ParagraphData {
    /** Small and pale, where that can be. */
    quiet?: boolean;
  }
}

/** How a platform shows it. */
export interface UnderAnswerOptions {
  /** In a fold, one to a line; else side by side. */
  readonly foldSources: boolean;
  /** Whether the persona's name stands before the receipt, since it stands nowhere else. */
  readonly nameInReceipt: boolean;
}

/** What stands under a finished answer: thinking, sources, the bot's own sentences, receipt. */
export function underAnswer(answer: Answer, options: UnderAnswerOptions): RootContent[] {
  const { text, sources, notices, persona, language } = answer;
  const { titles } = wordsIn(language);
  const pieces = receiptPieces(answer);
  const named = pieces.length > 0 && options.nameInReceipt && persona !== undefined;
  // A sentence that stands for an answer is not small print.
  const notice = text.trim() === "" ? paragraph : quiet;
  return [
    ...thoughts(answer),
    ...(sources.length > 0 ? [options.foldSources ? folded(titles.sources, sources) : inLine(sources)] : []),
    ...notices.map((words) => notice(plain(words))),
    ...(pieces.length > 0 ? [quiet(plain([...(named ? [persona.name] : []), ...pieces].join(" · ")))] : []),
  ];
}

/** What was said before the answer, each behind its title; a title alone is a quiet line. */
export const foldsOf = ({ folds = [] }: Answer): RootContent[] => folds.map(foldOf);

const foldOf = once(({ title, text }: Fold): RootContent => {
  const { children } = parseMarkdown(text, { growing: false });
  return children.length > 0 ? fold({ summary: title }, children) : quiet(plain(title));
});

/** What the model thought, folded; nothing when that is not to be shown. */
export function thoughts({ thinking, language }: Answer): RootContent[] {
  const { children } = parseMarkdown(thinking, { growing: false });
  return children.length > 0 ? [fold({ summary: wordsIn(language).titles.thinking }, children)] : [];
}

/** A quote that opens when it is touched. */
export const fold = (data: Blockquote["data"] & object, content: readonly RootContent[]): Blockquote => ({
  type: "blockquote",
  data,
  children: content as BlockContent[],
});

const plain = (value: string): PhrasingContent => ({ type: "text", value });
const paragraph = (...children: PhrasingContent[]): Paragraph => ({ type: "paragraph", children });
const quiet = (...children: PhrasingContent[]): Paragraph => ({
  ...paragraph(...children),
  data: { quiet: true },
});

function link(source: Answer["sources"][number], index: number): PhrasingContent[] {
  const { name, site } = sourceName(source);
  return [
    plain(`[${index + 1}] `),
    source.url === undefined ? plain(name) : { type: "link", url: source.url, children: [plain(name)] },
    ...(site === undefined ? [] : [plain(` (${site})`)]),
  ];
}

const folded = (summary: string, sources: Answer["sources"]): Blockquote =>
  fold(
    { summary },
    sources.map((source, index) => paragraph(...link(source, index))),
  );

const inLine = (sources: Answer["sources"]): Paragraph =>
  quiet(
    ...sources.flatMap((source, index) => [...(index > 0 ? [plain(" · ")] : []), ...link(source, index)]),
  );
