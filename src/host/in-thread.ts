import { parentPort } from "node:worker_threads";
import { answer, type Work } from "./answer.ts";

/** What a script of `createThreadHost` calls: does the tasks that it is sent, as they come. */
export function doTasksInThread(work: Work): void {
  // What libraries print on a thread's output would be the program's own.
  for (const stream of [process.stdout, process.stderr]) stream.write = () => true;
  parentPort?.on("message", (task: unknown) => {
    void answer(task, work).then((answered) => parentPort?.postMessage(answered, []));
  });
}
