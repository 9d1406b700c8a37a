import type { Findings } from "../chat.ts";
import type { CitedSource, FoundSource, Message, TextPart } from "../message.ts";
import type { ModelRequest } from "../providers/provider.ts";
import { sourceKey } from "../text/source-name.ts";
import { checkCitations } from "./check.ts";
import { vouched, type Vouched } from "./found.ts";
import { markLinks, namedAddresses, pageKey } from "./links.ts";
import type { Tool } from "../tools/tool.ts";
import { filePassagesIn, passagesIn } from "./passages.ts";

/** A turn's messages as they are shown and kept, once what they say of sources was checked. */
export interface CheckedAnswer {
  readonly messages: readonly Message[];
  /** Numbered from 1 as in the text. */
  readonly cited: readonly CitedSource[];
  readonly findings: Omit<Findings, "contradicted">;
}

export interface CheckOptions {
  /** What the model was sent; its last message is the question. */
  readonly request: Pick<ModelRequest, "instructions" | "messages">;
  /** Stands behind a link that nobody opened. */
  readonly mark: string;
  /** Whether numbers stand in the text for its sources. */
  readonly isNumbered: boolean;
}

/** Whether an answer to this may cite anything: a tool brings it, a search brought it, or it stands in a file in view. */
export function mayCite(
  { messages }: Pick<ModelRequest, "messages">,
  tools: ReadonlyMap<string, Pick<Tool, "cites">>,
): boolean {
  return (
    [...tools.values()].some(({ cites }) => cites) ||
    passagesIn(messages.slice(-1)).length > 0 ||
    filePassagesIn(messages).length > 0
  );
}

/** Checks what a turn's messages say of sources against what was read in this turn: see `checkCitations` and `markLinks`. */
export function checkAnswer(messages: readonly Message[], options: CheckOptions): CheckedAnswer {
  const { request, mark, isNumbered } = options;
  const said = vouchedTexts(textsOf(messages));
  const found = textsOf(messages).flatMap((part) => part.found ?? []);
  const checked = checkCitations(
    said.map(({ text }) => text),
    {
      passages: passagesIn([...request.messages.slice(-1), ...messages]),
      before: filePassagesIn(request.messages.slice(0, -1)),
      vouched: said.flatMap((each) => each.passages),
    },
    isNumbered,
  );
  const { texts, unsourced, misquoted } = checked;
  const cited = checked.cited.length > 0 ? checked.cited : namedOnly(found);
  let pages: ReadonlySet<string> | undefined;
  const isKnown = (address: string): boolean => {
    pages ??= new Set(
      namedAddresses(
        [...request.messages, ...messages],
        [request.instructions, ...found.map(({ source: { url = "" } }) => url)],
      ).map(pageKey),
    );
    return pages.has(pageKey(address));
  };
  const marked = texts.map((text) => markLinks(text, isKnown, mark));
  return {
    messages: withTexts(
      messages,
      marked.map(({ text }) => text),
      cited,
    ),
    cited,
    findings: {
      unsourced,
      misquoted,
      unread: marked.reduce((sum, { unread }) => sum + unread, 0),
    },
  };
}

const textsOf = (messages: readonly Message[]): readonly TextPart[] =>
  messages.flatMap(({ role, parts }) =>
    role === "assistant" ? parts.flatMap((part) => (part.type === "text" ? [part] : [])) : [],
  );

function vouchedTexts(parts: readonly TextPart[]): readonly Vouched[] {
  let before = 0;
  return parts.map((part) => {
    const text = vouched(part, before);
    before += text.passages.length;
    return text;
  });
}

/** Whether the vendor of the model says what the answer rests on. */
export const restsOnFound = (messages: readonly Message[]): boolean =>
  textsOf(messages).some(({ found }) => found !== undefined);

/** More than these nobody reads under an answer that names none. */
const mostNamed = 5;

/** What the vendor found, where the answer cites none of it. */
function namedOnly(found: readonly FoundSource[]): readonly CitedSource[] {
  const sources = new Map(found.map(({ source }) => [sourceKey(source), { ...source, passages: [] }]));
  return [...sources.values()].slice(0, mostNamed);
}

/** With these texts in place of those that were said; what the answer cites is kept with the last. */
function withTexts(
  messages: readonly Message[],
  texts: readonly string[],
  cited: readonly CitedSource[],
): readonly Message[] {
  let at = 0;
  return messages.map((message): Message => {
    if (message.role !== "assistant") return message;
    const parts = message.parts.map((part) => {
      if (part.type !== "text") return part;
      const { found: _, ...kept } = part;
      const text = texts[at++] ?? part.text;
      return { ...kept, text, ...(at === texts.length && cited.length > 0 && { cited }) };
    });
    return { ...message, parts };
  });
}

/** Whether there is anything to tell. */
export const tellsSomething = ({ unsourced, misquoted, unread, contradicted }: Findings): boolean =>
  unsourced.length + misquoted.length + unread + contradicted.length > 0;
