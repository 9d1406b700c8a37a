import type { Asking } from "../asking.ts";
import type { Attachment } from "../chat.ts";
import type { Core, ModelChoice } from "../core.ts";
import { UserError } from "../errors.ts";
import { forgetOldest, tellVoidSummary } from "../meter.ts";
import { prepare, type Prepared } from "../prepare.ts";
import { convene, type Wish } from "./members.ts";
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
  const prepareFor = createPreparing(core, asking);
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
  for (const { name, error } of convened.absent) await record.missing(name, { sentence: error.in(words) });
  for (const { model, prepared } of seats)
    if (!prepared.prompt.fits) await record.missing(model.name, "too-long");
  return { core, asking, seats: fitting, chair, record, askAboveUsd: convened.askAboveUsd };
}

/** What came with the message is downloaded once; its pictures are read for those that don't see. */
function createPreparing(core: Core, asking: Asking): (model: ModelChoice) => Promise<Prepared> {
  const downloads = new Map<Attachment, Promise<Uint8Array>>();
  const questions = new Map<boolean, Pick<Prepared, "question" | "files">>();
  return async (model) => {
    const sees = model.seesImages || asking.persona.images === "transcribe";
    const read = questions.get(sees);
    const prepared = await prepare(
      core,
      {
        ...asking,
        isOneOfSeveral: true,
        ...read,
        async download(attachment, signal) {
          const known = downloads.get(attachment) ?? asking.download(attachment, signal);
          downloads.set(attachment, known);
          return known;
        },
      },
      model,
    );
    questions.set(sees, { question: prepared.question, ...(prepared.files && { files: prepared.files }) });
    return prepared;
  };
}
