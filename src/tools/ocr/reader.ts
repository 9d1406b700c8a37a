import { Worker } from "node:worker_threads";
import { UserError } from "../../errors.ts";
import type { Job, JobResult } from "./job.ts";
import { PictureError } from "./picture-error.ts";
import type { Transcript } from "./transcript.ts";

/** One reading thread. */
export interface Reader {
  /**
   * One job at a time. Throws UserError for what is wrong with the picture or the language data, the signal's
   * reason when aborted. Only after a picture that it read or refused does the thread go on.
   */
  read(job: Job, signal: AbortSignal): Promise<Transcript>;
  /** Whether it can read no more. */
  readonly ended: boolean;
  end(): Promise<void>;
}

/** Starts a thread that keeps the process alive only while it reads. */
export function startReader(): Reader {
  const worker = new Worker(new URL("./thread.ts", import.meta.url), {
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
      const result = await ask(worker, job, signal).finally(() => worker.unref());
      if (result.type === "read") return result.transcript;
      if (result.type === "refused") throw new PictureError(result.fault);
      void end();
      if (signal.aborted) throw signal.reason;
      throw new UserError(({ files }) => files.pictureFailed, { cause: new Error(result.message) });
    },
  };
}

/** Never rejects: a crash or an abort is a failed result. */
function ask(worker: Worker, job: Job, signal: AbortSignal): Promise<JobResult> {
  return new Promise((resolve) => {
    const settled = new AbortController();
    const settle = (result: JobResult): void => {
      settled.abort();
      worker.off("message", settle).off("error", crash).off("exit", exit);
      resolve(result);
    };
    const fail = (message: string): void => settle({ type: "failed", message });
    const crash = (error: unknown): void => fail(error instanceof Error ? error.message : String(error));
    const exit = (code: number): void => fail(`the reading thread ended with code ${code}`);
    worker.on("message", settle).on("error", crash).on("exit", exit);
    signal.addEventListener("abort", () => fail("called off"), { once: true, signal: settled.signal });
    worker.postMessage(job, []);
  });
}
