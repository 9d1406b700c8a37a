/**
 * A thread of a process that does tasks: it ends that process when the bot is gone or memory runs out, whatever the
 * process is at. No TypeScript, for that would load Node's type stripper for these lines alone.
 */
import { workerData } from "node:worker_threads";

const { parent, memoryMb } = workerData;

setInterval(() => {
  const orphaned = process.ppid !== parent;
  if (orphaned || process.memoryUsage.rss() > memoryMb * 1_000_000) process.kill(process.pid, "SIGKILL");
}, 200);
