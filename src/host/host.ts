/** Where dangerous work is done: apart from the bot, within bounds, and ended when it oversteps them. */

import { UserError } from "../errors.ts";
import { createSlots } from "../slots.ts";
import type { Words } from "../words/words.ts";

export interface Bounds {
  /** The longest that one task may take, waiting for others not counted. */
  readonly seconds: number;
  /** The most memory it may take. */
  readonly memoryMb: number;
  /** How many tasks are done at once; further ones wait in order. */
  readonly atOnce: number;
  /** How long what did a task is kept for the next one; 0 starts afresh for each. */
  readonly warmMs: number;
}

/** Does tasks of one kind. Nothing runs before the first, and nothing keeps the process alive but a task under way. */
export interface Host<Task, Result> {
  /** Throws TaskFailed when the task oversteps a bound or what does it breaks; the signal's reason when aborted. */
  run(task: Task, options?: { readonly signal?: AbortSignal }): Promise<Result>;
  /** Ends what runs; a task under way fails. */
  stop(): Promise<void>;
}

/** What does tasks, one at a time: a thread or a process. */
export interface Runner<Task, Result> {
  /** Throws TaskFailed or the signal's reason; after either it has ended. */
  run(task: Task, signal: AbortSignal): Promise<Result>;
  /** Whether it can do no more. */
  readonly ended: boolean;
  /** At once, whatever it does. */
  end(): Promise<void>;
}

/** How a task came to nothing. */
export type Failure =
  | { readonly reason: "late"; readonly seconds: number }
  | { readonly reason: "memory"; readonly megabytes: number }
  | { readonly reason: "output"; readonly megabytes: number }
  | { readonly reason: "crash" };

/** A task came to nothing: a sentence for the person, who may be told more fittingly by whoever knows what it was. */
export class TaskFailed extends UserError {
  override readonly name = "TaskFailed";
  readonly reason: Failure["reason"];

  constructor(failure: Failure, options?: ErrorOptions) {
    super(({ files }) => tell(failure, files), options);
    this.reason = failure.reason;
  }
}

function tell(failure: Failure, files: Words["files"]): string {
  if (failure.reason === "late") return files.tookTooLong(failure.seconds);
  if (failure.reason === "memory") return files.tookTooMuch(failure.megabytes);
  if (failure.reason === "output") return files.gaveTooMuch(failure.megabytes);
  return files.brokeReader;
}

/** A host whose runners `start` makes, as many as there are tasks at once. */
export function createHost<Task, Result>(
  { seconds, atOnce, warmMs }: Bounds,
  start: () => Runner<Task, Result>,
): Host<Task, Result> {
  const slots = createSlots(atOnce);
  const runners = new Set<Runner<Task, Result>>();
  const warm = new Map<Runner<Task, Result>, NodeJS.Timeout>();
  let stopped = false;

  const take = (): Runner<Task, Result> => {
    const ready = [...warm.keys()].find(({ ended }) => !ended);
    const runner = ready ?? start();
    clearTimeout(warm.get(runner));
    warm.delete(runner);
    runners.add(runner);
    return runner;
  };
  const end = async (runner: Runner<Task, Result>): Promise<void> => {
    clearTimeout(warm.get(runner));
    warm.delete(runner);
    runners.delete(runner);
    await runner.end();
  };
  const giveBack = (runner: Runner<Task, Result>): void => {
    if (runner.ended || warmMs === 0) void end(runner);
    else warm.set(runner, setTimeout(() => void end(runner), warmMs).unref());
  };

  return {
    async run(task, { signal } = {}) {
      const leave = await slots.take(signal);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(new TaskFailed({ reason: "late", seconds })), seconds * 1000);
      try {
        if (stopped) throw new Error("This host has been stopped.");
        const runner = take();
        try {
          return await runner.run(task, AbortSignal.any([late.signal, ...(signal ? [signal] : [])]));
        } finally {
          giveBack(runner);
        }
      } finally {
        clearTimeout(timer);
        leave();
      }
    },
    async stop() {
      stopped = true;
      await Promise.all([...runners].map(end));
    },
  };
}
