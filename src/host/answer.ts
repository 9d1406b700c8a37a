/** What a runner answers to a task. */
export type Answer<Result> =
  | { readonly result: Result }
  /** Something that the task does not account for: the runner is not to be used again. */
  | { readonly failure: string };

/** Does a task of whatever kind the host sends. */
export type Work = (task: never) => Promise<unknown>;

/** Does a task; never rejects. */
export async function answer(task: unknown, work: Work): Promise<Answer<unknown>> {
  try {
    return { result: await work(task as never) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
