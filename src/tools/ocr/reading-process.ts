/** Runs in a process of its own: a bad picture or damaged data can crash what decodes it, or Tesseract, and all around. */
import { doTasksInProcess } from "../../host/in-process.ts";
import { PictureError } from "../../pictures/error.ts";
import type { Job, JobResult } from "./job.ts";
import { preparePicture } from "./prepare.ts";
import { glanceAtPicture, readPicture } from "./read-picture.ts";
import { createRecognize } from "./recognizer.ts";

const folders: Record<string, string> = {};
const recognize = createRecognize(folders);

await doTasksInProcess(async (job: Job): Promise<JobResult> => {
  Object.assign(folders, job.folders);
  try {
    const picture = await preparePicture(job.bytes, job.maxMegapixels);
    const read = job.isGlance ? glanceAtPicture : readPicture;
    return { type: "read", transcript: await read(picture, job, recognize) };
  } catch (error) {
    if (error instanceof PictureError) return { type: "refused", fault: error.fault };
    // Something about Tesseract or its data: this process is not used again.
    throw error;
  }
});
