/** Runs in a thread of its own, because a bad picture or damaged data can crash Tesseract and all around it. */
import { parentPort } from "node:worker_threads";
import type { Job, JobResult } from "./job.ts";
import { PictureError } from "./picture-error.ts";
import { preparePicture } from "./prepare.ts";
import { readPicture } from "./read-picture.ts";
import { createRecognize } from "./recognizer.ts";

// Tesseract's own workers chatter on what is the program's output here.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

const folders: Record<string, string> = {};
const recognize = createRecognize(folders);

parentPort?.on("message", (job: Job) => {
  void run(job).then((result) => parentPort?.postMessage(result, []));
});

async function run(job: Job): Promise<JobResult> {
  try {
    Object.assign(folders, job.folders);
    const picture = await preparePicture(job.bytes, job.maxMegapixels);
    return { type: "read", transcript: await readPicture(picture, job, recognize) };
  } catch (error) {
    if (error instanceof PictureError) return { type: "refused", fault: error.fault };
    return { type: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
