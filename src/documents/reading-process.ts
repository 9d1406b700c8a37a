/** Runs in a process of its own: here the bytes that strangers sent are taken apart. */
import { doTasksInProcess } from "../host/in-process.ts";
import { boundText } from "./bound-text.ts";
import { readFile } from "./read-file.ts";
import type { ReadingResult, ReadingTask } from "./reading.ts";
import { Refusal } from "./said.ts";

await doTasksInProcess(async (task: ReadingTask): Promise<ReadingResult> => {
  try {
    return { type: "read", reading: boundText(await readFile(task)) };
  } catch (error) {
    if (error instanceof Refusal) return { type: "refused", said: error.said };
    throw error;
  }
});
