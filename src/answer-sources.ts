import type { Asking, Made } from "./asking.ts";
import type { Contradiction, Findings } from "./chat.ts";
import type { Message } from "./message.ts";
import type { Prepared } from "./prepare.ts";
import { checkAnswer, mayCite, restsOnFound, tellsSomething } from "./sources/answer.ts";
import { contradictions } from "./sources/numbers.ts";
import { passagesIn, type ReadableCitation } from "./sources/passages.ts";
import type { TurnResult } from "./turn.ts";
import { saidBefore } from "./turn-progress.ts";

/** Whether the answer may cite what was read for it. */
export const cites = ({ tools, prompt }: Prepared): boolean => mayCite(prompt.request, tools);

/** Whether the model's vendor searched for it, as far as one can tell. */
export const hasSearched = ({ usage, messages }: TurnResult): boolean =>
  (usage.searches ?? 0) > 0 || restsOnFound(messages);

/** Keeps of the answer's citations those that are true, and shows it so. */
export function checkSaid(
  { reply, words }: Asking,
  prepared: Prepared,
  result: TurnResult,
): Pick<Made, "result" | "cited"> & { readonly findings: Findings | undefined } {
  const contradicted = contradictionsIn(prepared, result);
  if (!cites(prepared) && !restsOnFound(result.messages)) {
    const findings = { unsourced: [], misquoted: [], unread: 0, contradicted };
    return { result, cited: [], findings: tellsSomething(findings) ? findings : undefined };
  }
  const { messages, cited, ...checked } = checkAnswer(result.messages, {
    request: prepared.prompt.request,
    mark: words.web.notOpened,
    isNumbered: true,
  });
  reply.revise(saidBefore(messages));
  for (const { passages: _, ...source } of cited) reply.addSource(source);
  const findings = { ...checked.findings, contradicted };
  return {
    result: { ...result, messages },
    cited,
    findings: tellsSomething(findings) ? findings : undefined,
  };
}

/** What a search brought before the answer. */
export const pagesIn = (question: Message): readonly ReadableCitation[] =>
  passagesIn([question]).filter(({ source }) => source.file === undefined);

/** Of what this turn's tools and search brought. */
function contradictionsIn({ question }: Prepared, { messages }: TurnResult): readonly Contradiction[] {
  const found = pagesIn(question).map(({ text }) => text);
  const brought = messages.flatMap(({ role, parts }) =>
    role === "tool" ? parts.map(({ text }) => text) : [],
  );
  const read = [...found, ...brought];
  if (read.length === 0) return [];
  const asked = question.parts.map((part) => (part.type === "text" ? part.text : ""));
  return contradictions(saidBefore(messages), read, asked);
}
