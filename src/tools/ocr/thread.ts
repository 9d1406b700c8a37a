/** Runs in a thread of its own, because a bad picture or damaged data can crash Tesseract and all around it. */
import { doTasksInThread } from "../../host/in-thread.ts";
import type { Job, JobResult } from "./job.ts";
import { PictureError } from "../../pictures/error.ts";
import { preparePicture } from "./prepare.ts";
import { readPicture } from "./read-picture.ts";
import { createRecognize } from "./recognizer.ts";

const folders: Record<string, string> = {};
const recognize = createRecognize(folders);

doTasksInThread(async (job: Job): Promise<JobResult> => {
  Object.assign(folders, job.folders);
  try {
    const picture = await preparePicture(job.bytes, job.maxMegapixels);
    return { type: "read", transcript: await readPicture(picture, job, recognize) };
  } catch (error) {
    if (error instanceof PictureError) return { type: "refused", fault: error.fault };
    // Something about Tesseract or its data: this thread is not used again.
    throw error;
  }
});
