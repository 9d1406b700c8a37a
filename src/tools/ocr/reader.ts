import { Worker } from "node:worker_threads";
import { UserError } from "../../errors.ts";
import type { Job, JobResult } from "./job.ts";
import type { Transcript } from "./transcript.ts";

/** One reading thread. */
export interface Reader {
  /**
   * One job at a time. Throws UserError for what is wrong with the picture or the language data, the signal's
   * reason when aborted. The thread is gone after everything but a refused picture: see `ended`.
   */
  read(job: Job, signal: AbortSignal): Promise<Transcript>;
  /** Whether it can read no more. */
  readonly ended: boolean;
  end(): Promise<void>;
}

/** Starts a thread that keeps the process alive only while it reads. */
export function startReader(): Reader {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), {
    // Takes Tesseract's chatter off the program's output. Left unread: reading it would keep the process alive.
    stdout: true,
    stderr: true,
    // What the program was started with is not for the thread: some flags keep it from starting.
    execArgv: [],
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
    async read(job, signal) {
      worker.ref();
      try {
        const result = await ask(worker, job, signal);
        if (result.type === "read") return result.transcript;
        if (result.type === "refused") throw new UserError(result.message);
        throw new Error(result.message);
      } catch (error) {
        if (error instanceof UserError) throw error;
        void end();
        if (signal.aborted) throw signal.reason;
        throw new UserError(
          "Reading the picture failed: Tesseract stopped. If it keeps failing, its language data is damaged: run `npm ci` again.",
          { cause: error },
        );
      } finally {
        worker.unref();
      }
    },
  };
}

function ask(worker: Worker, job: Job, signal: AbortSignal): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const settle = (finish: () => void): void => {
      settled.abort();
      worker.off("message", answer).off("error", fail).off("exit", exit);
      finish();
    };
    const answer = (result: JobResult): void => settle(() => resolve(result));
    const fail = (error: unknown): void => settle(() => reject(error));
    const exit = (code: number): void => fail(new Error(`the reading thread ended with code ${code}`));
    worker.on("message", answer).on("error", fail).on("exit", exit);
    signal.addEventListener("abort", () => fail(signal.reason), { once: true, signal: settled.signal });
    worker.postMessage(job, []);
  });
}
