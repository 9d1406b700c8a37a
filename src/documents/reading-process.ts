/** Runs in a process of its own: here the bytes that strangers sent are taken apart. */
import { doTasksInProcess } from "../host/in-process.ts";
import { readPdf } from "./pdf.ts";
import type { Reading, ReadingResult, ReadingTask } from "./reading.ts";
import { orDamaged, Refusal } from "./said.ts";

const readers: Readonly<Record<ReadingTask["kind"], (task: ReadingTask) => Promise<Reading>>> = {
  pdf: ({ bytes }) => orDamaged("PDF", () => readPdf(bytes)),
};

await doTasksInProcess(async (task: ReadingTask): Promise<ReadingResult> => {
  try {
    return { type: "read", reading: await readers[task.kind](task) };
  } catch (error) {
    if (error instanceof Refusal) return { type: "refused", said: error.said };
    throw error;
  }
});
