import { accountOf, callOf } from "./account.ts";
import type { Asking } from "./asking.ts";
import { boundsOf } from "./build-counted.ts";
import { estimateTokens } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import { effortFor } from "./model-choice.ts";
import { type SearchBefore, searchBefore } from "./search/before.ts";
import type { Fees } from "./search/fees.ts";
import { put } from "./words/words.ts";

type Wanting = Pick<Asking, "message" | "persona">;

/** Whether the person, or the persona, wants the web searched for this question, whatever the model thinks. */
export const mustSearch = ({ message, persona }: Wanting): boolean =>
  message.search === true || persona.search === "always";

/** Whether the web is searched by the model's vendor rather than by us. */
export const searchesByItself = ({ searchByModel }: Core["settings"], { searches }: ModelChoice): boolean =>
  searches === "always" || (searchByModel && searches === true);

const searchesFirst = (
  { settings }: Core,
  asking: Wanting & Pick<Asking, "question">,
  model: ModelChoice,
): boolean => asking.question === undefined && mustSearch(asking) && !searchesByItself(settings, model);

/**
 * Where a search goes before the answer: holds back what it costs and the least that the answer may take. Throws UserError
 * that says whose limit is in the way.
 */
export async function holdSearch(core: Core, asking: Asking, model: ModelChoice): Promise<void> {
  if (!searchesFirst(core, asking, model)) return;
  const { persona, conversation, message } = asking;
  const thinking = effortFor(persona, conversation).effort ?? persona.options.thinking;
  const { maxOutputTokens } = boundsOf(core, persona, model);
  const request = { maxOutputTokens, ...(thinking && { thinking }) };
  const promptTokens = estimateTokens(persona.instructions + message.text);
  await core.limits.reserve(accountOf(asking), {
    ...callOf(model, promptTokens, request),
    feesUsd: core.search.mostUsd,
    comesLater: true,
  });
}

/** What a search finds for it, where that is to go before the answer and somebody pays. */
export async function searchFirst(
  core: Core,
  asking: Wanting &
    Pick<Asking, "question" | "words" | "signal"> & {
      readonly reply: Pick<Asking["reply"], "status" | "notice">;
      readonly pay?: ((fees: Fees) => void) | undefined;
    },
  model: ModelChoice,
): Promise<SearchBefore["found"]> {
  const { message, reply, words, signal, pay } = asking;
  if (!pay || !searchesFirst(core, asking, model)) return [];
  reply.status(words.web.searching);
  const asked = message.text.trim() === "" ? (message.quoted?.text ?? "") : message.text;
  const { found, fees, notice } = await searchBefore(core.search, asked, signal);
  if (fees) pay(fees);
  if (notice !== undefined) reply.notice(put(notice, words));
  return found;
}
