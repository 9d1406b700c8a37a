import { againAction } from "./actions.ts";
import { type Asking, isCutShort, type Made } from "./asking.ts";
import type { Answer } from "./chat.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { ModelChoice } from "./core.ts";
import { UserError } from "./errors.ts";
import type { Prepared } from "./prepare.ts";
import { ProviderError } from "./providers/provider.ts";
import type { Posts, StoredTurn } from "./store/store.ts";
import { noUsage } from "./turn-progress.ts";

/** Nothing came of a question that brought files, as `cause` says: it is kept with them, so that nobody sends them again. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
  /** The id of its turn. */
  readonly turn: string;
  /** How many files are kept. */
  readonly files: number;
  /** Stores it with what people read in the answer's place. */
  readonly keep: (said: string, final: { readonly answer: Answer; readonly posts: Posts }) => Promise<void>;

  constructor(cause: Error, { turn, files, keep }: Pick<Unanswered, "turn" | "files" | "keep">) {
    super(cause.message, { cause });
    this.turn = turn;
    this.files = files;
    this.keep = keep;
  }
}

/** Answers a question that was made ready for a model. Throws Unanswered for what the person should hear, where it brought files. */
export async function keepingFiles<Result>(
  asking: Asking,
  { prepared, model }: { readonly prepared: Prepared; readonly model: ModelChoice },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isTold = error instanceof UserError || error instanceof ProviderError;
    if (!isTold || asking.signal.aborted || !bringsFiles(asking, prepared)) throw error;
    const turn = newTurnId();
    throw new Unanswered(error, {
      turn,
      files: prepared.files?.length ?? 0,
      keep: (said, final) =>
        asking.conclude({
          ...final,
          turn: unansweredTurn(asking, { id: turn, prepared, model: model.name, said }),
          files: prepared.files,
        }),
    });
  }
}

/** Ends one in which no model said a word, and keeps it. */
export async function finishUnanswered(
  asking: Asking,
  { turn, prepared, result }: Pick<Made, "turn" | "prepared" | "result">,
  { model, said }: { readonly model: string; readonly said: string },
): Promise<void> {
  const { reply, words } = asking;
  const { files = [] } = prepared;
  reply.notice(words.reading.kept(files.length));
  await reply.finish(isCutShort(result) ? "stopped" : "done", {
    actions: [againAction(turn, words)],
    conclude: (answer, posts) =>
      asking.conclude({
        answer,
        posts,
        turn: unansweredTurn(asking, { id: turn, prepared, model, said }),
        files,
      }),
  });
}

/** Whether it would be lost with its files: one that is answered anew has a turn that stays. */
export const bringsFiles = ({ replaces }: Asking, { files = [] }: Prepared): boolean =>
  replaces === undefined && files.length > 0;

/** A question as it is kept when no model answered it; the bot's own sentence stands in the answer's place. */
const unansweredTurn = (
  { message, persona }: Asking,
  {
    id,
    prepared,
    model,
    said,
  }: {
    readonly id: string;
    readonly prepared: Pick<Prepared, "question">;
    readonly model: string;
    readonly said: string;
  },
): StoredTurn => ({
  id,
  at: new Date(),
  person: message.author.id,
  persona: persona.id,
  model,
  messages: [prepared.question, { role: "assistant", parts: [{ type: "text", text: said }] }],
  usage: noUsage,
  outcome: "stopped",
  ...(message.messageId !== undefined && { asked: message.messageId }),
  posts: {},
});
