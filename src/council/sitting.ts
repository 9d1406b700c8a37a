import { settleFor } from "../account.ts";
import type { Asking } from "../asking.ts";
import type { Core, ModelChoice } from "../core.ts";
import { UserError } from "../errors.ts";
import { forgetOldest, tellVoidSummary } from "../meter.ts";
import { prepare, type Prepared } from "../prepare.ts";
import { holdSearch } from "../search-first.ts";
import { payIn, type Progress, progressFrom } from "../turn-progress.ts";
import { convene, type Convened, type Wish } from "./members.ts";
import { openRecord, type CouncilRecord } from "./record.ts";

/** A model with everything it will see of this message. */
export interface Seat {
  readonly model: ModelChoice;
  readonly prepared: Prepared;
}

/** A council on one question. */
export interface Sitting {
  readonly core: Core;
  readonly asking: Asking;
  readonly seats: readonly Seat[];
  readonly chair: Seat;
  readonly record: CouncilRecord;
  readonly askAboveUsd: number;
}

/** Reads the question once and makes it ready for each model. Throws UserError where no council can answer it. */
export async function openSitting(core: Core, asking: Asking, wish: Wish): Promise<Sitting> {
  const { persona, conversation, words } = asking;
  const { bound } = conversation;
  const convened = await convene(core, { names: wish.names, persona, bound });
  const searched = progressFrom(undefined);
  const prepareFor = createPreparing(core, asking, { readers: allOf(convened), searched });
  const seats: Seat[] = [];
  for (const model of convened.members) seats.push({ model, prepared: await prepareFor(model) });
  const [first] = seats;
  if (first?.prepared.question.parts.length === 0) throw new UserError((words) => words.nothingAsked);
  const chair =
    seats.find(({ model }) => model.name === convened.chair.name) ??
    ({ model: convened.chair, prepared: await prepareFor(convened.chair) } satisfies Seat);
  const fitting = seats.filter(({ prepared }) => prepared.prompt.fits);
  if (first && fitting.length === 0) {
    const { tokens, window } = first.prepared.prompt;
    throw new UserError((words) => words.tooLong(tokens, window));
  }
  const trimmed = fitting.find(({ prepared }) => prepared.prompt.dropped > 0);
  if (trimmed) await forgetOldest(asking, trimmed.prepared.prompt);
  await tellVoidSummary(asking);
  const record = openRecord(asking);
  await record.searched(searched.fees);
  for (const { name, error } of convened.absent) await record.missing(name, { sentence: error.in(words) });
  for (const { model, prepared } of seats)
    if (!prepared.prompt.fits) await record.missing(model.name, "too-long");
  return { core, asking, seats: fitting, chair, record, askAboveUsd: convened.askAboveUsd };
}

/** The chair may be one of the members. */
const allOf = ({ members, chair }: Convened): readonly ModelChoice[] =>
  members.some(({ name }) => name === chair.name) ? members : [...members, chair];

/** What came with the message is read once, for all: each is sent what it can take of it. So is what a search before it finds. */
function createPreparing(
  core: Core,
  asking: Asking,
  { readers, searched }: { readonly readers: readonly ModelChoice[]; readonly searched: Progress },
): (model: ModelChoice) => Promise<Prepared> {
  let read: Pick<Prepared, "question" | "files"> | undefined;
  return async (model) => {
    if (read) return prepare(core, { ...asking, readers, ...read }, model);
    try {
      await holdSearch(core, asking, model);
      const prepared = await prepare(core, { ...asking, readers, pay: payIn(searched) }, model);
      read = { question: prepared.question, ...(prepared.files && { files: prepared.files }) };
      return prepared;
    } finally {
      await settleFor(core, asking, { prepared: undefined, model, progress: searched });
    }
  };
}
