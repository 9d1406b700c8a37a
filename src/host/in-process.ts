import { Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { answer, type Work } from "./answer.ts";
import { answersFd, frame, readFrames } from "./frames.ts";

/** What may be given up; Node's types don't know of it yet. */
interface Permissions {
  drop?(scope: "worker"): void;
}

/** What a script of `createProcessHost` calls: does the tasks that it is sent, and ends with the bot. */
export async function doTasksInProcess(work: Work): Promise<void> {
  const [parent, memoryMb, needs] = process.argv.slice(2);
  const workerData = { parent: Number(parent), memoryMb: Number(memoryMb) };
  new Worker(new URL("./watchdog.js", import.meta.url), { workerData }).unref();
  if (needs !== "threads") (process.permission as Permissions).drop?.("worker");
  const answers = new Socket({ fd: answersFd });
  for await (const task of readFrames(process.stdin, Number.POSITIVE_INFINITY))
    answers.write(frame(await answer(task, work)));
  process.exit();
}
