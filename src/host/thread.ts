import { Worker } from "node:worker_threads";
import type { Answer } from "./answer.ts";
import { type Bounds, createHost, type Host, type Runner, TaskFailed } from "./host.ts";

/**
 * Does tasks in threads of this process: `script` calls `doTasksInThread`. For what may hang or outgrow its heap, and
 * for WebAssembly, whose faults are exceptions. A fault of native code in a thread is the bot's own: that wants a
 * process. `memoryMb` bounds the thread's heap alone; buffers and strings from outside are not counted.
 */
export function createThreadHost<Task, Result>(script: URL, bounds: Bounds): Host<Task, Result> {
  return createHost(bounds, () => startThread<Task, Result>(script, bounds));
}

/** Starts a thread that keeps the process alive only while it does a task. */
function startThread<Task, Result>(script: URL, { memoryMb }: Bounds): Runner<Task, Result> {
  const worker = new Worker(script, {
    // What the program was started with is not for the thread: some flags keep it from starting.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  worker.unref();
  let ended = false;
  const end = async (): Promise<void> => {
    ended = true;
    await worker.terminate();
  };
  // It may crash after its answer, when nobody waits any more.
  worker.on("error", () => (ended = true));
  worker.on("exit", () => (ended = true));
  return {
    get ended() {
      return ended;
    },
    end,
    async run(task, signal) {
      worker.ref();
      try {
        return await ask<Result>(worker, task, { signal, memoryMb });
      } catch (error) {
        // Native code in the middle of something holds it up: nobody waits for that.
        void end();
        throw error;
      } finally {
        worker.unref();
      }
    },
  };
}

function ask<Result>(
  worker: Worker,
  task: unknown,
  { signal, memoryMb }: { readonly signal: AbortSignal; readonly memoryMb: number },
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const settle = (then: () => void): void => {
      settled.abort();
      worker.off("message", hear).off("error", crash).off("exit", exit);
      then();
    };
    const fail = (cause: unknown): void =>
      settle(() => reject(new TaskFailed({ reason: "crash" }, { cause })));
    const hear = (answer: Answer<Result>): void => {
      if ("result" in answer) settle(() => resolve(answer.result));
      else fail(new Error(answer.failure));
    };
    const crash = (cause: unknown): void => {
      if (!isOutOfMemory(cause)) fail(cause);
      else settle(() => reject(new TaskFailed({ reason: "memory", megabytes: memoryMb }, { cause })));
    };
    const exit = (code: number): void => fail(new Error(`the thread ended with code ${code}`));
    worker.on("message", hear).on("error", crash).on("exit", exit);
    signal.addEventListener("abort", () => settle(() => reject(signal.reason)), {
      once: true,
      signal: settled.signal,
    });
    if (signal.aborted) settle(() => reject(signal.reason));
    else worker.postMessage(task, []);
  });
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
