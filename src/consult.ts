import type { InboundMessage } from "./chat.ts";
import { callOf, holdBeside, useOf } from "./account.ts";
import type { Core, ModelChoice } from "./core.ts";
import { estimateRequest } from "./conversation/tokens.ts";
import { TakenUpAgain } from "./errors.ts";
import { costOf } from "./limits/cost.ts";
import type { Spent } from "./limits/limits.ts";
import type { Source } from "./message.ts";
import type { Persona } from "./personas/schema.ts";
import type { ModelRequest } from "./providers/provider.ts";
import { checkAnswer, mayCite, restsOnFound } from "./sources/answer.ts";
import type { ConversationKey } from "./store/store.ts";
import type { Tool, ToolContext } from "./tools/tool.ts";
import { runTurn, type TurnEvent, type TurnResult } from "./turn.ts";
import type { Hold } from "./turn-budget.ts";
import { type Progress, progressFrom, saidBefore, type Taken, takenBy, takenSoFar } from "./turn-progress.ts";
import { english } from "./words/words.ts";

/** One thing asked of a model beside a conversation's own answers. */
export interface Consultation {
  /** Accounts for it: the same at every attempt, another for each call. */
  readonly id: string;
  /** Unlike that of any other attempt. */
  readonly attempt: string;
  /** Who pays for it, and where it was asked. */
  readonly message: Pick<InboundMessage, "author" | "thread" | "place">;
  readonly persona: Persona;
  readonly conversation: ConversationKey;
  readonly model: ModelChoice;
  readonly request: Omit<ModelRequest, "model">;
  readonly signal: AbortSignal;
  /** It is one of several calls for this job, whose message is counted already; what they may take is held back for it. */
  readonly partOf?: string;
  /** The longest it may take; as long as an answer when left out. */
  readonly seconds?: number;
  readonly tools?: ReadonlyMap<string, Tool>;
  /** What its tools may know beside that; they take it that others have a word in it unless it says otherwise. */
  readonly toolContext?: Partial<Pick<ToolContext, "words" | "seesOthers" | "images" | "languages">>;
  /** Told what it says as it says it. */
  onText?(text: string): void;
  /** Told what its answer rests on. */
  onSource?(source: Source): void;
}

/** What a model said to it. */
export interface Consulted extends Pick<TurnResult, "outcome" | "model" | "usage" | "tools"> {
  readonly text: string;
  /** In US dollars, when the price is known. */
  readonly costUsd?: number;
  /** How many paid searches are not in it. */
  readonly unpriced?: number;
  readonly elapsedMs: number;
}

/**
 * Asks a model something of which nothing is stored but the account. Throws UserError when a limit is in the way,
 * ProviderError when no model answers; a stop or the deadline is an outcome.
 */
export async function consult(core: Core, asked: Consultation): Promise<Consulted> {
  const { id, attempt, message, persona, model, request, signal, partOf } = asked;
  const begun = performance.now();
  const isPart = partOf !== undefined;
  const account = { id, attempt, inbound: message, persona: persona.id, isPart, drawsOn: partOf };
  const promptTokens = estimateRequest(request);
  const call = callOf(model, promptTokens, request);
  await core.limits.reserve(account, call);
  const progress = progressFrom(undefined);
  const useOfAll = (taken: Taken): Promise<Spent> =>
    useOf(core, taken, { conversation: asked.conversation, model, promptTokens });
  const hold = holdBeside(core, account, call, () => useOfAll(takenSoFar(progress)));
  /** Safe to repeat. */
  const settle = async (): Promise<void> => {
    const taken = takenBy(progress);
    const spent = taken && (await useOfAll(taken));
    await (spent ? core.limits.settle(account, spent) : core.limits.release(account));
  };
  try {
    const { result, said } = await hear(core, asked, { progress, hold });
    // Another attempt asks it again, under the same id.
    if (signal.reason instanceof TakenUpAgain) throw signal.reason;
    await settle();
    if (result.limit && said.trim() === "") throw result.limit;
    const cost = await costOf(core.models, result.spent, result.fees);
    const isCited = mayCite(request, asked.tools ?? noTools) || restsOnFound(result.messages);
    const text = isCited ? checked(asked, result) : said;
    return {
      text,
      ...pick(result),
      ...cost,
      elapsedMs: performance.now() - begun,
    };
  } catch (error) {
    await settle();
    throw error;
  }
}

const noTools: ReadonlyMap<string, Tool> = new Map();

async function hear(
  { settings }: Core,
  asked: Consultation,
  { progress, hold }: { readonly progress: Progress; readonly hold: Hold | undefined },
): Promise<{ readonly result: TurnResult; readonly said: string }> {
  const { message, persona, model, request, signal, tools = noTools, seconds = settings.seconds } = asked;
  let said = "";
  const result = await runToEnd(
    runTurn({
      stream: model.stream,
      request,
      tools,
      toolContext: {
        person: message.author.id,
        job: asked.id,
        persona: persona.id,
        where: message,
        ...unseen,
        ...asked.toolContext,
      },
      rounds: settings.rounds,
      seconds,
      signal,
      hold,
      progress,
    }),
    (event) => {
      if (event.type !== "text") return;
      said += event.text;
      asked.onText?.(event.text);
    },
  );
  return { result, said };
}

const pick = ({ outcome, usage, tools, model }: TurnResult): Omit<Consulted, "text" | "elapsedMs"> => ({
  outcome,
  usage,
  tools,
  model,
});

/** Several answers read side by side have no numbers in common: their citations are checked, and only named. */
function checked(asked: Consultation, { messages }: TurnResult): string {
  const said = checkAnswer(messages, {
    request: asked.request,
    mark: english.web.notOpened,
    isNumbered: false,
  });
  for (const { passages: _, ...source } of said.cited) asked.onSource?.(source);
  return saidBefore(said.messages);
}

const unseen = {
  words: "",
  seesOthers: true,
  images: [],
  languages: [],
  sentences: english,
  origin: async () => ({ placeName: "" }),
} as const;

async function runToEnd(
  turn: ReturnType<typeof runTurn>,
  onEvent: (event: TurnEvent) => void,
): Promise<TurnResult> {
  for (;;) {
    const step = await turn.next();
    if (step.done) return step.value;
    onEvent(step.value);
  }
}
